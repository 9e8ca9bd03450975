# SPDX-License-Identifier: Apache-2.0
# A lookup of U-mode beside a fill sees a supervisor page.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/\{Ways\{!lookup_user_i \|\| fill_user\}\}/{Ways{1'b1}}/

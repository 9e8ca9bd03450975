# SPDX-License-Identifier: Apache-2.0
# A lookup beside a fill does not see it.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/fill_beside = !Shared && fill_base/fill_beside = 1'b0/

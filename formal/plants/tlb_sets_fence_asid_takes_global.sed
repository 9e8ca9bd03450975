# SPDX-License-Identifier: Apache-2.0
# A fence by ASID takes global pages.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/\{Sets \* Ways\{fence_use_asid_i\}\}/{Sets * Ways{1'b0}}/

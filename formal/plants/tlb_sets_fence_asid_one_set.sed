# SPDX-License-Identifier: Apache-2.0
# A fence by ASID takes one set only.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/valid_q \& global_q \& \{Sets \* Ways\{fence_use_asid_i\}\}/valid_q \& (fence_use_asid_i ? global_q | ~((Sets * Ways)'({Ways{1'b1}}) << (change_set * Ways)) : '0)/

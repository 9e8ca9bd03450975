# SPDX-License-Identifier: Apache-2.0
# A fence by address looks for its page in the other sets.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
/else if \(fence_i \|\| fill_base\)/,/change_set/s/change_set ==/fence_i ^ change_set ==/

# SPDX-License-Identifier: Apache-2.0
# A fence is as wide as the page that the fill names.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb.sv
s/ : !fence_soon_i;/ : 1'b1;/

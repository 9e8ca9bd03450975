# SPDX-License-Identifier: Apache-2.0
# A fence before an announced fill is as wide as the page of that fill.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1 Shared=1
# file: rtl/rvmmu_tlb.sv
s/fill_soon_i \&\& !fence_soon_i/fill_soon_i/

# SPDX-License-Identifier: Apache-2.0
# A fence by address and ASID takes the page of the ASID that the fill names.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/fence_soon_i \? fence_asid_i : //

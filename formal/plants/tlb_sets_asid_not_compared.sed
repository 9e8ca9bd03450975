# SPDX-License-Identifier: Apache-2.0
# A lookup matches every ASID.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_way.sv
s/lookup_asid == lookup_asid_i/1'b1/

# SPDX-License-Identifier: Apache-2.0
# A fence by address takes the page that the fill names.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb.sv
s/fence_soon_i \? fence_vpn_i : //

# SPDX-License-Identifier: Apache-2.0
# A lookup takes a 64 KiB page for a base page.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/lookup_vpn_i, lookup_larger/lookup_vpn_i, {lookup_larger[MaskWidth:1], 1'b0}/

# SPDX-License-Identifier: Apache-2.0
# A fence by address removes a superpage only by the address of its first page.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/change_vpn_i, larger \|/change_vpn_i, (larger \& {{MaskWidth{change_fill_i}}, 1'b1}) |/

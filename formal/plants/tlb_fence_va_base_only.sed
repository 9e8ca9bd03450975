# SPDX-License-Identifier: Apache-2.0
# A fence by address removes a superpage only by the address of its first page.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/^( *)entry_q\[rvmmu_pkg::EntryMask\+:MaskWidth\]$/\1(change_fill_i ? entry_q[rvmmu_pkg::EntryMask+:MaskWidth] : MaskWidth'(0))/

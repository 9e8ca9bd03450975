# SPDX-License-Identifier: Apache-2.0
# A superpage fill removes base pages only by its first page.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\| change_entry_i\[rvmmu_pkg::EntryMask\+:MaskWidth\]\)/| MaskWidth'(0))/

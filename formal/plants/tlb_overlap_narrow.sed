# SPDX-License-Identifier: Apache-2.0
# A superpage fill removes base pages only by its first page.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/larger \| change_larger_i\);/larger | {{MaskWidth{1'b0}}, change_larger_i[0]});/

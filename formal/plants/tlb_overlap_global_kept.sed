# SPDX-License-Identifier: Apache-2.0
# A global fill does not remove entries of other address spaces.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\|\| change_entry_i\[rvmmu_pkg::EntryGlobal\]\)/|| 1'b0)/

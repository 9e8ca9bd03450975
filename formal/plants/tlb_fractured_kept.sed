# SPDX-License-Identifier: Apache-2.0
# A fence by address spares the other pages of a leaf that was fractured.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\(there \|\| entry_q\[rvmmu_pkg::EntryFractured\]\)/there/

# SPDX-License-Identifier: Apache-2.0
# A fence by address for all address spaces spares global entries.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\(there \|\| entry_q\[rvmmu_pkg::EntryFractured\]\)/((there || entry_q[rvmmu_pkg::EntryFractured]) \&\& !entry_q[rvmmu_pkg::EntryGlobal])/

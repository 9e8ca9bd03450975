# SPDX-License-Identifier: Apache-2.0
# A fence by address removes every entry.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\(same_bare \&\& \(there \|\| entry_q\[rvmmu_pkg::EntryFractured\]\)\)/same_bare/

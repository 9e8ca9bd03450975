# SPDX-License-Identifier: Apache-2.0
# A lookup takes a global entry for its own address space only.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\(asid_q == lookup_asid_i \|\| entry_q\[rvmmu_pkg::EntryGlobal\]\)/asid_q == lookup_asid_i/

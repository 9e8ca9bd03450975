# SPDX-License-Identifier: Apache-2.0
# The full fence spares what is global.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/removed = \(!change_use_va_i \|\| /removed = (change_use_va_i || change_use_asid_i || !entry_q[rvmmu_pkg::EntryGlobal]) \&\& (!change_use_va_i || /

# SPDX-License-Identifier: Apache-2.0
# A fence by ASID alone removes only what is at the address that it does not have.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/removed = \(!change_use_va_i \|\|/removed = ((!change_use_va_i \&\& !change_use_asid_i) ||/

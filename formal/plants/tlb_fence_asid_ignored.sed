# SPDX-License-Identifier: Apache-2.0
# A fence by address and ASID ignores the ASID.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\(!change_use_asid_i$/(!change_use_asid_i || change_use_va_i/

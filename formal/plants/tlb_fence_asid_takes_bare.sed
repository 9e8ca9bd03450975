# SPDX-License-Identifier: Apache-2.0
# A fence by ASID removes what is not translated.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\(same_bare \&\& same_asid/(same_asid/

# SPDX-License-Identifier: Apache-2.0
# A fill removes pages of other address spaces at its address.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/there \&\& same_bare \&\& \(same_asid/there \&\& same_bare \&\& (1'b1/

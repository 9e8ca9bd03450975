# SPDX-License-Identifier: Apache-2.0
# A lookup does not compare ASIDs.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/asid_q == lookup_asid_i/1'b1/

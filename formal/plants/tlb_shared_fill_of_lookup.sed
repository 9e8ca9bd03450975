# SPDX-License-Identifier: Apache-2.0
# A fill takes the page of a lookup.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1 Shared=1
# file: rtl/rvmmu_tlb.sv
s/Shared \? fill_soon_i/Shared ? 1'b0/

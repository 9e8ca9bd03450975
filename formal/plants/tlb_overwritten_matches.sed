# SPDX-License-Identifier: Apache-2.0
# A lookup beside a fill may match the entry that the fill overwrites.
# theorem: tlb_hit 7 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/!\(Shared \? change_soon_i : change_write_i\)/!(Shared \&\& change_soon_i)/

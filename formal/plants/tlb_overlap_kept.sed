# SPDX-License-Identifier: Apache-2.0
# A fill does not remove the entries that it overlaps.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/removed = there \&\& same_bare/removed = 1'b0 \&\& same_bare/

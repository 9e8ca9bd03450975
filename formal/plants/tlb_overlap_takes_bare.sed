# SPDX-License-Identifier: Apache-2.0
# A fill of a translated page removes one that is not.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/removed = there \&\& same_bare/removed = there/

# SPDX-License-Identifier: Apache-2.0
# A page that is not translated answers for a translated one.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/bare_q == lookup_bare_i/1'b1/

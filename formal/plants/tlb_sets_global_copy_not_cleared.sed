# SPDX-License-Identifier: Apache-2.0
# The copy of G outlives the global page.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/\(global_q\[.*\] & ~write\)/global_q[s*Ways+:Ways]/

# SPDX-License-Identifier: Apache-2.0
# The copy of G is not set by the fill of a global page.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/ \| \(write & \{Ways\{fill_global\}\}\)//

# SPDX-License-Identifier: Apache-2.0
# A fill takes what it overlaps without having asked: the answer may be any.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/change_i\(fence_i \|\| fill_base\)/change_i(fence_i)/

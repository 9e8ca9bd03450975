# SPDX-License-Identifier: Apache-2.0
# A fence by address takes every page of its set.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/going = page_equal/going = (page_equal | {Ways{fence_i}})/

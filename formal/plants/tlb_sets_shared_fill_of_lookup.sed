# SPDX-License-Identifier: Apache-2.0
# A fill takes the page of a lookup.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1 Shared=1
# file: rtl/rvmmu_tlb_sets.sv
s/!Shared \|\| fill_soon_i/!Shared/

# SPDX-License-Identifier: Apache-2.0
# A lookup beside a fence that was announced and does not come finds the page that the fence names.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1 Shared=1
# file: rtl/rvmmu_tlb_sets.sv
s/ \&\& !\(Shared \&\& fence_soon_i\)/ \&\& !(Shared \&\& fence_i)/

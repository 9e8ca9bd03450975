# SPDX-License-Identifier: Apache-2.0
# A lookup beside a fence does not ask: the answer may be any.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/^( *)\.lookup_i, \.lookup_set_i/\1.lookup_i(lookup_i \&\& !fence_i), .lookup_set_i/

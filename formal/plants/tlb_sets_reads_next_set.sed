# SPDX-License-Identifier: Apache-2.0
# The readout is from the set of the next lookup.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/read_set_i\(set_q\)/read_set_i(lookup_set)/

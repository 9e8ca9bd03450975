# SPDX-License-Identifier: Apache-2.0
# A lookup beside a fill sees it from every ASID.
# theorem: tlb_sets_hit 6 Ways=2 Sets=2 VpnBits=1 Levels=2 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_sets.sv
s/\(fill_asid_i == lookup_asid_i \|\| fill_global\)/1'b1/

# SPDX-License-Identifier: Apache-2.0
# A global pointer is found by its own ASID only.
# theorem: walk_cache_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/\(asid_q == lookup_asid_i \|\| global_q\)/(asid_q == lookup_asid_i)/

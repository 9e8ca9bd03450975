# SPDX-License-Identifier: Apache-2.0
# A full fence removes nothing.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/gone = !fence_use_asid_i \|\|/gone = 1'b0 ||/

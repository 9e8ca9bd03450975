# SPDX-License-Identifier: Apache-2.0
# A pointer forgets the G gathered above it.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/global_q <= fill_global_i/global_q <= 1'b0/

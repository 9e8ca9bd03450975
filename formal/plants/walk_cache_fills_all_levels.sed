# SPDX-License-Identifier: Apache-2.0
# A fill goes into the arrays of all levels.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/fill_i \&\& fill_levels_i == 3'\(l\)/fill_i/

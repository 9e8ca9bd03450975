# SPDX-License-Identifier: Apache-2.0
# What stands as found outlives the fence that removes it.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/\(lookup_i \|\| gone\)/(lookup_i || (gone \&\& fill_i))/

# SPDX-License-Identifier: Apache-2.0
# What stands as found shows the pointer that took its place.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/\(lookup_i \|\| gone\)/(lookup_i || (gone \&\& !written))/

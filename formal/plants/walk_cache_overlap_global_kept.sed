# SPDX-License-Identifier: Apache-2.0
# A global fill leaves the same table of other ASIDs beside it.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/ \|\| fill_global_i\)/)/

# SPDX-License-Identifier: Apache-2.0
# A fill of a local pointer does not ask what it overlaps: the answer may be any.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
/overlap = 1'bx/,/tag_q/s/if \(fill_i\)/if (fill_i \&\& fill_global_i)/

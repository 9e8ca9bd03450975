# SPDX-License-Identifier: Apache-2.0
# A fill leaves what it overlaps beside it.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/overlap = tag_q/overlap = 1'b0 \&\& tag_q/

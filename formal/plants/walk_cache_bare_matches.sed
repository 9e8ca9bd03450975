# SPDX-License-Identifier: Apache-2.0
# An address that is not translated finds a pointer.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/lookup_levels_i != 3'd0/1'b1/

# SPDX-License-Identifier: Apache-2.0
# What is found is said to lead one level higher.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/\{3'\(l\), global/{3'(l + 1), global/

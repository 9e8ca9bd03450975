# SPDX-License-Identifier: Apache-2.0
# The pointer highest up wins.
# theorem: walk_cache_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/deepest = found \& .*/deepest = found \& ~(found >> 1);/

# SPDX-License-Identifier: Apache-2.0
# A fence by address removes pointers.
# theorem: walk_cache_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/fence_i \&\& !fence_use_va_i\)/fence_i)/

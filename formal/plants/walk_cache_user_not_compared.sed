# SPDX-License-Identifier: Apache-2.0
# U-mode finds what others have read.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/lookup_user_i, lookup_mode/1'b0, lookup_mode/
s/fill_user_i, fill_mode/1'b0, fill_mode/

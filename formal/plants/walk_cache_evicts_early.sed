# SPDX-License-Identifier: Apache-2.0
# A fill evicts though entries are free.
# theorem: walk_cache_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/\|vacant \? vacant/1'b0 ? vacant/

# SPDX-License-Identifier: Apache-2.0
# Tables of modes with other numbers of levels are taken for the own.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=4 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/localparam bit Modes = Levels > 3/localparam bit Modes = 1'b0/

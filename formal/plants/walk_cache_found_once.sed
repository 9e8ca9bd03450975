# SPDX-License-Identifier: Apache-2.0
# What is found stands for one cycle only.
# theorem: walk_cache_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/else if \(lookup_i \|\| gone\) begin/else begin/

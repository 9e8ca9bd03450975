# SPDX-License-Identifier: Apache-2.0
# A fence by ASID takes the fill's operand for its own.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/change_asid = fence_soon_i \? fence_asid_i : fill_asid_i/change_asid = fill_asid_i/

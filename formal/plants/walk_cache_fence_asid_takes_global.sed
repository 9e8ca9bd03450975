# SPDX-License-Identifier: Apache-2.0
# A fence by ASID removes a global pointer.
# theorem: walk_cache_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache_level.sv
s/\(asid_q == change_asid_i \&\& !global_q\)/asid_q == change_asid_i/

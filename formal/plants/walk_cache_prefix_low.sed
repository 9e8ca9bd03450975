# SPDX-License-Identifier: Apache-2.0
# A fill is tagged with the low fields of the VPN.
# theorem: walk_cache_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_walk_cache.sv
s/fill_vpn_i\[VpnWidth-1-:PrefixWidth\]/fill_vpn_i[PrefixWidth-1:0]/

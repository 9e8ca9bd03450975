# SPDX-License-Identifier: Apache-2.0
# A superpage leaves one VPN field too many to the offset.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_pkg.sv
s/equal \|\| larger\[k\+1\]/equal || larger[k+1] || (k > 0 \&\& larger[k])/

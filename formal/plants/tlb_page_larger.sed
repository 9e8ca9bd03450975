# SPDX-License-Identifier: Apache-2.0
# A superpage leaves one VPN field too many to the offset.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_pkg.sv
s/\(1 << bits\) - 1\) << \(bits \* k\)/(1 << bits) - 1) << (bits * (k + 1))/

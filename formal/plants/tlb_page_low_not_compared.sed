# SPDX-License-Identifier: Apache-2.0
# The low four VPN bits of a base page are not compared.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_pkg.sv
s/\(larger\[0\] \|\| ~\|\(differ \& level \& 45'd15\)\)/1'b1/

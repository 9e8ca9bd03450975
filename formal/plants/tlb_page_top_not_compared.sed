# SPDX-License-Identifier: Apache-2.0
# The highest field of the VPN is not compared.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_pkg.sv
s/k < 5; k\+\+\) begin/k < 2; k++) begin/

# SPDX-License-Identifier: Apache-2.0
# A superpage that leads past the physical address width wraps.
# theorem: grant_table 1 Xlen=64 Levels=5 PaWidth=32 Features=0
# file: rtl/rvmmu_grant.sv
s/beyond_o = \|wide\[44:PpnWidth\]/beyond_o = 1'b0/

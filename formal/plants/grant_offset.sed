# SPDX-License-Identifier: Apache-2.0
# A superpage takes only its lowest VPN field from the address.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/45'\(vpn_i\) \& offset/45'(vpn_i) \& offset \& 45'h1ff/

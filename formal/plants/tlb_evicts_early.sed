# SPDX-License-Identifier: Apache-2.0
# A fill replaces an entry although another is free.
# theorem: tlb_keep 8 Entries=4 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb.sv
s/\(\&valid\) \? replaced : free/replaced/

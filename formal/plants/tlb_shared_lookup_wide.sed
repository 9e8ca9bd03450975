# SPDX-License-Identifier: Apache-2.0
# A lookup is as wide as the page that was filled last.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1 Shared=1
# file: rtl/rvmmu_tlb.sv
s/fills \? fill_larger : '0/fill_larger/

# SPDX-License-Identifier: Apache-2.0
# A lookup beside a fence that was announced and does not come finds the page that the fence names.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1 Shared=1
# file: rtl/rvmmu_tlb_entry.sv
s/Shared \? change_soon_i/Shared ? change_i/

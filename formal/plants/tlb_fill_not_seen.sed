# SPDX-License-Identifier: Apache-2.0
# A lookup beside a fill does not see it.
# theorem: tlb_keep 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb.sv
s/fill_match = !Shared \&\& fill_i/fill_match = 1'b0/

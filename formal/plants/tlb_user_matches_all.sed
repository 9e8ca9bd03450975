# SPDX-License-Identifier: Apache-2.0
# A lookup of U-mode matches supervisor pages.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1
# file: rtl/rvmmu_tlb_entry.sv
s/\(!lookup_user_i \|\| entry_q\[rvmmu_pkg::FlagU\]\)/1'b1/

# SPDX-License-Identifier: Apache-2.0
# A 64 KiB page takes nothing from the address.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/entry_i\[rvmmu_pkg::EntryNapot\]/1'b0/

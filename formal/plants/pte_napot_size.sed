# SPDX-License-Identifier: Apache-2.0
# N stands for 64 KiB whatever the page number says.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pte.sv
s/ \&\& ppn\[3:0\] == 4'b1000//

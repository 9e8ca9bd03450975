# SPDX-License-Identifier: Apache-2.0
# PMP is asked about the place of the PTE just read in the next table.
# theorem: look_question 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_look.sv
s/rvmmu_pkg::one_less\(level\), VpnBits/level, VpnBits/

# SPDX-License-Identifier: Apache-2.0
# Memory types are there without PBMTE.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pte.sv
s/ \&\& pbmte_i\) \?/) ?/

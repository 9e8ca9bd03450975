# SPDX-License-Identifier: Apache-2.0
# W without R is taken for a leaf.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pte.sv
s/\(r \|\| !w \|\| shadow\)/1'b1/

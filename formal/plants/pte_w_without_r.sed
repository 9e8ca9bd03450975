# SPDX-License-Identifier: Apache-2.0
# W without R is taken for a leaf.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56
# file: rtl/rvmmu_pte.sv
s/\(pte_i\[rvmmu_pkg::PteR\] \|\| !pte_i\[rvmmu_pkg::PteW\]\)/1'b1/

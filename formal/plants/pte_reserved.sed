# SPDX-License-Identifier: Apache-2.0
# Bit 54 is not checked.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56
# file: rtl/rvmmu_pte.sv
s/\[Xlen-1:rvmmu_pkg::PteReserved\]/[Xlen-1:rvmmu_pkg::PteReserved+1]/

# SPDX-License-Identifier: Apache-2.0
# Bit 54 is not checked.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pte.sv
s/\|pte_i\[rvmmu_pkg::PteSoftware-1:rvmmu_pkg::PteReserved\]/|pte_i[rvmmu_pkg::PteSoftware-1:rvmmu_pkg::PteReserved+1]/

# SPDX-License-Identifier: Apache-2.0
# D of a pointer is not checked.
# theorem: pte_table 1 Xlen=32 Levels=2 PaWidth=34 Features=0
# file: rtl/rvmmu_pte.sv
s/!pte_i\[rvmmu_pkg::PteD\] \&\& //

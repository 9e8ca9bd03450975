# SPDX-License-Identifier: Apache-2.0
# Bits 60:59 are software's although the build does not admit to that.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pte.sv
s/ \&\& has_svrsw60t59b_i\)/)/

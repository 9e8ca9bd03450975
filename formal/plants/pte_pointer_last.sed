# SPDX-License-Identifier: Apache-2.0
# A pointer may stand at the last level.
# theorem: pte_table 1 Xlen=64 Levels=5 PaWidth=56 Features=0
# file: rtl/rvmmu_pte.sv
s/ \&\& level_i != 3'd0//

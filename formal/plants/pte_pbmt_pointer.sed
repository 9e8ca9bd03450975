# SPDX-License-Identifier: Apache-2.0
# A pointer may have a memory type.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pte.sv
s/!napot \&\& pbmt == 2'd0/!napot/

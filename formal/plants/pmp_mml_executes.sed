# SPDX-License-Identifier: Apache-2.0
# Under MML M-mode executes what no entry names.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp.sv
s/\{!mml_i, 2'b11\}/3'b111/

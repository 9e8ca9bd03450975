# SPDX-License-Identifier: Apache-2.0
# Only the lowest field of a superpage is checked for alignment.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=0
# file: rtl/rvmmu_pte.sv
s/\(45'\(ppn\) \& offset\)/(45'(ppn) \& offset \& 45'h1ff)/

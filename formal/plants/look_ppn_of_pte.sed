# SPDX-License-Identifier: Apache-2.0
# The page of a leaf is its first base page.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_look.sv
s/page \? page_ppn : pte_ppn,/pte_ppn,/

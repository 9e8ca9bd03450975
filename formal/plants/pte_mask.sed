# SPDX-License-Identifier: Apache-2.0
# The page of the topmost level is taken for one a level smaller.
# theorem: pte_table 1 Xlen=64 Levels=5 PaWidth=56 Features=0
# file: rtl/rvmmu_pte.sv
s/mask\[k\] = level_i > 3'\(k\)/mask[k] = level_i > 3'(k) \&\& k < 3/

# SPDX-License-Identifier: Apache-2.0
# A PTE is read as one of the level above.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_look.sv
s/level = rvmmu_pkg::one_less\(levels\)/level = levels/

# SPDX-License-Identifier: Apache-2.0
# An entry allows loads that PMP does not.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/^    r \|\| !Pmp,/    1'b1,/

# SPDX-License-Identifier: Apache-2.0
# A PTE that could not be read counts.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_look.sv
s/^    error_i$/    1'b0/

# SPDX-License-Identifier: Apache-2.0
# A PTE that was swapped is swapped again.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/(LookUpdate\]) \&\& !swapped_i/\1/; s/\|\| \(look_i\[rvmmu_pkg::LookUpdate\] \&\& swapped_i\)//

# SPDX-License-Identifier: Apache-2.0
# A PTE whose A was set is a pointer.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/(LookPointer\]) \&\& !swapped_i/\1/

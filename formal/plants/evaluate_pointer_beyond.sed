# SPDX-License-Identifier: Apache-2.0
# A pointer beyond the physical address width is followed.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/ \&\& pointer \&\& !beyond/ \&\& pointer/

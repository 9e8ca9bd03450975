# SPDX-License-Identifier: Apache-2.0
# A speculative access sets A and D.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/changes \&\& !speculative \&\& \(/changes \&\& (/

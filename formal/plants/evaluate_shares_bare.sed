# SPDX-License-Identifier: Apache-2.0
# What is not translated enters the L2.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/ScopePage \&\& !bare;/ScopePage;/

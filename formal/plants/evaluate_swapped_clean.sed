# SPDX-License-Identifier: Apache-2.0
# What a swap has made dirty is kept as clean.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/ \|\| \(swapped_i \&\& rvmmu_pkg::writes\(access\)\)//

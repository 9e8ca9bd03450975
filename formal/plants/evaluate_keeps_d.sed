# SPDX-License-Identifier: Apache-2.0
# Every entry counts as dirty.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/^    pte_entry\[rvmmu_pkg::FlagD\] .*,$/    1'b1,/

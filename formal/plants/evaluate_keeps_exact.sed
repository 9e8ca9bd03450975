# SPDX-License-Identifier: Apache-2.0
# What PMP was asked of one access only is kept for its page.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/ \&\& scope_i != rvmmu_pkg::ScopeAccess$//

# SPDX-License-Identifier: Apache-2.0
# A leaf that faults is kept.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/keep_o = fault_o == rvmmu_pkg::FaultNone \&\&/keep_o = leaf \&\&/

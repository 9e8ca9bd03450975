# SPDX-License-Identifier: Apache-2.0
# An access that PMP does not treat as one is granted.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/\(pmp_ok \&\& pmp_whole_i\)/pmp_ok/

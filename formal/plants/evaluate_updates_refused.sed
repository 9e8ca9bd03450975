# SPDX-License-Identifier: Apache-2.0
# A and D are set for an access that PMP refuses.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/changes = permitted \&\& pmp_ok/changes = permitted/

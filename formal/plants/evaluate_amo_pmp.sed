# SPDX-License-Identifier: Apache-2.0
# PMP lets an AMO through that it forbids to store.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/default: pmp_ok = r \&\& w/default: pmp_ok = r/

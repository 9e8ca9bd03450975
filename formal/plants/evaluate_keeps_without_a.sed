# SPDX-License-Identifier: Apache-2.0
# A leaf whose A is not set, which a prefetch does not need, is kept.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/FaultNone \&\& accessed \&\&/FaultNone \&\&/

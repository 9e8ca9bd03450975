# SPDX-License-Identifier: Apache-2.0
# A store to a shadow stack is a page fault.
# theorem: evaluate_outcome 1 Xlen=64 Levels=3 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/\(shadow \|\| bare\)/bare/

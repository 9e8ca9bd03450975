# SPDX-License-Identifier: Apache-2.0
# A superpage that leads past the physical address width is not seen.
# theorem: evaluate_outcome 1 Xlen=64 Levels=5 PaWidth=40 Features=255 Pmp=1
# file: rtl/rvmmu_look.sv
s/beyond = pte_beyond \|\| \(page \&\& page_beyond\)/beyond = pte_beyond/

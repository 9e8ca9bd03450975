# SPDX-License-Identifier: Apache-2.0
# Of any access PMP is asked about four bytes.
# theorem: look_question 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_look.sv
s/BlockWidth'\(size_mask\[7:2\]\)/'0/

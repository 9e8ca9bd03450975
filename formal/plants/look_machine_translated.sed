# SPDX-License-Identifier: Apache-2.0
# Of a leaf PMP is asked with the privilege of S-mode always.
# theorem: look_question 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_look.sv
s/machine_o = page \&\& bare/machine_o = page \&\& !bare/

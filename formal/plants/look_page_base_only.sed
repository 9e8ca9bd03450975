# SPDX-License-Identifier: Apache-2.0
# Of a superpage PMP is asked about a base page only.
# theorem: look_question 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_look.sv
s/page \&\& scope_i == rvmmu_pkg::ScopePage/1'b0/

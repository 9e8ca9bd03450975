# SPDX-License-Identifier: Apache-2.0
# Of the base page PMP is asked about the first one of the leaf.
# theorem: look_question 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_look.sv
s/page \&\& scope_i != rvmmu_pkg::ScopePage/page \&\& scope_i == rvmmu_pkg::ScopeAccess/

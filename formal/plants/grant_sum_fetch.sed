# SPDX-License-Identifier: Apache-2.0
# S-mode fetches from a U page under SUM.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/ \&\& !fetch\)/)/

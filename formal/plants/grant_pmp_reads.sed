# SPDX-License-Identifier: Apache-2.0
# A page that PMP does not let be read is read.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/readable = p \&\& /readable = /

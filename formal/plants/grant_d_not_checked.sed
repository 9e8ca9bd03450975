# SPDX-License-Identifier: Apache-2.0
# D is not checked of a store.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/\(d \|\| !writes\)/1'b1/

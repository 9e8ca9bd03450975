# SPDX-License-Identifier: Apache-2.0
# An AMO is checked as a load.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/ \|\| amo$//

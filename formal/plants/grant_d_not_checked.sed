# SPDX-License-Identifier: Apache-2.0
# D is not checked of a store.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56
# file: rtl/rvmmu_grant.sv
s/ \&\& flags\[rvmmu_pkg::FlagD\]//

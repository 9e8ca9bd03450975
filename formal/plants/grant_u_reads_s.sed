# SPDX-License-Identifier: Apache-2.0
# U-mode may use pages that are not its own.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/user == u;/user || !u;/

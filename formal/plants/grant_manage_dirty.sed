# SPDX-License-Identifier: Apache-2.0
# cbo.clean and its like need D.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pkg.sv
s/access == AccessCboZero$/access == AccessCboZero || access == AccessCboManage/

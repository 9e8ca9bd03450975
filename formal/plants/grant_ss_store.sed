# SPDX-License-Identifier: Apache-2.0
# A store may write to a shadow stack.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/w \&\& !shadow \&\& \(p/w \&\& (p/

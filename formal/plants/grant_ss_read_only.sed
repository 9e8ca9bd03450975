# SPDX-License-Identifier: Apache-2.0
# A shadow-stack access to a read-only page is an access fault.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/!shadow \&\& \(w \|\| x \|\| !r\)/!shadow/

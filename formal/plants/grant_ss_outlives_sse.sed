# SPDX-License-Identifier: Apache-2.0
# A shadow stack stays readable when SSE is cleared.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/\(shadow \&\& sse\)/shadow/

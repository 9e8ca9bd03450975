# SPDX-License-Identifier: Apache-2.0
# A shadow-stack page needs no SSE.
# theorem: pte_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_pte.sv
s/ \&\& sse_i \&\& w/ \&\& w/

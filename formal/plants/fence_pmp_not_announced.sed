# SPDX-License-Identifier: Apache-2.0
# The flush of a change of PMP is not announced.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
/soon_o/s/ \|\| drain_q//

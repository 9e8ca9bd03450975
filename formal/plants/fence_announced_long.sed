# SPDX-License-Identifier: Apache-2.0
# A fence is announced as long as it waits.
# theorem: fence_order 8 Xlen=64 Levels=3 HasL2=1 Pmp=0
# file: rtl/rvmmu_fence.sv
/soon_o/s/ \&\& !busy_q//

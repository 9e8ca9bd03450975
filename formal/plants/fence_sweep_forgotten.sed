# SPDX-License-Identifier: Apache-2.0
# A fence that waits for a swap forgets that the L2 is done.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
s/\(sweeping_q \&\& !l2_done_i\)/sweeping_q/

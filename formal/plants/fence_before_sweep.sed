# SPDX-License-Identifier: Apache-2.0
# A fence completes before the L2 has been gone through.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
s/\(!sweeping_q \|\| l2_done_i\)/1'b1/

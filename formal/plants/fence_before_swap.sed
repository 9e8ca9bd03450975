# SPDX-License-Identifier: Apache-2.0
# A fence completes while a swap is on its way.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
s/l2_done_i\) \&\& !swap_pending_i/l2_done_i)/

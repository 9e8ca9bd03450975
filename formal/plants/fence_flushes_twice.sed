# SPDX-License-Identifier: Apache-2.0
# A fence that waits flushes again.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
s/fence_valid_i \&\& !busy_q \&\&/fence_valid_i \&\&/

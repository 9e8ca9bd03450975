# SPDX-License-Identifier: Apache-2.0
# A fence that has to wait is not announced.
# theorem: fence_order 8 Xlen=64 Levels=3 HasL2=1 Pmp=0
# file: rtl/rvmmu_fence.sv
/soon_o/s/fence_valid_i/fence_ready_o/

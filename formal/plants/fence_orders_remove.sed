# SPDX-License-Identifier: Apache-2.0
# sfence.w.inval removes what sinval.vma does.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
s/fence_op_i == rvmmu_pkg::FenceSinvalVma/1'b1/

# SPDX-License-Identifier: Apache-2.0
# A change of PMP flushes only what the fence port names.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
s/fence_use_va_i \&\& !change/fence_use_va_i/

# SPDX-License-Identifier: Apache-2.0
# What was accepted while a fence went on is not old.
# theorem: fence_order 6 Xlen=64 Levels=3 HasL2=1 Pmp=1
# file: rtl/rvmmu_fence.sv
s/acts \|\| \(busy_q \&\& done\)/acts/

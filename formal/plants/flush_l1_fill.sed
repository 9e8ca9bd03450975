# SPDX-License-Identifier: Apache-2.0
# What an L1 was answered a cycle ago enters its TLB beside a fence.
# theorem: flush_alone 8 PmpEntries=0
# file: rtl/rvmmu_l1.sv
s/refilled \&\& refilled_fills \&\& !fence_soon_i/refilled \&\& refilled_fills/

# SPDX-License-Identifier: Apache-2.0
# A large page enters the L2 beside a fence.
# theorem: flush_alone 8 PmpEntries=0
# file: rtl/rvmmu_l2.sv
s/large_fill \&\& !fence_soon_i/large_fill/

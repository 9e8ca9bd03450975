# SPDX-License-Identifier: Apache-2.0
# Fetches are masked.
# theorem: pointer_table 1
# file: rtl/rvmmu_pointer.sv
s/ \&\& !fetch_i//

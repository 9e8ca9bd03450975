# SPDX-License-Identifier: Apache-2.0
# Physical addresses are sign-extended.
# theorem: pointer_table 1
# file: rtl/rvmmu_pointer.sv
s/translated_i \&\& \(pmm\[0\]/(pmm[0]/

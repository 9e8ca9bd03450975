# SPDX-License-Identifier: Apache-2.0
# MXR does not stop the masking.
# theorem: pointer_table 1
# file: rtl/rvmmu_pointer.sv
s/ \&\& \(machine \|\| !mxr_i\)//

# SPDX-License-Identifier: Apache-2.0
# MXR does nothing.
# theorem: grant_table 1 Xlen=64 Levels=3 PaWidth=56 Features=255
# file: rtl/rvmmu_grant.sv
s/context_i\[rvmmu_pkg::ContextMxr\]/1'b0/

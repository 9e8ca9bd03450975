# SPDX-License-Identifier: Apache-2.0
# A base page that PMP was asked about is kept for the whole superpage.
# theorem: evaluate_kept 1 Xlen=64 Levels=3 PaWidth=56 Features=255 Pmp=1
# file: rtl/rvmmu_evaluate.sv
s/\(scope_i == rvmmu_pkg::ScopePage\) \? mask : MaskWidth'\(0\)/mask/

# SPDX-License-Identifier: Apache-2.0
# M-mode is not bound by locked entries.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp.sv
s/machine \&\& !locked\)/machine)/

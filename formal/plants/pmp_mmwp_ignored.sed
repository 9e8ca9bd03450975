# SPDX-License-Identifier: Apache-2.0
# MMWP does nothing.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp.sv
s/machine_i \&\& !mmwp_i\)/machine_i)/

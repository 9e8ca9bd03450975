# SPDX-License-Identifier: Apache-2.0
# The block begins at the address that is asked about.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp_match.sv
s/address_i \& ~block_i/address_i/

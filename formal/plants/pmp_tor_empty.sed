# SPDX-License-Identifier: Apache-2.0
# A range that ends before it begins still splits blocks.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp_match.sv
s/tor \&\& some \&\& last_above/tor \&\& last_above/

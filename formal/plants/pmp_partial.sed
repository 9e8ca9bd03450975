# SPDX-License-Identifier: Apache-2.0
# A block counts as whole although a range ends in it.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp_match.sv
s/first_above \&\& last_below/first_above \&\& first_below/

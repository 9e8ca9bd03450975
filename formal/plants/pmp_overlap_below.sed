# SPDX-License-Identifier: Apache-2.0
# A range that begins within the block does not overlap it.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp_match.sv
s/some \&\& last_above/some \&\& first_above/

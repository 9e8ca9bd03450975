# SPDX-License-Identifier: Apache-2.0
# A range that covers the block wins over one of a lower number that overlaps it.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp.sv
s/set_i\(overlaps_i\)/set_i(|covers_i ? covers_i : overlaps_i)/

# SPDX-License-Identifier: Apache-2.0
# A NAPOT range that lies in the block covers it.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp_match.sv
s/in_napot = there .*;/in_napot = there;/

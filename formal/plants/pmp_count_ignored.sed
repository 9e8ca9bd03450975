# SPDX-License-Identifier: Apache-2.0
# Entries that do not exist match.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp_match.sv
s/ \&\& \(7'\(e\) < count_i\)//

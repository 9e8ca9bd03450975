# SPDX-License-Identifier: Apache-2.0
# The top of a range belongs to it.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp_match.sv
s/lowest < tops/lowest <= tops/

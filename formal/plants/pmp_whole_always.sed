# SPDX-License-Identifier: Apache-2.0
# The entry that decides speaks for all of the block.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp.sv
s/\{covers_i\[e\], rights/{1'b1, rights/

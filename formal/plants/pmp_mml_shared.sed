# SPDX-License-Identifier: Apache-2.0
# Under MML a locked RWX entry keeps W.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=0
# file: rtl/rvmmu_pmp.sv
s/\{x, w, r\} = 3'b001;/{x, w, r} = 3'b011;/

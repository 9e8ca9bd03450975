# SPDX-License-Identifier: Apache-2.0
# A physical page number beyond the address width is cut off.
# theorem: pte_table 1 Xlen=64 Levels=5 PaWidth=40 Features=0
# file: rtl/rvmmu_pte.sv
s/\|ppn\[PtePpnWidth-1:PpnWidth\]/1'b0/

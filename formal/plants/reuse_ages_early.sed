# SPDX-License-Identifier: Apache-2.0
# It ages although an entry is open.
# theorem: reuse_victim 8 Entries=4
# file: rtl/rvmmu_reuse.sv
s/ages = ~\|open;/ages = ~|open[Entries-1:1];/

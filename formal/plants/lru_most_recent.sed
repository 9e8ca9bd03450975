# SPDX-License-Identifier: Apache-2.0
# The victim is the youngest.
# theorem: lru_victim 4 Entries=4
# file: rtl/rvmmu_lru.sv
s/= &older\[/= ~|older[/; s/assign older\[i\*Entries\+i\] = 1'b1/assign older[i*Entries+i] = 1'b0/

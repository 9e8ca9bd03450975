# SPDX-License-Identifier: Apache-2.0
# After reset the ages form a circle.
# theorem: lru_victim 4 Entries=4
# file: rtl/rvmmu_lru.sv
s/older_q <= 1'b1;/older_q <= j != i + 2;/

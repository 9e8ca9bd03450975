# SPDX-License-Identifier: Apache-2.0
# A use makes an entry younger than those after it only.
# theorem: lru_victim 6 Entries=4
# file: rtl/rvmmu_lru.sv
s/else if \(touch_i\[j\]\) older_q <= 1'b1;//

# SPDX-License-Identifier: Apache-2.0
# The root's bit never changes.
# theorem: plru_victim 8 Entries=8
# file: rtl/rvmmu_plru.sv
s/for \(int d = 1; d <= \$clog2\(Entries\); d\+\+\) begin/for (int d = 1; d < $clog2(Entries); d++) begin/

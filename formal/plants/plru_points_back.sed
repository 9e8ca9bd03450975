# SPDX-License-Identifier: Apache-2.0
# A node points to the half that was used last.
# theorem: plru_victim 6 Entries=8
# file: rtl/rvmmu_plru.sv
s/node_q\[k\] <= touched\[2\*k\];/node_q[k] <= touched[2*k+1];/

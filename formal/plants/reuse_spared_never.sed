# SPDX-License-Identifier: Apache-2.0
# A second use earns nothing.
# theorem: reuse_victim 12 Entries=4
# file: rtl/rvmmu_reuse.sv
s/again_q <= .*/again_q <= '0;/

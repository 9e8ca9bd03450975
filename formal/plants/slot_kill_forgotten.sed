# SPDX-License-Identifier: Apache-2.0
# A killed request that waits for the walker comes back to life.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1
# file: rtl/rvmmu_slot.sv
s/^( *Wait: begin)$/\1 if (!kill_i[tag_q]) killed_q <= 1'b0; else/

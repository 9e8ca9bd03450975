# SPDX-License-Identifier: Apache-2.0
# A kill takes effect one cycle late.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1
# file: rtl/rvmmu_slot.sv
s/live_o = !killed_q \&\& !kill_i\[tag_q\];/live_o = !killed_q;/

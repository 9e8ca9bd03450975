# SPDX-License-Identifier: Apache-2.0
# A killed request goes on following.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/^( *)if \(!live_o\) state_q <= Free;$/\1if (1'b0) state_q <= Free;/

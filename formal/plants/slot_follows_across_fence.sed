# SPDX-License-Identifier: Apache-2.0
# A request goes on following when a fence has come.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/else if \(flush_i\) state_q <= Need;/else if (1'b0) state_q <= Need;/

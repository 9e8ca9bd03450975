# SPDX-License-Identifier: Apache-2.0
# A request that is offered overwrites the one in the slot.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/if \(state_q == Free\) begin/if (state_q == Free || offer_i) begin/

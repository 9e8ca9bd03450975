# SPDX-License-Identifier: Apache-2.0
# A request takes the answer of any slot for its leader's.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/\|\(leader_q \& refilled_i\)/|refilled_i/

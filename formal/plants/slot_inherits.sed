# SPDX-License-Identifier: Apache-2.0
# A request is answered with what its leader was, granted or not.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/answered \&\& granted_i\) state_q <= Done/answered) state_q <= Done/

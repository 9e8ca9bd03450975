# SPDX-License-Identifier: Apache-2.0
# What was answered and not sent is not stored.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/store    = state_q == Store \|\|/store    = 1'b0 ||/

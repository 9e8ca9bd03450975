# SPDX-License-Identifier: Apache-2.0
# A request of before a fence leads others.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/\(state_q == Need \|\| state_q == Wait\) \&\& !head_q\[rvmmu_pkg::WalkOld\]/(state_q == Need || state_q == Wait)/

# SPDX-License-Identifier: Apache-2.0
# A request that is killed while its answer is stored is sent.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/if \(live_o\) state_q <= Done;/if (1'b1) state_q <= Done;/

# SPDX-License-Identifier: Apache-2.0
# A request that waits for the walker when a fence comes is lost.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1
# file: rtl/rvmmu_slot.sv
s/if \(live_o\) state_q <= Need;/if (1'b0) state_q <= Need;/

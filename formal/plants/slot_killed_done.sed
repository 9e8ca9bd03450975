# SPDX-License-Identifier: Apache-2.0
# A kill of a response that waits is ignored.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1
# file: rtl/rvmmu_slot.sv
s/if \(sent_i \|\| !live_o\) state_q <= Free;/if (sent_i) state_q <= Free;/

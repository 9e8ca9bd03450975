# SPDX-License-Identifier: Apache-2.0
# A response that leaves in the cycle of its refill stays to leave again.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1
# file: rtl/rvmmu_slot.sv
s/if \(!live_o \|\| sent_i\) state_q <= Free;/if (!live_o) state_q <= Free;/

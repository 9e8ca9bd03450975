# SPDX-License-Identifier: Apache-2.0
# A fence does not mark the request as old.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1
# file: rtl/rvmmu_slot.sv
s/if \(outdate_i\) head_q/if (1'b0) head_q/

# SPDX-License-Identifier: Apache-2.0
# A request whose leader is gone goes on following it.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/answered \|\| !led\)/answered)/

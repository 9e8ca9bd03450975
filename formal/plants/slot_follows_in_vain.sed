# SPDX-License-Identifier: Apache-2.0
# A request that its leader's answer does not grant goes on following.
# theorem: slot_once 7 TagWidth=1 Xlen=32 AsidWidth=1 PpnWidth=1 MaskWidth=1 Slots=2
# file: rtl/rvmmu_slot.sv
s/answered \|\| !led\)/!led)/

# SPDX-License-Identifier: Apache-2.0
# NAPOT ranges may be finer than the grain.
# theorem: pmp_block 1 PaWidth=10 Entries=3 Grain=2
# file: rtl/rvmmu_pmp_match.sv
s/\(address \| \(ignored >> 1\)\)/address/g

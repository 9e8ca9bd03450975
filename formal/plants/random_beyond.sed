# SPDX-License-Identifier: Apache-2.0
# One bit too many is decoded, so that there may be no victim.
# theorem: random_victim 12 Entries=4
# file: rtl/rvmmu_random.sv
s/Entries\)-1:0\];/Entries):0];/

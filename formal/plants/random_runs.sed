# SPDX-License-Identifier: Apache-2.0
# The victim changes without a use.
# theorem: random_victim 6 Entries=4
# file: rtl/rvmmu_random.sv
s/else if \(\|touch_i\)/else/

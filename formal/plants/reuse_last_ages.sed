# SPDX-License-Identifier: Apache-2.0
# Ageing takes from the entry used last, too.
# theorem: reuse_victim 12 Entries=4
# file: rtl/rvmmu_reuse.sv
s/used_q  <= last_q \| \(ages \? again_q : used_q\);/used_q  <= ages ? again_q : last_q | used_q;/

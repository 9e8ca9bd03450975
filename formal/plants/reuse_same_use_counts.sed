# SPDX-License-Identifier: Apache-2.0
# A further use of the entry used last counts as a second one.
# theorem: reuse_victim 12 Entries=4
# file: rtl/rvmmu_reuse.sv
s/filled_q && \|\(touch_i & last_q\)/1'b0/

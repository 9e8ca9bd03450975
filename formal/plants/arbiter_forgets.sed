# SPDX-License-Identifier: Apache-2.0
# The place does not move: the lowest requester always wins.
# theorem: arbiter_fair 8 Requesters=4
# file: rtl/rvmmu_arbiter.sv
s/\(take_i \&\& \|request_i\)/(1'b0)/

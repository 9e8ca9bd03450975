# SPDX-License-Identifier: Apache-2.0
# A fill counts as a second use.
# theorem: reuse_victim 12 Entries=4
# file: rtl/rvmmu_reuse.sv
s/filled_q <= fill_i .*/filled_q <= 1'b0;/

# SPDX-License-Identifier: Apache-2.0
# The register starts at zero and stays there.
# theorem: random_victim 18 Entries=4
# file: rtl/rvmmu_random.sv
s/bits_q <= 16'd1;/bits_q <= 16'd0;/

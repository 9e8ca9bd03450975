# SPDX-License-Identifier: Apache-2.0
# The root's bit never changes.
# theorem: plru_victim 8 Entries=8
# file: rtl/rvmmu_plru.sv
s/if \(touched\[k\]\)/if (k > 1 \&\& touched[k])/

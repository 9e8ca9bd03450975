# SPDX-License-Identifier: Apache-2.0
# A node points to the half that was used last.
# theorem: plru_victim 6 Entries=8
# file: rtl/rvmmu_plru.sv
s/& 1\) == 0\) away/\& 1) == 1) away/

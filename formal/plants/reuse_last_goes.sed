# SPDX-License-Identifier: Apache-2.0
# Without an open entry the victim is entry 0, even if it was used last.
# theorem: reuse_victim 8 Entries=4
# file: rtl/rvmmu_reuse.sv
s/ages && last_q\[0\], ages && !last_q\[0\]/1'b0, ages/

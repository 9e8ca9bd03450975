# SPDX-License-Identifier: Apache-2.0
# A Verilated design: build/dut/KEY/libdut.so, asked for by tb/dut/dut_build.c, which gives
# DUT_PARAMETERS (Name=Value ...) and DUT_WAVE (none, fst, vcd). Registers without a reset
# start with random contents.
DUT_WAVE ?= none
DUT_OPTIMIZE ?= -O2
# Further options of the compiler and the linker (sim/fast.sh).
DUT_PROFILE ?=
VERILATOR_none :=
VERILATOR_fst := --trace-fst -CFLAGS "-DDUT_WAVES -DDUT_WAVE_FST" -LDFLAGS -lz
VERILATOR_vcd := --trace -CFLAGS "-DDUT_WAVES -DDUT_WAVE_VCD"

$(B)/dut/%/libdut.so: $(RTL) tb/dut/dut_top.sv tb/dut/dut_shim.cpp tb/dut/dut_shim.h sim/waivers.vlt \
  $(wildcard sim/presets/*.preset) sim/dut.mk
	rm -rf $(@D)/obj && mkdir -p $(@D)/obj
	verilator --cc --build -j 2 --top-module dut_top --Mdir $(@D)/obj -O3 --x-assign fast \
	  --x-initial unique --noassert $(DUT_PARAMETERS:%=-G%) $(VERILATOR_$(DUT_WAVE)) -Wno-fatal \
	  -MAKEFLAGS "OPT_FAST=$(DUT_OPTIMIZE) OPT_SLOW=-O0 OPT_GLOBAL=$(DUT_OPTIMIZE)" \
	  -CFLAGS "-fPIC -I$(CURDIR)/tb/dut $(DUT_PROFILE)" \
	  -LDFLAGS "-shared -Wl,-Bsymbolic $(DUT_PROFILE)" --exe sim/waivers.vlt \
	  $(RTL) $(CURDIR)/tb/dut/dut_top.sv $(CURDIR)/tb/dut/dut_shim.cpp -o libdut.so.new
	mv $(@D)/obj/libdut.so.new $@

# SPDX-License-Identifier: Apache-2.0
# rvmmu: `make help` lists the targets.

PRESET ?= linux
B := build
CFLAGS ?= -O2 -g
STD := -std=c11 -Wall -Wextra -Werror -D_GNU_SOURCE
INC := $(patsubst %,-I%,$(wildcard tb/model tb/dut tb/trace tb/vm tb/check tb/cmd))
LIBS := -llzma -lzstd -ljansson -ldl -lm

MAIN := tb/cmd/main.c
SRC := $(filter-out $(MAIN),$(wildcard tb/model/*.c tb/dut/*.c tb/trace/*.c tb/vm/*.c tb/check/*.c tb/cmd/*.c))
OBJ := $(SRC:%.c=$(B)/%.o)
TESTS := $(patsubst tb/test/%.c,$(B)/test/%,$(wildcard tb/test/test_*.c))

.PHONY: all
all: $(B)/rvmmu-tb

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(STD) $(INC) -DRVMMU_ROOT='"$(CURDIR)"' -MMD -MP -c -o $@ $<

$(B)/librvmmu_tb.a: $(OBJ)
	rm -f $@ && ar rcs $@ $^

$(B)/rvmmu-tb: $(B)/tb/cmd/main.o $(B)/librvmmu_tb.a
	$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

$(B)/test/%: tb/test/%.c $(B)/librvmmu_tb.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(STD) $(INC) -DRVMMU_ROOT='"$(CURDIR)"' -MMD -MP -o $@ $< $(B)/librvmmu_tb.a $(LIBS) -lcmocka

.PHONY: unit
unit: $(TESTS)
	@set -e; for t in $(TESTS); do echo "== $$t"; $$t; done

-include $(OBJ:.o=.d) $(B)/tb/cmd/main.d $(TESTS:=.d)

# ---- A Verilated design: build/dut/KEY/libdut.so, asked for by tb/dut/dut_build.c, which gives
#      DUT_PARAMETERS (Name=Value ...) and DUT_WAVE (none, fst, vcd).
RTL := rtl/rvmmu_pkg.sv $(filter-out rtl/rvmmu_pkg.sv,$(sort $(wildcard rtl/*.sv)))
VERILATOR_FLAGS_none :=
VERILATOR_FLAGS_fst := --trace-fst -CFLAGS "-DDUT_WAVES -DDUT_WAVE_FST" -LDFLAGS -lz
VERILATOR_FLAGS_vcd := --trace -CFLAGS "-DDUT_WAVES -DDUT_WAVE_VCD"
DUT_WAVE ?= none

$(B)/dut/%/libdut.so: $(RTL) tb/dut/dut_top.sv tb/dut/dut_shim.cpp tb/dut/dut_shim.h sim/waivers.vlt $(wildcard sim/presets/*.preset)
	rm -rf $(@D)/obj && mkdir -p $(@D)/obj
	verilator --cc --build -j 2 --top-module dut_top --Mdir $(@D)/obj -O3 --x-assign fast --x-initial fast --noassert \
	  $(DUT_PARAMETERS:%=-G%) $(VERILATOR_FLAGS_$(DUT_WAVE)) -Wno-fatal \
	  -MAKEFLAGS "OPT_FAST=-O2 OPT_SLOW=-O1 OPT_GLOBAL=-O2" -CFLAGS "-fPIC -I$(CURDIR)/tb/dut" -LDFLAGS "-shared -Wl,-Bsymbolic" \
	  --exe sim/waivers.vlt $(RTL) $(CURDIR)/tb/dut/dut_top.sv $(CURDIR)/tb/dut/dut_shim.cpp -o libdut.so.new
	mv $(@D)/obj/libdut.so.new $@

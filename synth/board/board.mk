# SPDX-License-Identifier: Apache-2.0
# Boards: bitstreams, and build/board-sim, a whole board in Verilator behind a pseudo-terminal.
BOARD ?= icebreaker
BAUD ?= 1000000
BOARD_RTL := synth/board/board_pkg.sv \
  $(filter-out synth/board/board_pkg.sv,$(sort $(wildcard synth/board/board*.sv)))
BOARD_SRC := $(filter-out tb/board/board_sim.c,$(wildcard tb/board/*.c))
BOARD_OBJ := $(BOARD_SRC:%.c=$(B)/%.o)
BOARD_FLAGS := -I$(CURDIR)/tb/board -DBOARD_CLOCKS_PER_BIT=2 -DBOARD_GAP_CLOCKS=2000

$(B)/tb/board/%.o: INC += -Itb/board

$(B)/board-sim: $(B)/tb/board/board_sim.o $(BOARD_OBJ) $(B)/librvmmu_tb.a
	$(CC) $(CFLAGS) -o $@ $^ $(LIBS) -lutil

BOARD_TESTS := $(patsubst tb/test/%.c,$(B)/test/%,$(wildcard tb/test/test_board*.c))
$(BOARD_TESTS): $(B)/test/%: tb/test/%.c $(BOARD_OBJ) $(B)/librvmmu_tb.a | $(B)/board-sim
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(STD) $(INC) -Itb/board -DRVMMU_ROOT='"$(CURDIR)"' -MMD -MP -o $@ $< \
	  $(BOARD_OBJ) $(B)/librvmmu_tb.a $(LIBS) -lcmocka

-include $(BOARD_OBJ:.o=.d) $(B)/tb/board/board_sim.d

# A Verilated board: that of a preset, or with the MMU's stand-in for tests.
$(B)/board/sim/%/libboard.so: BOARD_MMU = $(RTL)
$(B)/board/sim/echo/libboard.so: BOARD_MMU = rtl/rvmmu_pkg.sv rtl/rvmmu_ram.sv tb/board/board_echo.sv
BOARD_NEEDS := $(RTL) $(BOARD_RTL) $(wildcard synth/board/*.svh tb/board/*.sv) tb/board/board_shim.cpp \
  tb/board/board_shim.h sim/waivers.vlt synth/board/board.mk

$(B)/board/sim/%/libboard.so: sim/presets/%.preset $(BOARD_NEEDS)
	$(board_sim)
$(B)/board/sim/echo/libboard.so: tb/board/echo.preset $(BOARD_NEEDS)
	$(board_sim)

define board_sim
rm -rf $(@D) && mkdir -p $(@D)
verilator --cc --build -j 2 --top-module board --Mdir $(@D)/obj -O3 --x-assign fast \
  --x-initial unique --noassert -Isynth/board $$(sed 's/#.*//; /^ *$$/d; s/^/-G/' $<) \
  -GClocksPerBit=2 -GGapClocks=2000 -Wno-fatal \
  -MAKEFLAGS "OPT_FAST=-O2 OPT_SLOW=-O1 OPT_GLOBAL=-O2" -CFLAGS "-fPIC $(BOARD_FLAGS)" \
  -LDFLAGS "-shared -Wl,-Bsymbolic" --exe sim/waivers.vlt $(BOARD_MMU) $(BOARD_RTL) \
  $(CURDIR)/tb/board/board_shim.cpp -o libboard.so.new
mv $(@D)/obj/libboard.so.new $@
endef

.PHONY: board board-sim board-lint board-plants
board:  ## a bitstream: BOARD=icebreaker|hx8k|ulx3s PRESET= BAUD= SEED= (ulx3s: DEVICE=25k|85k)
	@sh synth/board/build.sh $(BOARD) $(BAUD) $(SEED) $(if $(filter file,$(origin PRESET)),,$(PRESET))
board-sim: $(B)/board-sim $(B)/board/sim/$(PRESET)/libboard.so  ## a simulated board behind a terminal
board-lint:  ## Verilator, Icarus and Yosys read every board without a word
	@sh synth/board/lint.sh $(PRESETS)
board-plants:  ## faults planted in the board, each to be found by its tests
	@sh tb/board/plants.sh

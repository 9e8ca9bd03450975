# SPDX-License-Identifier: Apache-2.0
# rvmmu: `make help` lists the targets. Everything that is built goes under build/.

PRESETS := $(notdir $(basename $(wildcard sim/presets/*.preset)))
PRESET ?= linux
SEED ?= 1
COUNT ?= 100000
SWEEP ?= l1
PREFIX ?= /usr/local
FAMILY ?= ice40
DEVICE ?= default
SEEDS ?= $(SEED)
VERSION := 0.1.0
B := build
# Without them make knows in 8 ms rather than 50 that a design is built, which tests ask a thousand times.
MAKEFLAGS += --no-builtin-rules
CFLAGS ?= -O2 -g
STD := -std=c11 -Wall -Wextra -Werror -D_GNU_SOURCE
INC := $(patsubst %,-I%,$(wildcard tb/model tb/dut tb/trace tb/vm tb/check tb/iss tb/cmd))
LIBS := -llzma -lzstd -ljansson -lfdt -ldl -lm

# What Debian 12 must have: to build and run, and beyond that to sweep and to test.
DEPS_RUN := gcc g++ make libc6-dev verilator libjansson-dev libzstd-dev liblzma-dev libfdt-dev uthash-dev zlib1g-dev
DEPS_SWEEP := parallel gnuplot-nox
DEPS_TEST := $(DEPS_RUN) $(DEPS_SWEEP) libcmocka-dev iverilog yosys z3 clang clang-format patch \
  gtkwave binutils-riscv64-linux-gnu

MAIN := tb/cmd/main.c
SRC := $(filter-out $(MAIN),$(wildcard tb/model/*.c tb/dut/*.c tb/trace/*.c tb/vm/*.c tb/check/*.c tb/iss/*.c tb/cmd/*.c))
OBJ := $(SRC:%.c=$(B)/%.o)
TESTS := $(patsubst tb/test/%.c,$(B)/test/%,$(wildcard tb/test/test_*.c))
C_FILES := $(wildcard tb/*/*.[ch] tb/*/*.cpp)
RTL := rtl/rvmmu_pkg.sv $(filter-out rtl/rvmmu_pkg.sv,$(sort $(wildcard rtl/*.sv)))
TRACES := $(sort $(wildcard sim/traces/*.rvt.xz))

.PHONY: all
all: $(B)/rvmmu-tb  ## build/rvmmu-tb, without installing anything

.PHONY: help
help:  ## this list
	@awk -F':.*##' '/^[a-z-]+:.*##/ {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  PRESET=$(PRESET), one of: $(PRESETS)"

# ---- The C side.

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(STD) $(INC) -DRVMMU_ROOT='"$(CURDIR)"' -MMD -MP -c -o $@ $<

$(B)/librvmmu_tb.a: $(OBJ)
	rm -f $@ && ar rcs $@ $^

$(B)/rvmmu-tb: $(B)/tb/cmd/main.o $(B)/librvmmu_tb.a
	$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

# A test runs for a second at most: what optimises it beyond -O1 takes longer than that.
$(B)/test/%: private CFLAGS += -O1
$(B)/test/%: tb/test/%.c $(B)/librvmmu_tb.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(STD) $(INC) -DRVMMU_ROOT='"$(CURDIR)"' -MMD -MP -o $@ $< $(B)/librvmmu_tb.a $(LIBS) -lcmocka

-include $(OBJ:.o=.d) $(B)/tb/cmd/main.d $(TESTS:=.d)

# The reference model alone, for other projects.
$(B)/libmmu_model.a: $(filter $(B)/tb/model/%,$(OBJ))
	rm -f $@ && ar rcs $@ $^

.PHONY: install-model
install-model: $(B)/libmmu_model.a  ## the reference model as a library, under PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	install -m 644 $< $(DESTDIR)$(PREFIX)/lib
	install -m 644 tb/model/mmu_model.h tb/model/mmu_pmp.h tb/model/mmu_pte.h $(DESTDIR)$(PREFIX)/include
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' tb/model/mmu_model.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/mmu_model.pc

include sim/dut.mk
include synth/board/board.mk
include sim/linux.mk

# ---- What people do.

.PHONY: deps deps-run
deps:  ## install the Debian packages that run and test need
	@sh sim/deps.sh $(DEPS_TEST)
deps-run:
	@sh sim/deps.sh $(DEPS_RUN)

.PHONY: run
run: deps-run  ## real programs' traces as processes, every access translated by the RTL and checked
	@$(MAKE) --no-print-directory -s all
	$(B)/rvmmu-tb run $(TRACES) --preset $(PRESET) --frames 25% --wave $(B)/run.fst --wave-to 5000

.PHONY: test
test: deps  ## everything that must hold, in about a quarter of an hour on two cores
	@$(MAKE) --no-print-directory -s all
	@sh sim/test.sh

.PHONY: unit
unit: $(TESTS)  ## the unit and directed tests
	@for t in $(TESTS); do echo "== $$t"; $$t || exit 1; done

.PHONY: lint
lint:  ## Verilator, Icarus and Yosys read every preset without a word
	@sh sim/lint.sh $(PRESETS)

.PHONY: vectors
vectors: all  ## the golden vectors, on the model and on the RTL
	$(B)/rvmmu-tb vectors --on model sim/vectors/*.txt.xz
	$(B)/rvmmu-tb vectors --on rtl sim/vectors/*.txt.xz

.PHONY: random
random: all  ## random accesses, page tables, fences and kills: SEED= COUNT= PRESET=
	$(B)/rvmmu-tb random --seed $(SEED) --count $(COUNT) --preset $(PRESET)

.PHONY: bench
bench: all  ## cycles of hits, walks, fences and real programs, beside their targets: BENCH= options
	$(B)/rvmmu-tb bench --preset $(PRESET) --identity --json $(B)/bench.json $(BENCH)

.PHONY: fast
fast: all  ## build the simulated design anew by a profile of itself, for long runs: PRESET=
	@sh sim/fast.sh $(PRESET)

.PHONY: bench-speed
bench-speed: all  ## translations a second of the checked simulation, hits mostly: PRESET=
	@sh sim/bench-speed.sh $(PRESET)

.PHONY: sweep
sweep:  ## a grid of parameters measured and plotted: SWEEP="l1 --limit 500000" (or --list, --help)
	@sh sim/deps.sh $(DEPS_RUN) $(DEPS_SWEEP)
	@$(MAKE) --no-print-directory -s all
	$(B)/rvmmu-tb sweep $(SWEEP)

.PHONY: matrix
matrix: all  ## every trace, mode and policy in full, two processes at once (half an hour)
	@sh sim/matrix.sh

.PHONY: waves
waves: all  ## record a short run and open it in GTKWave
	@sh sim/waves.sh $(PRESET)

.PHONY: formal
formal:  ## the proofs, their covers and the faults they must find; FORMAL= names some
	@formal/run.sh $(FORMAL)

.PHONY: plants
plants: all  ## faults planted in the RTL, each to be caught by the random test
	@sh sim/plants.sh

.PHONY: synth
synth:  ## through Yosys and place and route: PRESET= FAMILY=ice40|ecp5|xilinx DEVICE= SEEDS="1 2 3"
	@sh synth/synth.sh '$(PRESET)' '$(FAMILY)' '$(DEVICE)' $(SEEDS)

.PHONY: test-netlist
test-netlist: all $(filter $(B)/test/test_known_bugs_% $(B)/test/test_rtl_%,$(TESTS))  ## the directed tests and random on Yosys' netlists
	@sh synth/netlist.sh $(NETLISTS)

.PHONY: synth-reports
synth-reports:  ## all of synth/reports again, for the tables of the documentation (two hours)
	@sh synth/reports.sh

.PHONY: fuzz
fuzz:  ## the trace readers under libFuzzer (FUZZ_SECONDS=600)
	@sh tb/fuzz/fuzz.sh

.PHONY: docs
docs:  ## the generated parts of the documentation
	@sh docs/generate.sh

.PHONY: format format-check
format:  ## clang-format over the C sources
	clang-format -i $(C_FILES)
format-check:  ## fails if `make format` would change anything
	@clang-format --dry-run -Werror $(C_FILES)

.PHONY: tidy
tidy:  ## clang-tidy over the C sources (a few minutes)
	@clang-tidy -quiet $(SRC) $(MAIN) -- $(STD) $(INC) -DRVMMU_ROOT='"."'

.PHONY: clean
clean:  ## remove build/
	rm -rf $(B)

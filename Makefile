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

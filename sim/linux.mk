# SPDX-License-Identifier: Apache-2.0
# A kernel booted on the MMU, and the programs that check the simulator it runs on.

MODE ?= sv39
AD ?= svade
FIRMWARE ?= builtin
BOOT ?=
DEPS_LINUX := $(DEPS_RUN) linux-source-6.1 gcc-riscv64-linux-gnu linux-libc-dev-riscv64-cross flex \
  bison bc xz-utils jq patch
LINUX := $(B)/linux

$(LINUX)/Image: sim/linux/kernel.sh sim/linux/kernel.config sim/linux/initramfs.list \
  $(wildcard sim/linux/init/*)
	@sh sim/linux/kernel.sh

$(LINUX)/firmware.bin: $(wildcard sim/linux/firmware/*)
	@mkdir -p $(@D)
	riscv64-linux-gnu-gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O2 -march=rv64ima_zicsr \
	  -mabi=lp64 -mcmodel=medany -ffreestanding -fno-stack-protector -fno-pie -no-pie -nostdlib -static \
	  -Wl,--build-id=none,--no-warn-rwx-segments,-T,sim/linux/firmware/firmware.lds \
	  -o $(@:.bin=.elf) $(wildcard sim/linux/firmware/*.[cS])
	riscv64-linux-gnu-objcopy -O binary $(@:.bin=.elf) $@

.PHONY: deps-linux linux-guest
deps-linux:
	@sh sim/deps.sh $(DEPS_LINUX)
linux-guest: deps-linux
	@$(MAKE) --no-print-directory -s all $(LINUX)/Image $(LINUX)/firmware.bin

# What is asked for in a variable, checked before minutes are spent on a kernel.
one_of = $(if $(filter $(2),$($(1))),,$(error $(1)=$($(1)): one of $(2) is wanted))
.PHONY: linux-options
linux-options:
	@:$(call one_of,MODE,sv39 sv48 sv57)$(call one_of,AD,svade svadu)$(call one_of,FIRMWARE,builtin mmode)

.PHONY: linux
linux: linux-options linux-guest  ## boot Linux with every access translated by the RTL: MODE=sv39|sv48|sv57 AD=svade|svadu FIRMWARE=builtin|mmode
	@sh sim/linux/boot.sh '$(MODE)' '$(AD)' '$(FIRMWARE)' '$(PRESET)' $(BOOT)

.PHONY: linux-trace
linux-trace: linux-guest  ## the page trace of a boot again, which make test replays: sim/linux/boot.rvp.xz
	@sh sim/linux/boot.sh sv48 svadu mmode linux --on model --page-trace sim/linux/boot.rvp.xz

.PHONY: linux-waves
linux-waves: linux-guest  ## the moment the kernel turns paging on, recorded and shown in GTKWave
	@sh sim/deps.sh gtkwave
	@sh sim/linux/waves.sh

.PHONY: linux-matrix
linux-matrix: linux-guest  ## the same in all modes, both ways of A and D and both firmwares
	@sh sim/linux/matrix.sh '$(PRESET)'

.PHONY: linux-plants
linux-plants: linux-guest  ## faults planted in the RTL, each to be caught by the boot
	@sh sim/linux/plants.sh

.PHONY: iss-check
iss-check:  ## the simulator's self-checking programs, beside QEMU
	@sh sim/deps.sh $(DEPS_RUN) binutils-riscv64-linux-gnu qemu-system-misc
	@$(MAKE) --no-print-directory -s all
	@sh tb/iss/programs/check.sh --qemu

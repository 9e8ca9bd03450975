// SPDX-License-Identifier: Apache-2.0
#include "iss_dtb.h"

#include "iss.h"

#include <libfdt.h>
#include <stdio.h>
#include <string.h>

enum { PHANDLE_HART = 1 };

/* A tree that is being written; the first error ends it. */
struct tree {
    void *bytes;
    int error;
};

static void note(struct tree *tree, int error)
{
    if (!tree->error)
        tree->error = error;
}

static void begin(struct tree *tree, const char *name)
{
    note(tree, fdt_begin_node(tree->bytes, name));
}

static void end(struct tree *tree)
{
    note(tree, fdt_end_node(tree->bytes));
}

static void text(struct tree *tree, const char *name, const char *value)
{
    note(tree, fdt_property_string(tree->bytes, name, value));
}

static void number(struct tree *tree, const char *name, uint32_t value)
{
    note(tree, fdt_property_u32(tree->bytes, name, value));
}

static void flag(struct tree *tree, const char *name)
{
    note(tree, fdt_property(tree->bytes, name, NULL, 0));
}

/* Addresses and sizes have two cells each. */
static void cells(struct tree *tree)
{
    number(tree, "#address-cells", 2);
    number(tree, "#size-cells", 2);
}

static void reg(struct tree *tree, uint64_t address, uint64_t size)
{
    const fdt64_t range[2] = {cpu_to_fdt64(address), cpu_to_fdt64(size)};

    note(tree, fdt_property(tree->bytes, "reg", range, sizeof range));
}

static void hart(struct tree *tree, unsigned levels)
{
    static const char *const modes[] = {[3] = "riscv,sv39", [4] = "riscv,sv48", [5] = "riscv,sv57"};

    begin(tree, "cpu@0");
    text(tree, "device_type", "cpu");
    number(tree, "reg", 0);
    text(tree, "status", "okay");
    text(tree, "compatible", "riscv");
    text(tree, "riscv,isa", "rv64ima");
    if (levels >= 3 && levels <= 5)
        text(tree, "mmu-type", modes[levels]);
    begin(tree, "interrupt-controller");
    number(tree, "#interrupt-cells", 1);
    flag(tree, "interrupt-controller");
    text(tree, "compatible", "riscv,cpu-intc");
    number(tree, "phandle", PHANDLE_HART);
    end(tree);
    end(tree);
}

static void cpus(struct tree *tree, unsigned levels)
{
    begin(tree, "cpus");
    number(tree, "#address-cells", 1);
    number(tree, "#size-cells", 0);
    number(tree, "timebase-frequency", ISS_TIMEBASE);
    hart(tree, levels);
    end(tree);
}

static void devices(struct tree *tree)
{
    const fdt32_t lines[] = {cpu_to_fdt32(PHANDLE_HART), cpu_to_fdt32(3),
                             cpu_to_fdt32(PHANDLE_HART), cpu_to_fdt32(7)};

    begin(tree, "soc");
    cells(tree);
    text(tree, "compatible", "simple-bus");
    flag(tree, "ranges");
    begin(tree, "clint@2000000");
    text(tree, "compatible", "riscv,clint0");
    reg(tree, 0x2000000, 0x10000);
    note(tree, fdt_property(tree->bytes, "interrupts-extended", lines, sizeof lines));
    end(tree);
    begin(tree, "serial@10000000");
    text(tree, "compatible", "ns16550a");
    reg(tree, 0x10000000, 0x100);
    number(tree, "clock-frequency", 3686400);
    end(tree);
    begin(tree, "test@100000");
    text(tree, "compatible", "sifive,test0");
    reg(tree, 0x100000, 0x1000);
    end(tree);
    end(tree);
}

static void root(struct tree *tree, const struct iss_dtb *what, uint64_t memory)
{
    begin(tree, "");
    cells(tree);
    text(tree, "compatible", "rvmmu,iss");
    text(tree, "model", "rvmmu instruction-set simulator");
    begin(tree, "chosen");
    text(tree, "bootargs", what->bootargs);
    end(tree);
    cpus(tree, what->levels);
    begin(tree, "memory@80000000");
    text(tree, "device_type", "memory");
    reg(tree, ISS_RAM, memory);
    end(tree);
    if (what->devices)
        devices(tree);
    end(tree);
}

bool iss_dtb_write(struct iss_memory *memory, const struct iss_dtb *what, uint64_t pa)
{
    struct tree tree = {.bytes = memory->bytes + (pa - ISS_RAM)};

    if (!iss_memory_has(memory, pa, ISS_DTB_ROOM))
        return false;
    note(&tree, fdt_create(tree.bytes, ISS_DTB_ROOM));
    note(&tree, fdt_finish_reservemap(tree.bytes));
    root(&tree, what, memory->size);
    note(&tree, fdt_finish(tree.bytes));
    return !tree.error;
}

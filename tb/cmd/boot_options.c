// SPDX-License-Identifier: Apache-2.0
#include "boot_options.h"

#include "option.h"

#include <string.h>

#define DEFAULT_MEMORY 128
#define MOST_MEMORY    65536
#define DEFAULT_CYCLES 2000
#define MIB            (UINT64_C(1) << 20)

enum option_key {
    KEY_MODE = 256,
    KEY_AD,
    KEY_FIRMWARE,
    KEY_MEMORY,
    KEY_BOOTARGS,
    KEY_LIMIT,
    KEY_LATENCY,
    KEY_PAGE_TRACE,
    KEY_REGISTERS,
    KEY_JSON,
    KEY_WAVES,
    KEY_WAVES_FROM,
    KEY_WAVES_CYCLES,
};

static const struct argp_option option_table[] = {
    {0, 0, 0, 0, "Machine:", 2},
    {"mode", KEY_MODE, "MODE", 0,
     "the largest that satp may select: sv39, sv48 or sv57 (default: all that the preset has)", 2},
    {"ad", KEY_AD, "WHO", 0,
     "who sets A and D: svadu (the walk: the built-in SBI sets menvcfg.ADUE, another firmware is "
     "asked to by a2 = 1) or svade (page faults; the default)",
     2},
    {"memory", KEY_MEMORY, "MIB", 0, "main memory (default 128)", 2},
    {"memory-latency", KEY_LATENCY, "N", 0, "cycles in which memory answers a walk (default 1)", 2},
    {"firmware", KEY_FIRMWARE, "FILE", 0,
     "a flat file for 0x80000000, where M-mode begins, with the kernel at 0x80200000; without it "
     "the kernel begins in S-mode on a built-in SBI",
     2},
    {"bootargs", KEY_BOOTARGS, "TEXT", 0, "the kernel's command line (default console=hvc0)", 2},
    {"limit", KEY_LIMIT, "N", 0, "end after so many instructions, which is a failure", 2},
    {0, 0, 0, 0, "Output:", 3},
    {"quiet", 'q', 0, 0, "neither the guest's console nor, if all is well, a report", 3},
    {"registers", KEY_REGISTERS, "FILE", 0,
     "write pc, x1 to x31 and some CSRs at the end, one a line", 3},
    {"page-trace", KEY_PAGE_TRACE, "FILE", 0,
     "write what `rvmmu-tb replay' needs to do the guest's changes of pages again; compressed if "
     "FILE ends in .xz or .zst",
     3},
    {"json", KEY_JSON, "FILE", 0, "write the results as JSON too", 3},
    {"waves", KEY_WAVES, "FILE", 0, "record a waveform: VCD if FILE ends in .vcd, else FST", 3},
    {"waves-from", KEY_WAVES_FROM, "satp|N", 0,
     "begin when the guest first turns translation on (the default), or at instruction N", 3},
    {"waves-cycles", KEY_WAVES_CYCLES, "N", 0, "record so many cycles (default 2000)", 3},
    {0},
};

static const char doc[] =
    "Runs a RISC-V kernel or program on an instruction-set simulator, with every fetch, load and "
    "store translated by the RTL and each answer checked against what the architecture allows. "
    "FILE is a kernel's Image, or an ELF file that begins in M-mode.\v"
    "The machine is RV64IMA with M, S and U mode; memory from 0x80000000, a CLINT, a 16550 and a "
    "power switch at the addresses of QEMU's machine `virt'. docs/boot.md has more.\n\n"
    "Exit status: 0 the guest powered off and all answers agree, 1 a disagreement or a failure of "
    "the guest, 2 bad input.";

static void parse_waves_from(const struct argp_state *state, struct boot_options *options,
                             const char *text)
{
    options->waves_from_satp = !strcmp(text, "satp");
    if (!options->waves_from_satp)
        options->waves_from = option_number(state, "waves-from", text, 0, UINT64_MAX);
}

static void check(const struct argp_state *state, const struct boot_options *options)
{
    if (!options->file)
        option_bad(state, "no kernel: name one, as in rvmmu-tb boot Image");
    if (options->waves && options->mmu.on_model)
        option_bad(state, "--waves: the model has no signals; --on rtl has");
}

static error_t parse_output(int key, char *text, struct argp_state *state,
                            struct boot_options *options)
{
    switch (key) {
    case 'q':
        options->quiet = true;
        return 0;
    case KEY_REGISTERS:
        options->registers = text;
        return 0;
    case KEY_PAGE_TRACE:
        options->page_trace = text;
        return 0;
    case KEY_JSON:
        options->json = text;
        return 0;
    case KEY_WAVES:
        options->waves = text;
        return 0;
    case KEY_WAVES_FROM:
        parse_waves_from(state, options, text);
        return 0;
    case KEY_WAVES_CYCLES:
        options->waves_cycles = option_number(state, "waves-cycles", text, 1, UINT64_MAX);
        return 0;
    case ARGP_KEY_ARG:
        if (options->file)
            option_bad(state, "%s: one file is enough; %s is named already", text, options->file);
        options->file = text;
        return 0;
    case ARGP_KEY_END:
        check(state, options);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    static const char *const modes[] = {"sv39", "sv48", "sv57"}; /* of 3 levels and more */
    static const char *const setters[] = {[BOOT_AD_SVADE] = "svade", [BOOT_AD_SVADU] = "svadu"};
    struct boot_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->mmu;
        return 0;
    case KEY_MODE:
        options->levels = 3 + option_name(state, "mode", text, modes, 3);
        return 0;
    case KEY_AD:
        options->ad = option_name(state, "ad", text, setters, 2);
        return 0;
    case KEY_FIRMWARE:
        options->firmware = text;
        return 0;
    case KEY_MEMORY:
        options->memory = option_number(state, "memory", text, 1, MOST_MEMORY) * MIB;
        return 0;
    case KEY_BOOTARGS:
        options->bootargs = text;
        return 0;
    case KEY_LIMIT:
        options->limit = option_number(state, "limit", text, 1, UINT64_MAX);
        return 0;
    case KEY_LATENCY:
        options->latency =
            (unsigned)option_number(state, "memory-latency", text, 1, OPTION_MOST_LATENCY);
        return 0;
    default:
        return parse_output(key, text, state, options);
    }
}

void boot_options_parse(struct boot_options *options, int argc, char **argv)
{
    static const struct argp_child children[] = {{&boot_mmu_argp, 0, "Design:", 1}, {0}};
    const struct argp argp = {option_table, parse, "FILE", doc, children, NULL, NULL};

    *options = (struct boot_options){
        .memory = DEFAULT_MEMORY * MIB,
        .bootargs = "console=hvc0",
        .limit = UINT64_MAX,
        .latency = 1,
        .waves_from_satp = true,
        .waves_cycles = DEFAULT_CYCLES,
    };
    option_parse(&argp, argc, argv, options);
}

void boot_options_free(struct boot_options *options)
{
    design_free(&options->mmu.design);
}

// SPDX-License-Identifier: Apache-2.0
#include "boot_machine.h"

#include "iss_dtb.h"
#include "progress.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK    100000 /* instructions between two looks at the clock */
#define CSR_SATP 0x180
#define SYSTEM   0x73
#define DTB_SPAN (UINT64_C(1) << 16) /* at the end of memory */

static void put_console(void *user, char c)
{
    (void)user;
    putchar(c);
    if (c == '\n')
        fflush(stdout);
}

static void put_nowhere(void *user, char c)
{
    (void)user;
    (void)c;
}

/* Whether the preset can do what is asked. */
static bool check_abilities(const struct boot_machine *machine, char *error, size_t error_size)
{
    const struct boot_options *options = machine->options;
    const struct boot_mmu *mmu = &machine->mmu;

    if (options->levels > mmu->config.levels) {
        snprintf(error, error_size,
                 "--mode sv%u: preset %s has no mode above sv%u; --preset every64 or --set "
                 "Levels=%u has",
                 9 * options->levels + 12, options->mmu.design.preset, 9 * mmu->config.levels + 12,
                 options->levels);
        return false;
    }
    if (options->ad == BOOT_AD_SVADU && !mmu->svadu) {
        snprintf(error, error_size, "--ad svadu: preset %s has no Svadu",
                 options->mmu.design.preset);
        return false;
    }
    return true;
}

static unsigned levels_of(const struct boot_machine *machine)
{
    return machine->options->levels ? machine->options->levels : machine->mmu.config.levels;
}

/* The hart has CSRs for so many. */
static unsigned pmp_entries_of(const struct boot_mmu *mmu)
{
    return mmu->config.pmp_entries < PAGE_TRACE_PMP ? mmu->config.pmp_entries : PAGE_TRACE_PMP;
}

/* Kernel or program, firmware and device tree. */
static bool load(struct boot_machine *machine, uint64_t *dtb, char *error, size_t error_size)
{
    const struct boot_options *options = machine->options;
    struct iss_memory *memory = &machine->memory;

    if (!iss_load_file(memory, options->file, &machine->image, error, error_size))
        return false;
    if (options->firmware && machine->image.elf) {
        snprintf(error, error_size, "--firmware is for a kernel's Image, and %s is an ELF file",
                 options->file);
        return false;
    }
    if (options->firmware &&
        !iss_load_flat(memory, options->firmware, ISS_KERNEL, error, error_size))
        return false;
    *dtb = ISS_RAM + memory->size - DTB_SPAN;
    const struct iss_dtb tree = {
        .levels = levels_of(machine),
        .devices = options->firmware || machine->image.elf,
        .bootargs = options->bootargs,
    };
    if (machine->image.end <= *dtb && iss_dtb_write(memory, &tree, *dtb))
        return true;
    snprintf(error, error_size, "no room for the device tree at the end of memory");
    return false;
}

/* The MMU that the hart asks: with a recorder before it, if there is to be a trace. */
static const struct iss_mmu *outer_mmu(const struct boot_machine *machine)
{
    return machine->trace ? &machine->record.mmu : &machine->mmu.meter.mmu;
}

static void begin(struct boot_machine *machine, uint64_t dtb)
{
    const struct boot_options *options = machine->options;
    const struct boot_mmu *mmu = &machine->mmu;
    const struct iss_config config = {
        .levels = levels_of(machine),
        .asid_bits = mmu->asid_bits,
        .pa_bits = mmu->config.pa_bits,
        .pmp_entries = pmp_entries_of(mmu),
        .pmp_grain = mmu->config.pmp_grain,
        .svadu = mmu->svadu,
        .svpbmt = mmu->config.svpbmt,
        .sbi = !options->firmware && !machine->image.elf,
        .put = options->quiet ? put_nowhere : put_console,
    };

    iss_begin(&machine->iss, &config, &machine->memory, outer_mmu(machine),
              options->firmware ? ISS_RAM : machine->image.entry, dtb,
              options->ad == BOOT_AD_SVADU);
}

static bool open_waves(struct boot_machine *machine, char *error, size_t error_size)
{
    const char *path = machine->options->waves;

    if (!path)
        return true;
    snprintf(machine->wave_part, sizeof machine->wave_part, "%s.part", path);
    machine->waves = dut_wave_open(machine->mmu.dut, machine->wave_part);
    if (!machine->waves)
        snprintf(error, error_size, "waveform %s cannot be written", path);
    return machine->waves;
}

static bool open_trace(struct boot_machine *machine, char *error, size_t error_size)
{
    const struct boot_mmu *mmu = &machine->mmu;
    const struct page_trace_needs needs = {
        .memory = machine->memory.size,
        .levels = levels_of(machine),
        .asid_bits = mmu->asid_bits,
        .pmp_entries = pmp_entries_of(mmu),
        .svadu = machine->options->ad == BOOT_AD_SVADU,
    };

    if (!machine->options->page_trace)
        return true;
    machine->trace = page_writer_open(machine->options->page_trace, &needs, error, error_size);
    if (!machine->trace)
        return false;
    if (iss_record_begin(&machine->record, &mmu->meter.mmu, &mmu->config, &machine->memory,
                         machine->trace))
        return true;
    snprintf(error, error_size, "no memory for the page trace");
    return false;
}

bool boot_machine_open(struct boot_machine *machine, const struct boot_options *options,
                       char *error, size_t error_size)
{
    uint64_t dtb;

    *machine = (struct boot_machine){.options = options};
    if (!iss_memory_begin(&machine->memory, options->memory)) {
        snprintf(error, error_size, "--memory %" PRIu64 ": so much is not to be had",
                 options->memory >> 20);
        return false;
    }
    if (!boot_mmu_configure(&machine->mmu, &options->mmu, error, error_size) ||
        !check_abilities(machine, error, error_size) || !load(machine, &dtb, error, error_size) ||
        !boot_mmu_open(&machine->mmu, &options->mmu, &machine->memory, design_wave(options->waves),
                       options->latency, error, error_size) ||
        !open_waves(machine, error, error_size) || !open_trace(machine, error, error_size))
        return false;
    begin(machine, dtb);
    return true;
}

/* Whether the next instruction turns translation on. While it is off, pc is a physical address. */
static bool turns_translation_on(const struct iss *iss)
{
    if (iss->csr.satp >> 60 || !iss_memory_has(iss->memory, iss->pc, 4))
        return false;
    uint32_t insn = (uint32_t)iss_memory_load(iss->memory, iss->pc, 4);
    bool is_register = (insn >> 12 & 7) >= 1 && (insn >> 12 & 7) <= 3;
    return (insn & 0x7f) == SYSTEM && is_register && insn >> 20 == CSR_SATP &&
           iss->x[insn >> 15 & 31] >> 60;
}

/* Starts the waveform when its moment has come. */
static void look_at_waves(struct boot_machine *machine)
{
    const struct boot_options *options = machine->options;

    if (options->waves_from_satp ? turns_translation_on(&machine->iss)
                                 : machine->iss.counts.instructions >= options->waves_from) {
        machine->recording = true;
        iss_mmu_rtl_record(&machine->mmu.rtl, options->waves_cycles);
    }
}

/* Instructions to be done at once: one, while a waveform waits for its beginning. */
static uint64_t chunk(const struct boot_machine *machine)
{
    uint64_t left = machine->options->limit - machine->executed;

    if (machine->waves && !machine->recording)
        return 1;
    return left < CHUNK ? left : CHUNK;
}

enum iss_end boot_machine_run(struct boot_machine *machine)
{
    struct iss *iss = &machine->iss;
    struct boot_time start = boot_time_now();
    struct progress progress;

    progress_start(&progress, "boot", "instructions", 0);
    progress.on &= machine->options->quiet || !isatty(STDOUT_FILENO);
    while (iss->end == ISS_RUNNING && machine->executed < machine->options->limit) {
        if (machine->waves && !machine->recording)
            look_at_waves(machine);
        uint64_t count = chunk(machine);
        iss_run(iss, count);
        machine->executed += count;
        progress_update(&progress, (double)iss->counts.instructions);
    }
    machine->time = boot_time_since(&start);
    progress_end(&progress);
    fflush(stdout);
    return iss->end;
}

static bool close_trace(struct boot_machine *machine, bool keep, char *error, size_t error_size)
{
    struct page_writer *trace = machine->trace;

    if (!trace)
        return true;
    machine->trace = NULL;
    bool whole = iss_record_end(&machine->record);
    if (keep && whole)
        return page_writer_close(trace, error, error_size);
    page_writer_abandon(trace);
    snprintf(error, error_size, "no memory for the page trace");
    return !keep;
}

static bool close_waves(struct boot_machine *machine, bool keep, char *error, size_t error_size)
{
    bool good = true;

    if (!machine->waves)
        return true;
    machine->waves = false;
    if (keep && rename(machine->wave_part, machine->options->waves)) {
        snprintf(error, error_size, "waveform %s cannot be written: %s", machine->options->waves,
                 strerror(errno));
        good = false;
    }
    unlink(machine->wave_part);
    return good;
}

bool boot_machine_close(struct boot_machine *machine, bool keep, char *error, size_t error_size)
{
    bool traced = close_trace(machine, keep, error, error_size);

    boot_mmu_close(&machine->mmu);
    iss_memory_free(&machine->memory);
    return close_waves(machine, keep && traced, error, error_size) && traced;
}

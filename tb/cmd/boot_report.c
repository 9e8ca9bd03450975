// SPDX-License-Identifier: Apache-2.0
/* What the guest did, and how it ended. */
#include "boot_report.h"

#include "json_file.h"
#include "whole_file.h"

#include <inttypes.h>
#include <stdio.h>

void boot_report_end(const struct boot_machine *machine, char *text, size_t size)
{
    const struct iss *iss = &machine->iss;

    switch (iss->end) {
    case ISS_POWERED_OFF:
        snprintf(text, size, "the guest powered off");
        return;
    case ISS_FAILED:
        snprintf(text, size, "the guest failed, with code %u", iss->code);
        return;
    case ISS_RESET:
        snprintf(text, size, "the guest asked for a reset, as a kernel does after a panic");
        return;
    case ISS_ASLEEP:
        snprintf(text, size,
                 "the guest waits at pc 0x%" PRIx64 " for an interrupt that can never come",
                 iss->pc);
        return;
    case ISS_LOST:
        snprintf(text, size, "the guest traps for ever at pc 0x%" PRIx64 ", its trap handler",
                 iss->pc);
        return;
    case ISS_DISAGREED:
        snprintf(text, size, "DISAGREEMENT at instruction %" PRIu64 ", pc 0x%" PRIx64,
                 iss->counts.instructions, iss->pc);
        return;
    case ISS_RUNNING:
        snprintf(text, size,
                 "the guest had not ended after %" PRIu64 " instructions, at pc 0x%" PRIx64,
                 iss->counts.instructions, iss->pc);
        return;
    }
}

void boot_report(const struct boot_machine *machine)
{
    static const char *const exceptions[ISS_CAUSES] = {
        [0] = "  jumps to odd places", [2] = "  illegal instructions", [3] = "  breakpoints",
        [4] = "  misaligned loads",    [6] = "  misaligned stores",    [8] = "  ecalls from U-mode",
        [9] = "  ecalls from S-mode",  [11] = "  ecalls from M-mode",
    };
    const struct iss_counts *counts = &machine->iss.counts;
    char remark[80];

    snprintf(remark, sizeof remark, "%.2f M a second",
             machine->time.elapsed > 0 ? (double)counts->instructions / machine->time.elapsed / 1e6
                                       : 0);
    boot_report_line("instructions", counts->instructions, remark);
    boot_report_line("interrupts", counts->interrupts, NULL);
    for (unsigned cause = 0; cause < ISS_CAUSES; cause++)
        if (exceptions[cause] && counts->exceptions[cause] > 0)
            boot_report_line(exceptions[cause] + 2, counts->exceptions[cause], NULL);
    if (counts->sbi_calls > 0)
        boot_report_line("SBI calls", counts->sbi_calls, NULL);
    boot_report_mmu(&machine->mmu, machine->memory.swaps, &machine->time);
}

json_t *boot_report_json(const struct boot_machine *machine)
{
    const struct boot_options *options = machine->options;
    const struct iss *iss = &machine->iss;
    json_t *object = json_object();
    char end[200];

    boot_report_end(machine, end, sizeof end);
    json_object_set_new(object, "file", json_string(options->file));
    json_object_set_new(object, "firmware",
                        options->firmware ? json_string(options->firmware) : json_null());
    json_object_set_new(object, "on", json_string(options->mmu.on_model ? "model" : "rtl"));
    json_object_set_new(object, "preset", json_string(options->mmu.design.preset));
    json_object_set_new(object, "levels", json_number(iss->config.levels));
    json_object_set_new(object, "ad",
                        json_string(options->ad == BOOT_AD_SVADU ? "svadu" : "svade"));
    json_object_set_new(object, "powered_off", json_boolean(iss->end == ISS_POWERED_OFF));
    json_object_set_new(object, "end", json_string(end));
    json_object_set_new(object, "instructions", json_number(iss->counts.instructions));
    json_object_set_new(object, "interrupts", json_number(iss->counts.interrupts));
    json_object_set_new(object, "sbi_calls", json_number(iss->counts.sbi_calls));
    json_object_set_new(object, "mmu",
                        boot_report_mmu_json(&machine->mmu, machine->memory.swaps, &machine->time));
    return object;
}

bool boot_report_registers_check(const char *path, char *error, size_t error_size)
{
    return whole_file_check(path, "registers", error, error_size);
}

static void write_registers(const struct iss *iss, FILE *file)
{
    static const struct {
        const char *name;
        unsigned number;
    } csrs[] = {
        {"mstatus", 0x300}, {"medeleg", 0x302},  {"mideleg", 0x303},  {"mie", 0x304},
        {"mtvec", 0x305},   {"mscratch", 0x340}, {"mepc", 0x341},     {"mcause", 0x342},
        {"mtval", 0x343},   {"stvec", 0x105},    {"sscratch", 0x140}, {"sepc", 0x141},
        {"scause", 0x142},  {"stval", 0x143},    {"satp", 0x180},
    };

    fprintf(file, "pc %016" PRIx64 "\n", iss->pc);
    for (unsigned i = 1; i < 32; i++)
        fprintf(file, "x%u %016" PRIx64 "\n", i, iss->x[i]);
    for (size_t i = 0; i < sizeof csrs / sizeof *csrs; i++)
        fprintf(file, "%s %016" PRIx64 "\n", csrs[i].name, iss_csr(iss, csrs[i].number));
}

bool boot_report_registers(const struct iss *iss, const char *path, char *error, size_t error_size)
{
    struct whole_file file;

    if (whole_file_begin(&file, "%s", path))
        write_registers(iss, file.stream);
    return whole_file_end(&file, true, "registers", error, error_size);
}

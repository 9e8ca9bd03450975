// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb boot: a guest whose every access is translated by the design, and each answer checked.
 */
#include "boot_machine.h"
#include "boot_report.h"
#include "cmd.h"
#include "json_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static enum cmd_exit fail(const char *what)
{
    fprintf(stderr, "rvmmu-tb boot: %s\n", what);
    return CMD_BAD_INPUT;
}

/* What was wrong with the design, and how the guest ended. */
static enum cmd_exit judge(const struct boot_machine *machine)
{
    const char *wrong = boot_mmu_wrong(&machine->mmu);
    bool good = machine->iss.end == ISS_POWERED_OFF && !wrong;
    char end[200];

    boot_report_end(machine, end, sizeof end);
    if (!machine->options->quiet || !good)
        puts(end);
    if (wrong)
        printf("%s\n", wrong);
    return good ? CMD_AGREE : CMD_DISAGREE;
}

static enum cmd_exit report(const struct boot_machine *machine)
{
    const struct boot_options *options = machine->options;
    char error[600];

    if (options->registers &&
        !boot_report_registers(&machine->iss, options->registers, error, sizeof error))
        return fail(error);
    if (options->json &&
        !json_file_write(boot_report_json(machine), options->json, error, sizeof error))
        return fail(error);
    if (!options->quiet) {
        putchar('\n');
        boot_report(machine);
    }
    return judge(machine);
}

static enum cmd_exit carry_out(struct boot_machine *machine, const struct boot_options *options)
{
    char error[600];

    if (options->json && !json_file_check(options->json, error, sizeof error))
        return fail(error);
    if (options->registers && !boot_report_registers_check(options->registers, error, sizeof error))
        return fail(error);
    if (!boot_machine_open(machine, options, error, sizeof error))
        return fail(error);
    boot_machine_run(machine);
    if (!boot_machine_close(machine, true, error, sizeof error))
        return fail(error);
    return report(machine);
}

int cmd_boot(int argc, char **argv)
{
    struct boot_machine *machine = calloc(1, sizeof *machine);
    struct boot_options options;
    char unused[600];

    if (!machine)
        return fail("no memory");
    boot_options_parse(&options, argc, argv);
    enum cmd_exit status = carry_out(machine, &options);
    boot_machine_close(machine, false, unused, sizeof unused);
    boot_options_free(&options);
    free(machine);
    return status;
}

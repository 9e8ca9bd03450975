// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb: picks the subcommand. */
#include "cmd.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*main)(int argc, char **argv);
    const char *does;
} commands[] = {
    {"run", cmd_run, "run memory traces as processes through the RTL and check every access"},
    {"boot", cmd_boot, "run a kernel or program, every access translated by the RTL and checked"},
    {"replay", cmd_replay, "replay a boot's page trace through the RTL and check every access"},
    {"trace", cmd_trace, "convert memory traces to the compact form, or say what is in them"},
    {"sweep", cmd_sweep, "measure a grid of parameters on traces, several at once, and plot it"},
    {"random", cmd_random, "check the design with random tables, accesses, stores, fences, kills"},
    {"bench", cmd_bench, "measure latencies, fences and traces in cycles, beside their targets"},
    {"cover", cmd_cover, "ask the design once for every combination that the model finds possible"},
    {"vectors", cmd_vectors, "answer golden vectors on the model or on the RTL, and compare"},
    {0},
};

static int usage(FILE *to, int status)
{
    fputs("Usage: rvmmu-tb COMMAND [OPTION...]\n\nCommands (COMMAND --help says more):\n", to);
    for (int i = 0; commands[i].name; i++)
        fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].does);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return usage(stderr, CMD_BAD_INPUT);
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
        return usage(stdout, CMD_AGREE);
    for (int i = 0; commands[i].name; i++)
        if (!strcmp(argv[1], commands[i].name)) {
            static char name[64];
            snprintf(name, sizeof name, "rvmmu-tb %s", argv[1]);
            argv[1] = name;
            return commands[i].main(argc - 1, argv + 1);
        }
    fprintf(stderr, "rvmmu-tb: no command '%s'; rvmmu-tb --help lists them\n", argv[1]);
    return CMD_BAD_INPUT;
}

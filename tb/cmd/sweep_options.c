// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb sweep`. */
#include "sweep_options.h"

#include "cmd.h"

#include <argp.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#define MOST_JOBS 1024

enum option_key { KEY_LIST = 256, KEY_LIMIT, KEY_ONLY, KEY_BENCH, KEY_RUN };

static const struct argp_option option_table[] = {
    {"list", KEY_LIST, 0, 0, "the sweeps that there are", 1},
    {"jobs", 'j', "N", 0, "simulations at once (default: as many as there are cores)", 2},
    {"limit", KEY_LIMIT, "N", 0, "only the first N references of each trace", 2},
    {"only", KEY_ONLY, "DIMENSION=V,V", 0,
     "only the runs with one of these values of trace or of a parameter; may be given again", 2},
    {"output", 'o', "DIR", 0, "folder of the results (default build/sweep/NAME)", 3},
    {"bench", KEY_BENCH, "PROGRAM", OPTION_HIDDEN, 0, 4},
    {"run", KEY_RUN, "KEY", OPTION_HIDDEN, 0, 4},
    {0},
};

static const char doc[] =
    "Measures every point of a grid of parameters on every trace, several at once, and plots the "
    "results. SWEEP is a name in sim/sweeps, or a path; its file says what is measured.\v"
    "What is measured stays in the output folder: an interrupted sweep goes on where it stopped, "
    "and a run is made again only if the RTL, the harness, the trace or an option of it has "
    "changed. The folder gets points.csv, table.md and, for each plot, an SVG and the gnuplot "
    "script that it was made by.\n\n"
    "Needs GNU parallel and gnuplot (Debian packages parallel and gnuplot-nox; `make sweep` "
    "installs them).\n\n"
    "Exit status: 0 all runs are measured and plotted, 1 some failed, 2 bad input.\n";

/* One line and status 2. */
#define bad(state, ...) argp_failure(state, CMD_BAD_INPUT, 0, __VA_ARGS__)

static uint64_t parse_number(const struct argp_state *state, const char *option, const char *text,
                             uint64_t most)
{
    char *end;

    errno = 0;
    unsigned long long value = strtoull(text, &end, 0);
    if (errno || end == text || *end || strchr(text, '-') || value < 1 || value > most)
        bad(state, "--%s %s: a number from 1 to %llu is wanted", option, text,
            (unsigned long long)most);
    return value;
}

static void add_only(const struct argp_state *state, struct sweep_options *options, char *text)
{
    const char *equals = strchr(text, '=');

    if (!equals || equals == text || !equals[1])
        bad(state, "--only %s: trace=NAME,NAME or Parameter=V,V is wanted", text);
    if (options->only.count == SWEEP_ITEMS)
        bad(state, "--only: more than %d", SWEEP_ITEMS);
    options->only.item[options->only.count++] = text;
}

static void add_sweep(const struct argp_state *state, struct sweep_options *options, char *name)
{
    if (options->sweep)
        bad(state, "one sweep at a time: '%s' after '%s'", name, options->sweep);
    options->sweep = name;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct sweep_options *options = state->input;

    switch (key) {
    case KEY_LIST:
        options->list = true;
        return 0;
    case 'j':
        options->jobs = (unsigned)parse_number(state, "jobs", text, MOST_JOBS);
        return 0;
    case KEY_LIMIT:
        options->limit = parse_number(state, "limit", text, UINT64_MAX);
        return 0;
    case KEY_ONLY:
        add_only(state, options, text);
        return 0;
    case 'o':
        options->output = text;
        return 0;
    case KEY_BENCH:
        options->bench = text;
        return 0;
    case KEY_RUN:
        options->run = text;
        return 0;
    case ARGP_KEY_ARG:
        add_sweep(state, options, text);
        return 0;
    case ARGP_KEY_END:
        if (!options->sweep && !options->list)
            bad(state, "no sweep: name one, as in rvmmu-tb sweep l1; --list names them");
        if (options->run && !options->output)
            bad(state, "--run needs --output");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static unsigned cores(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);

    return count > 0 ? (unsigned)count : 1;
}

void sweep_options_parse(struct sweep_options *options, int argc, char **argv)
{
    const struct argp argp = {option_table, parse, "SWEEP\n--list", doc, NULL, NULL, NULL};

    *options = (struct sweep_options){.jobs = cores()};
    argp_err_exit_status = CMD_BAD_INPUT;
    if (argp_parse(&argp, argc, argv, 0, NULL, options))
        exit(CMD_BAD_INPUT);
}

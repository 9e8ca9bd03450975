// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb sweep`. */
#include "sweep_options.h"

#include "option.h"

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

static void add_only(const struct argp_state *state, struct sweep_options *options, char *text)
{
    const char *equals = strchr(text, '=');

    if (!equals || equals == text || !equals[1])
        option_bad(state, "--only %s: trace=NAME,NAME or Parameter=V,V is wanted", text);
    if (options->only.count == SWEEP_ITEMS)
        option_bad(state, "--only: more than %d", SWEEP_ITEMS);
    options->only.item[options->only.count++] = text;
}

static void add_sweep(const struct argp_state *state, struct sweep_options *options, char *name)
{
    if (options->sweep)
        option_bad(state, "one sweep at a time: '%s' after '%s'", name, options->sweep);
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
        options->jobs = (unsigned)option_number(state, "jobs", text, 1, MOST_JOBS);
        return 0;
    case KEY_LIMIT:
        options->limit = option_number(state, "limit", text, 1, UINT64_MAX);
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
            option_bad(state, "no sweep: name one, as in rvmmu-tb sweep l1; --list names them");
        if (options->run && !options->output)
            option_bad(state, "--run needs --output");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void sweep_options_parse(struct sweep_options *options, int argc, char **argv)
{
    const struct argp argp = {option_table, parse, "SWEEP\n--list", doc, NULL, NULL, NULL};

    *options = (struct sweep_options){.jobs = option_jobs(MOST_JOBS)};
    option_parse(&argp, argc, argv, options);
}

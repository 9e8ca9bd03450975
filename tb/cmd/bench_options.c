// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb bench`. */
#include "bench_options.h"

#include "option.h"

#include <stdlib.h>

#define MOST_OUTSTANDING 64
#define MOST_JOBS        64

enum option_key {
    KEY_SET = 256,
    KEY_REGISTER,
    KEY_ROWS,
    KEY_PORTS,
    KEY_LATENCY,
    KEY_OUTSTANDING,
    KEY_TRACE,
    KEY_LIMIT,
    KEY_IDENTITY,
    KEY_HISTOGRAM,
    KEY_JSON,
    KEY_JOBS,
};

static const struct argp_option option_table[] = {
    {0, 0, 0, 0, "Design:", 1},
    {"preset", 'p', "P", 0, "preset, or path of one (default linux)", 1},
    {"set", KEY_SET, "PARAMETER=V", 0, "override a parameter of the preset", 1},
    {"register", KEY_REGISTER, "0|1", 0,
     "measure only without (0) or with (1) the register behind the L2's RAM, parameter L2Register "
     "(default: both)",
     1},
    {0, 0, 0, 0, "What is measured:", 2},
    {"rows", KEY_ROWS, "GROUP,...", 0, "of latency, random, fence, traces and all (default all)",
     2},
    {"memory-latency", KEY_LATENCY, "N,...", 0,
     "cycles that memory takes to answer (default 1,10,40 for walks, 10,40 for random pages and "
     "traces)",
     2},
    {"latency", KEY_LATENCY, 0, OPTION_ALIAS, 0, 2},
    {0, 0, 0, 0, "Traces:", 3},
    {"trace", KEY_TRACE, "FILE", 0,
     "measure this trace, and others so named (default: those in sim/traces/standard)", 3},
    {"limit", KEY_LIMIT, "N", 0, "take only the first N references of each", 3},
    {"ports", KEY_PORTS, "PORT,...", 0,
     "of data and fetch: which accesses, each port by itself (default both)", 3},
    {"outstanding", KEY_OUTSTANDING, "N,...", 0,
     "accesses that are unanswered at most (default 1,4: one at a time, and pipelined)", 3},
    {"identity", KEY_IDENTITY, 0, 0,
     "map each page to the frame of the same number, as in measurements of other designs; without "
     "it a bit of the frame's number differs, so that an address which was not translated is "
     "noticed. No figure depends on it",
     3},
    {0, 0, 0, 0, "Output:", 4},
    {"histogram", KEY_HISTOGRAM, 0, 0, "print how many accesses of the traces took how long", 4},
    {"json", KEY_JSON, "FILE", 0, "write the results as JSON too", 4},
    {"jobs", KEY_JOBS, "N", 0, "simulations at once (default: one for each processor)", 4},
    {0},
};

static const char doc[] =
    "Measures latency and throughput, random pages, fences and real programs' traces in cycles, "
    "checks every answer, and prints each figure beside its target.\v"
    "Cycles are counted from the cycle of the request (0) to the one in which the answer can be "
    "used: an L1 hit takes 1.\n\n"
    "Exit status: 0 no figure is over its target, 1 one is or an answer was wrong, 2 bad input.";

static void take_rows(const struct argp_state *state, struct bench_options *options,
                      const char *text)
{
    static const char *const names[] = {"latency", "random", "fence", "traces", "all"};
    unsigned named = option_names(state, "rows", text, names, 5);

    options->groups |= named & 1u << 4 ? ~0u : named;
}

static void take_numbers(const struct argp_state *state, struct bench_numbers *numbers,
                         const char *option, const char *text, unsigned most)
{
    char part[OPTION_PART];

    while (option_part(&text, part)) {
        if (numbers->count == BENCH_MOST_NUMBERS)
            option_bad(state, "--%s: at most %d numbers", option, BENCH_MOST_NUMBERS);
        numbers->at[numbers->count++] = (unsigned)option_number(state, option, part, 1, most);
    }
}

static void add_trace(const struct argp_state *state, struct bench_options *options,
                      const char *path)
{
    const char **more = realloc(options->traces, (options->trace_count + 1) * sizeof *more);

    if (!more)
        option_bad(state, "no memory for the list of traces");
    options->traces = more;
    options->traces[options->trace_count++] = path;
}

static error_t parse_output(int key, char *text, struct argp_state *state,
                            struct bench_options *options)
{
    switch (key) {
    case KEY_IDENTITY:
        options->identity = true;
        return 0;
    case KEY_HISTOGRAM:
        options->histogram = true;
        return 0;
    case KEY_JSON:
        options->json = text;
        return 0;
    case KEY_JOBS:
        options->jobs = (unsigned)option_number(state, "jobs", text, 1, MOST_JOBS);
        return 0;
    case ARGP_KEY_ARG:
        option_bad(state, "%s: no argument is wanted; --trace FILE names a trace", text);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    static const char *const ports[] = {[DUT_DATA] = "data", [DUT_FETCH] = "fetch"};
    struct bench_options *options = state->input;

    switch (key) {
    case 'p':
        options->design.preset = text;
        return 0;
    case KEY_SET:
        design_add_set(state, &options->design, text);
        return 0;
    case KEY_REGISTER:
        options->registers = 1u << option_number(state, "register", text, 0, 1);
        return 0;
    case KEY_ROWS:
        take_rows(state, options, text);
        return 0;
    case KEY_PORTS:
        options->ports |= option_names(state, "ports", text, ports, DUT_PORTS);
        return 0;
    case KEY_LATENCY:
        take_numbers(state, &options->latencies, "memory-latency", text, OPTION_MOST_LATENCY);
        return 0;
    case KEY_OUTSTANDING:
        take_numbers(state, &options->outstanding, "outstanding", text, MOST_OUTSTANDING);
        return 0;
    case KEY_TRACE:
        add_trace(state, options, text);
        return 0;
    case KEY_LIMIT:
        options->limit = option_number(state, "limit", text, 1, UINT64_MAX);
        return 0;
    default:
        return parse_output(key, text, state, options);
    }
}

static void fill_defaults(struct bench_options *options)
{
    if (!options->groups)
        options->groups = ~0u;
    if (!options->ports)
        options->ports = 1u << DUT_DATA | 1u << DUT_FETCH;
    if (!options->outstanding.count)
        options->outstanding = (struct bench_numbers){{1, 4}, 2};
}

void bench_options_parse(struct bench_options *options, int argc, char **argv)
{
    const struct argp argp = {option_table, parse, NULL, doc, NULL, NULL, NULL};

    *options = (struct bench_options){
        .design.preset = "linux",
        .jobs = option_jobs(MOST_JOBS),
    };
    option_parse(&argp, argc, argv, options);
    fill_defaults(options);
}

void bench_options_free(struct bench_options *options)
{
    design_free(&options->design);
    free(options->traces);
}

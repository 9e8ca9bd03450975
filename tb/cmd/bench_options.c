// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb bench`. */
#include "bench_options.h"

#include "cmd.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_LATENCY     100000
#define MOST_OUTSTANDING 64
#define MOST_JOBS        64
#define PART_SIZE        32 /* of a list; longer ones are no word or number that is wanted */

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

/* One line and status 2. */
#define bad(state, ...) argp_failure(state, CMD_BAD_INPUT, 0, __VA_ARGS__)

static uint64_t parse_number(const struct argp_state *state, const char *option, const char *text,
                             uint64_t least, uint64_t most)
{
    char *end;

    errno = 0;
    unsigned long long value = strtoull(text, &end, 0);
    if (errno || end == text || *end || strchr(text, '-') || value < least || value > most)
        bad(state, "--%s %s: a number from %llu to %llu is wanted", option, text,
            (unsigned long long)least, (unsigned long long)most);
    return value;
}

/* Calls `take` for each part of a list between commas. */
static void each_part(struct argp_state *state, const char *text,
                      void (*take)(struct argp_state *state, const char *part))
{
    size_t length;

    do {
        char part[PART_SIZE];

        length = strcspn(text, ",");
        snprintf(part, sizeof part, "%.*s", (int)length, text);
        take(state, part);
        text += length;
    } while (*text++);
}

static void take_group(struct argp_state *state, const char *part)
{
    static const char *const names[] = {"latency", "random", "fence", "traces", "all"};
    struct bench_options *options = state->input;

    for (unsigned i = 0; i < 5; i++)
        if (!strcmp(part, names[i])) {
            options->groups |= i == 4 ? ~0u : 1u << i;
            return;
        }
    bad(state, "--rows '%s': there are no such rows; there are latency, random, fence, traces, all",
        part);
}

static void take_port(struct argp_state *state, const char *part)
{
    struct bench_options *options = state->input;
    bool data = !strcmp(part, "data");

    if (!data && strcmp(part, "fetch"))
        bad(state, "--ports '%s': there is no such port; there are data and fetch", part);
    options->ports |= 1u << (data ? DUT_DATA : DUT_FETCH);
}

static void take_number(struct argp_state *state, struct bench_numbers *numbers, const char *option,
                        const char *part, unsigned most)
{
    if (numbers->count == BENCH_MOST_NUMBERS)
        bad(state, "--%s: at most %d numbers", option, BENCH_MOST_NUMBERS);
    numbers->at[numbers->count++] = (unsigned)parse_number(state, option, part, 1, most);
}

static void take_latency(struct argp_state *state, const char *part)
{
    struct bench_options *options = state->input;

    take_number(state, &options->latencies, "memory-latency", part, MOST_LATENCY);
}

static void take_outstanding(struct argp_state *state, const char *part)
{
    struct bench_options *options = state->input;

    take_number(state, &options->outstanding, "outstanding", part, MOST_OUTSTANDING);
}

static void add_set(struct argp_state *state, struct bench_options *options, const char *text)
{
    struct dut_set *more = realloc(options->sets, (options->set_count + 1) * sizeof *more);

    if (!more)
        bad(state, "no memory for --set");
    const char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1])
        bad(state, "--set %s: PARAMETER=VALUE is wanted", text);
    options->sets = more;
    options->sets[options->set_count++].text = text;
}

static void add_trace(struct argp_state *state, struct bench_options *options, const char *path)
{
    const char **more = realloc(options->traces, (options->trace_count + 1) * sizeof *more);

    if (!more)
        bad(state, "no memory for the list of traces");
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
        options->jobs = (unsigned)parse_number(state, "jobs", text, 1, MOST_JOBS);
        return 0;
    case ARGP_KEY_ARG:
        bad(state, "%s: no argument is wanted; --trace FILE names a trace", text);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct bench_options *options = state->input;

    switch (key) {
    case 'p':
        options->preset = text;
        return 0;
    case KEY_SET:
        add_set(state, options, text);
        return 0;
    case KEY_REGISTER:
        options->registers = 1u << parse_number(state, "register", text, 0, 1);
        return 0;
    case KEY_ROWS:
        each_part(state, text, take_group);
        return 0;
    case KEY_PORTS:
        each_part(state, text, take_port);
        return 0;
    case KEY_LATENCY:
        each_part(state, text, take_latency);
        return 0;
    case KEY_OUTSTANDING:
        each_part(state, text, take_outstanding);
        return 0;
    case KEY_TRACE:
        add_trace(state, options, text);
        return 0;
    case KEY_LIMIT:
        options->limit = parse_number(state, "limit", text, 1, UINT64_MAX);
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
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    *options = (struct bench_options){
        .preset = "linux",
        .jobs = processors < 1           ? 1
                : processors > MOST_JOBS ? MOST_JOBS
                                         : (unsigned)processors,
    };
    argp_err_exit_status = CMD_BAD_INPUT;
    if (argp_parse(&argp, argc, argv, 0, NULL, options))
        exit(CMD_BAD_INPUT);
    fill_defaults(options);
}

void bench_options_free(struct bench_options *options)
{
    free(options->sets);
    free(options->traces);
}

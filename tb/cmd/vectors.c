// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb vectors: answers vector files on the reference model or on the RTL, and compares. */
#include "cmd.h"
#include "option.h"
#include "vectors_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_LATENCY_MOST 1000

struct options {
    bool on_rtl;
    const char *on;
    struct design design;
    bool answers;
    unsigned memory_latency; /* 0: not given */
    bool seeded;
    uint64_t seed, limit;
    char **files;
    int nfiles;
};

enum option_key { KEY_ON = 256, KEY_SET, KEY_ANSWERS, KEY_LATENCY, KEY_SEED, KEY_LIMIT };

static const struct argp_option option_list[] = {
    {"on", KEY_ON, "model|rtl", 0, "What answers (required, but with --dut it is rtl)", 0},
    {"preset", 'p', "P", 0, "The RTL's preset (default: every32 and every64)", 0},
    {"set", KEY_SET, "NAME=VALUE", 0, "Override a parameter of the RTL's preset; may be repeated",
     0},
    {"memory-latency", KEY_LATENCY, "N", 0,
     "Cycles from a read of the RTL to its answer, 1 to 1000 (default 1)", 0},
    {"seed", KEY_SEED, "N", 0, "Of the orders without fences (default 1)", 0},
    {"limit", KEY_LIMIT, "N", 0, "Begin no scenario after so many answers", 0},
    {"answers", KEY_ANSWERS, 0, 0,
     "Print each file with this implementation's answers instead of the expected ones; counts go "
     "to standard error",
     0},
    {0},
};

static void check_options(struct argp_state *state, struct options *options)
{
    const char *board = options->design.uart.path;

    options->on_rtl = options->on ? !strcmp(options->on, "rtl") : board != NULL;
    if (!options->on && !board)
        option_bad(state, "--on model or --on rtl is required");
    if (!options->on_rtl && board)
        option_bad(state, "--dut is for --on rtl");
    design_check(state, &options->design, NULL, false);
    if (options->nfiles == 0)
        option_bad(state, "no vector file is named; - is standard input");
    if (options->limit && options->answers)
        option_bad(state, "--limit does not go with --answers, which prints whole files");
    if (!options->on_rtl && (options->design.preset || options->design.set_count ||
                             options->memory_latency || options->seeded))
        option_bad(state, "--preset, --set, --memory-latency and --seed are for --on rtl");
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    static const char *const engines[] = {"model", "rtl"};
    struct options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->design;
        return 0;
    case KEY_ON:
        options->on = engines[option_name(state, "on", arg, engines, 2)];
        return 0;
    case 'p':
        options->design.preset = arg;
        return 0;
    case KEY_SET:
        design_add_set(state, &options->design, arg);
        return 0;
    case KEY_LATENCY:
        options->memory_latency =
            (unsigned)option_number(state, "memory-latency", arg, 1, MEMORY_LATENCY_MOST);
        return 0;
    case KEY_SEED:
        options->seeded = true;
        options->seed = option_number(state, "seed", arg, 0, UINT32_MAX);
        return 0;
    case KEY_LIMIT:
        options->limit = option_number(state, "limit", arg, 1, UINT64_MAX);
        return 0;
    case KEY_ANSWERS:
        options->answers = true;
        return 0;
    case ARGP_KEY_ARGS:
        options->files = state->argv + state->next;
        options->nfiles = state->argc - state->next;
        return 0;
    case ARGP_KEY_END:
        check_options(state, options);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&design_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {
    .options = option_list,
    .children = children,
    .parser = parse_option,
    .args_doc = "FILE...",
    .doc =
        "Answers the accesses of vector files (plain, xz or zstd; - is standard input) and "
        "compares the answers.\v"
        "On the RTL, every access follows a full fence. Scenarios marked tlbsafe=1 are also run "
        "back to back with no fence, in the file's order and in three shuffled orders. An access "
        "that needs what the build lacks is skipped, and counted by what it needs; what it has "
        "beyond a scenario's head is taken away by straps.\n\n"
        "Exit status: 0 all agree, 1 a disagreement, 2 bad input.",
};

/* Results that could not be written are no results. */
static bool output_written(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    fprintf(stderr, "rvmmu-tb vectors: standard output cannot be written: %s\n", strerror(errno));
    return false;
}

static enum cmd_exit run_all(const struct options *options, struct vectors_run *run)
{
    struct progress progress;
    char error[512];

    progress_start(&progress, "vectors", "accesses", 0);
    run->progress = &progress;
    bool ok = vectors_run_files(run, options->files, options->nfiles, error, sizeof error);
    progress_end(&progress);
    if (!ok)
        fprintf(stderr, "rvmmu-tb vectors: %s\n", error);
    if (!output_written() || !ok)
        return CMD_BAD_INPUT;
    return vectors_count_all_agree(&run->total) ? CMD_AGREE : CMD_DISAGREE;
}

int cmd_vectors(int argc, char **argv)
{
    struct options options = {.seed = 1};
    struct vectors_build builds[2];
    struct vectors_rtl *rtl = NULL;
    struct vectors_run run = {0};
    enum cmd_exit status = CMD_BAD_INPUT;

    option_parse(&argp, argc, argv, &options);
    run.room = malloc(sizeof *run.room);
    run.seed = options.seed;
    run.limit = options.limit;
    run.answers = options.answers ? stdout : NULL;
    run.report = options.answers ? stderr : stdout;
    if (options.on_rtl)
        rtl = vectors_rtl_new(&options.design, options.memory_latency ? options.memory_latency : 1);
    run.engine = options.on_rtl ? vectors_rtl_engine(rtl) : vectors_model_engine(builds);
    if (run.room && (rtl || !options.on_rtl))
        status = run_all(&options, &run);
    else
        fputs("rvmmu-tb vectors: out of memory\n", stderr);
    vectors_rtl_free(rtl);
    free(run.room);
    design_free(&options.design);
    return status;
}

// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb random: random page tables, contexts, accesses, stores, fences and kills, each answer of
 * the design judged by the scoreboard. */
#include "cmd.h"
#include "cover_config.h"
#include "progress.h"
#include "random_options.h"
#include "random_report.h"
#include "whole_file.h"

#include <inttypes.h>
#include <string.h>

#define ENOUGH 100000 /* accesses, for each event to occur */

/* Says it, and returns the status of bad input. */
static int fail(const char *error)
{
    fprintf(stderr, "rvmmu-tb random: %s\n", error);
    return CMD_BAD_INPUT;
}

static unsigned modes_of(const struct dut_parameters *p)
{
    unsigned mask = 1;

    for (unsigned levels = p->xlen == 32 ? 2 : 3; levels <= p->levels; levels++)
        mask |= 1u << levels;
    return mask;
}

/* Which modes to run; 0, with a line that says so, if the design lacks one that was named. */
static unsigned choose_modes(const struct random_options *o, const struct dut_parameters *p)
{
    unsigned has = modes_of(p);

    for (unsigned i = 0; i < RANDOM_MODES; i++)
        if (o->modes & ~has & 1u << i) {
            fprintf(stderr, "rvmmu-tb random: preset %s has no %s; it has", o->design.preset,
                    random_mode_name(i));
            for (unsigned k = 0; k < RANDOM_MODES; k++)
                if (has >> k & 1)
                    fprintf(stderr, " %s", random_mode_name(k));
            fputc('\n', stderr);
            return 0;
        }
    return o->modes ? o->modes : has;
}

static void append(char *text, size_t size, const char *before, const char *what)
{
    size_t used = strlen(text);

    snprintf(text + used, size - used, "%s%s", before, what);
}

/* The options that name the design and the modes, for the replay command. */
static void name_design(const struct random_options *o, char *design, size_t size, char *modes,
                        size_t modes_size)
{
    const char *before = " --mode ";

    design_arguments(&o->design, design, size);
    *modes = 0;
    for (unsigned i = 0; i < RANDOM_MODES; i++)
        if (o->modes >> i & 1) {
            append(modes, modes_size, before, random_mode_name(i));
            before = ",";
        }
}

/* Opens the design, with its wave file if there is to be one. Null after a line that says why. */
static struct dut *open_design(struct random_options *o, bool waves)
{
    char error[512];
    struct dut *dut =
        design_open(&o->design, design_wave(waves ? o->wave : NULL), error, sizeof error);

    if (!dut) {
        fail(error);
        return NULL;
    }
    if (waves && !dut_wave_open(dut, o->wave)) {
        fprintf(stderr, "rvmmu-tb random: cannot write waves to '%s'\n", o->wave);
        dut_close(dut);
        return NULL;
    }
    return dut;
}

/* The shrunk case once more, on a design that records waves. */
static void record_failure(struct random_options *o, const struct random_case *what)
{
    struct dut *dut = open_design(o, true);
    struct random_case again = *what;
    struct random_statistics unused = {0};
    struct random_outcome outcome;

    if (!dut)
        return;
    again.waves = true;
    random_drive(dut, &again, &unused, NULL, &outcome);
    dut_close(dut);
    printf("waves: %s\n", o->wave);
}

static void report_failure(struct random_options *o, struct dut *dut, struct random_case what,
                           struct random_outcome *outcome)
{
    char design[1024], modes[64];

    name_design(o, design, sizeof design, modes, sizeof modes);
    random_print_failure(stdout, design, modes, &what, outcome);
    fflush(stdout);
    if (!o->no_shrink) {
        random_shrink(dut, &what, outcome);
        printf("\nshrunk:\n");
        random_print_failure(stdout, design, modes, &what, outcome);
    }
    if (o->wave_on_mismatch)
        record_failure(o, &what);
}

/* Runs all seeds. Stops at the first that fails. */
static int run_seeds(struct random_options *o, struct dut *dut, struct coverage *coverage,
                     struct random_statistics *statistics)
{
    struct progress progress;
    int status = CMD_AGREE;

    progress_start(&progress, "random", "accesses", (double)o->seeds * (double)o->what.count);
    for (uint64_t i = 0; i < o->seeds && status == CMD_AGREE; i++) {
        struct random_case what = o->what;
        struct random_outcome outcome;
        what.seed += i;
        what.waves = o->wave && !o->wave_on_mismatch && i == 0;
        enum random_status ran = random_drive(dut, &what, statistics, coverage, &outcome);
        if (what.waves)
            dut_wave(dut, false);
        if (ran == RANDOM_AGREES) {
            progress_update(&progress, (double)(i + 1) * (double)o->what.count);
            continue;
        }
        progress_end(&progress);
        status = CMD_DISAGREE;
        if (ran == RANDOM_NO_MEMORY)
            return fail("out of memory");
        report_failure(o, dut, what, &outcome);
    }
    progress_end(&progress);
    return status;
}

static bool write_coverage(const struct coverage *coverage, const char *path, char *error,
                           size_t error_size)
{
    struct whole_file file;
    bool whole = whole_file_begin(&file, "%s", path) && coverage_write(coverage, file.stream);

    return whole_file_end(&file, whole, "coverage", error, error_size);
}

/* Whether what was to be seen was seen: a long run with everything in it strobes each event. */
static bool saw_events(const struct random_options *o, const struct dut_parameters *p,
                       const struct random_statistics *statistics)
{
    if (statistics->accepted < ENOUGH || o->modes || o->what.without)
        return true;
    for (unsigned event = 0; event < DUT_EVENTS; event++)
        if (statistics->events[event] == 0 && random_event_possible(p, event)) {
            printf("no %s in so many accesses: the event does not work, or the random test\n",
                   random_event_name(event));
            return false;
        }
    return true;
}

static int run_design(struct random_options *o, struct dut *dut)
{
    const struct dut_parameters *p = dut_parameters(dut);
    struct random_statistics statistics = {0};
    char error[600];

    o->what.modes = choose_modes(o, p);
    if (o->what.modes == 0)
        return CMD_BAD_INPUT;
    const struct coverage_config config = cover_config(p, o->what.modes);
    struct coverage *coverage = coverage_open(&config);
    if (!coverage)
        return fail("out of memory");
    printf("random: preset %s, seeds %" PRIu64 " to %" PRIu64 ", %" PRIu64 " accesses each\n",
           o->design.preset, o->what.seed, o->what.seed + o->seeds - 1, o->what.count);
    fflush(stdout);
    double start = progress_now();
    int status = run_seeds(o, dut, coverage, &statistics);
    random_print_statistics(stdout, &statistics, progress_now() - start);
    coverage_print(coverage, stdout);
    if (status == CMD_AGREE && !saw_events(o, p, &statistics))
        status = CMD_DISAGREE;
    if (status == CMD_AGREE)
        printf("%" PRIu64 " of %" PRIu64 " answers are legal\n", statistics.answered,
               statistics.answered);
    if (o->coverage && !write_coverage(coverage, o->coverage, error, sizeof error))
        status = fail(error);
    coverage_free(coverage);
    return status;
}

int cmd_random(int argc, char **argv)
{
    struct random_options options;
    int status = CMD_BAD_INPUT;
    char error[600];

    random_parse(argc, argv, &options);
    if (options.coverage && !whole_file_check(options.coverage, "coverage", error, sizeof error))
        return fail(error);
    struct dut *dut = open_design(&options, options.wave && !options.wave_on_mismatch);
    if (dut)
        status = run_design(&options, dut);
    design_close(&options.design, dut);
    design_free(&options.design);
    return status;
}

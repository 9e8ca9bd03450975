// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb random: random page tables, contexts, accesses, stores, fences and kills, each answer of
 * the design judged by the scoreboard. */
#include "cmd.h"
#include "coverage.h"
#include "progress.h"
#include "random_drive.h"
#include "random_report.h"

#include <argp.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SETS 32

struct options {
    const char *preset;
    struct dut_set sets[MAX_SETS];
    size_t set_count;
    struct random_case what;
    uint64_t seeds;
    unsigned modes; /* as the user named them; 0 = all */
    const char *coverage;
    const char *wave;
    bool wave_on_mismatch;
    bool no_shrink;
};

enum key {
    KEY_WAVE = 256,
    KEY_FROM,
    KEY_TO,
    KEY_MISMATCH,
    KEY_COVERAGE,
    KEY_WITHOUT,
    KEY_NO_SHRINK
};

static const struct argp_option option_table[] = {
    {"seed", 's', "S", 0, "First seed (1)", 0},
    {"seeds", 'n', "N", 0, "How many seeds: S, S+1, ... (1)", 0},
    {"count", 'c', "N", 0, "Accesses for each seed (100000)", 0},
    {"preset", 'p', "P", 0, "Design: a name in sim/presets or a file (linux)", 0},
    {"set", 'S', "NAME=VALUE", 0, "Override a parameter of the preset; may be repeated", 0},
    {"mode", 'm', "LIST", 0,
     "Only these translation modes: bare, sv32, sv39, sv48, sv57, with commas between (all that "
     "the design has: tiny bare and sv32; small bare and sv39; linux also sv48; server also sv57)",
     0},
    {"without", KEY_WITHOUT, "LIST", 0,
     "Leave out classes of stimuli: fetch, data, kills, fences, stores, contexts, errors, stalls, "
     "latency",
     0},
    {"coverage", KEY_COVERAGE, "FILE", 0,
     "Write as JSON which combinations were seen and which possible ones were not", 0},
    {"no-shrink", KEY_NO_SHRINK, 0, 0, "Look for no smaller case after a failure", 0},
    {"wave", KEY_WAVE, "FILE", 0, "Record waves of the first seed (.vcd: VCD, else FST)", 0},
    {"wave-from", KEY_FROM, "CYCLE", 0, "First cycle to record (0)", 0},
    {"wave-to", KEY_TO, "CYCLE", 0, "Last cycle to record (the last)", 0},
    {"wave-on-mismatch", KEY_MISMATCH, 0, 0, "Record nothing but, after a failure, the shrunk case",
     0},
    {0},
};

static bool parse_number(const char *text, uint64_t *value)
{
    char *end;

    *value = strtoull(text, &end, 0);
    return *text >= '0' && *text <= '9' && *end == 0;
}

static void need_number(struct argp_state *state, const char *name, const char *text,
                        uint64_t least, uint64_t *value)
{
    if (!parse_number(text, value) || *value < least)
        argp_failure(state, CMD_BAD_INPUT, 0, "--%s: '%s' is not a number of at least %" PRIu64,
                     name, text, least);
}

/* Sets the bit of each name in a list; `names[i]` null = no name for bit i. */
static bool parse_list(const char *text, const char *const *names, unsigned count, unsigned *mask)
{
    while (*text) {
        size_t length = strcspn(text, ",");
        unsigned i = 0;
        while (i < count &&
               !(names[i] && strlen(names[i]) == length && !strncmp(names[i], text, length)))
            i++;
        if (i == count)
            return false;
        *mask |= 1u << i;
        text += length + (text[length] == ',');
    }
    return *mask != 0;
}

static const char *const mode_names[] = {"bare", NULL, "sv32", "sv39", "sv48", "sv57"};

static void parse_without(struct argp_state *state, const char *text, unsigned *mask)
{
    const char *names[RANDOM_CLASSES];

    for (unsigned class = 0; class < RANDOM_CLASSES; class ++)
        names[class] = random_class_name(class);
    if (!parse_list(text, names, RANDOM_CLASSES, mask))
        argp_failure(state, CMD_BAD_INPUT, 0,
                     "--without: '%s' is not a list of classes; --help names them", text);
    if ((*mask & 3) == 3)
        argp_failure(state, CMD_BAD_INPUT, 0, "--without: one of fetch and data must stay");
}

static error_t parse_option(int key, char *text, struct argp_state *state)
{
    struct options *o = state->input;

    switch (key) {
    case 's':
        need_number(state, "seed", text, 0, &o->what.seed);
        return 0;
    case 'n':
        need_number(state, "seeds", text, 1, &o->seeds);
        return 0;
    case 'c':
        need_number(state, "count", text, 1, &o->what.count);
        return 0;
    case 'p':
        o->preset = text;
        return 0;
    case 'S':
        if (o->set_count == MAX_SETS)
            argp_failure(state, CMD_BAD_INPUT, 0, "--set: at most %d of them", MAX_SETS);
        o->sets[o->set_count++].text = text;
        return 0;
    case 'm':
        if (!parse_list(text, mode_names, 6, &o->modes))
            argp_failure(state, CMD_BAD_INPUT, 0,
                         "--mode: '%s' is not a list of bare, sv32, sv39, sv48, sv57", text);
        return 0;
    case KEY_WITHOUT:
        parse_without(state, text, &o->what.without);
        return 0;
    case KEY_COVERAGE:
        o->coverage = text;
        return 0;
    case KEY_WAVE:
        o->wave = text;
        return 0;
    case KEY_FROM:
        need_number(state, "wave-from", text, 0, &o->what.wave_from);
        return 0;
    case KEY_TO:
        need_number(state, "wave-to", text, 0, &o->what.wave_to);
        return 0;
    case KEY_MISMATCH:
        o->wave_on_mismatch = true;
        return 0;
    case KEY_NO_SHRINK:
        o->no_shrink = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_failure(state, CMD_BAD_INPUT, 0, "'%s': this command takes options only", text);
        return 0;
    case ARGP_KEY_END:
        if (o->wave_on_mismatch && !o->wave)
            argp_failure(state, CMD_BAD_INPUT, 0, "--wave-on-mismatch needs --wave FILE");
        if (!o->wave && (o->what.wave_from || o->what.wave_to != UINT64_MAX))
            argp_failure(state, CMD_BAD_INPUT, 0, "--wave-from and --wave-to need --wave FILE");
        if (o->what.wave_from > o->what.wave_to)
            argp_failure(state, CMD_BAD_INPUT, 0,
                         "--wave-from %" PRIu64 " comes after --wave-to %" PRIu64,
                         o->what.wave_from, o->what.wave_to);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static unsigned modes_of(const struct dut_parameters *p)
{
    unsigned mask = 1;

    for (unsigned levels = p->xlen == 32 ? 2 : 3; levels <= p->levels; levels++)
        mask |= 1u << levels;
    return mask;
}

/* Which modes to run; 0, with a line that says so, if the design lacks one that was named. */
static unsigned choose_modes(const struct options *o, const struct dut_parameters *p)
{
    unsigned has = modes_of(p);

    for (unsigned i = 0; i < 6; i++)
        if (o->modes & ~has & 1u << i) {
            fprintf(stderr, "rvmmu-tb random: preset %s has no %s; it has", o->preset,
                    mode_names[i]);
            for (unsigned k = 0; k < 6; k++)
                if (has >> k & 1)
                    fprintf(stderr, " %s", mode_names[k]);
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
static void name_design(const struct options *o, char *design, size_t size, char *modes,
                        size_t modes_size)
{
    const char *before = " --mode ";

    snprintf(design, size, "--preset %s", o->preset);
    for (size_t i = 0; i < o->set_count; i++)
        append(design, size, " --set ", o->sets[i].text);
    *modes = 0;
    for (unsigned i = 0; i < 6; i++)
        if (o->modes >> i & 1) {
            append(modes, modes_size, before, mode_names[i]);
            before = ",";
        }
}

static enum dut_wave wave_format(const char *path)
{
    size_t length = strlen(path);

    return length > 4 && !strcmp(path + length - 4, ".vcd") ? DUT_WAVE_VCD : DUT_WAVE_FST;
}

/* Opens the design, with its wave file if there is to be one. Null after a line that says why. */
static struct dut *open_design(const struct options *o, bool waves)
{
    char error[512];
    struct dut *dut = dut_open(o->preset, o->sets, o->set_count,
                               waves ? wave_format(o->wave) : DUT_WAVE_NONE, error, sizeof error);

    if (!dut) {
        fprintf(stderr, "rvmmu-tb random: %s\n", error);
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
static void record_failure(const struct options *o, const struct random_case *what)
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

static void report_failure(const struct options *o, struct dut *dut, struct random_case what,
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
static int run_seeds(const struct options *o, struct dut *dut, struct coverage *coverage,
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
        if (ran == RANDOM_NO_MEMORY) {
            fputs("rvmmu-tb random: out of memory\n", stderr);
            return CMD_BAD_INPUT;
        }
        report_failure(o, dut, what, &outcome);
    }
    progress_end(&progress);
    return status;
}

/* Writes FILE whole or not at all. */
static bool write_coverage(const struct coverage *coverage, const char *path)
{
    char temporary[4096];

    if (snprintf(temporary, sizeof temporary, "%s.part", path) >= (int)sizeof temporary)
        return false;
    FILE *file = fopen(temporary, "w");
    if (!file)
        return false;
    bool good = coverage_write(coverage, file);
    good &= fclose(file) == 0;
    if (good && rename(temporary, path) == 0)
        return true;
    remove(temporary);
    return false;
}

static int run_design(struct options *o, struct dut *dut)
{
    const struct dut_parameters *p = dut_parameters(dut);
    const struct mmu_config model = {.xlen = p->xlen, .levels = p->levels, .pa_bits = p->pa_bits};
    struct random_statistics statistics = {0};

    o->what.modes = choose_modes(o, p);
    if (o->what.modes == 0)
        return CMD_BAD_INPUT;
    struct coverage *coverage = coverage_new(&model, o->what.modes);
    if (!coverage) {
        fputs("rvmmu-tb random: out of memory\n", stderr);
        return CMD_BAD_INPUT;
    }
    printf("random: preset %s, seeds %" PRIu64 " to %" PRIu64 ", %" PRIu64 " accesses each\n",
           o->preset, o->what.seed, o->what.seed + o->seeds - 1, o->what.count);
    fflush(stdout);
    double start = progress_now();
    int status = run_seeds(o, dut, coverage, &statistics);
    random_print_statistics(stdout, &statistics, progress_now() - start);
    coverage_print(coverage, stdout);
    if (status == CMD_AGREE)
        printf("%" PRIu64 " of %" PRIu64 " answers are legal\n", statistics.answered,
               statistics.answered);
    if (o->coverage && !write_coverage(coverage, o->coverage)) {
        fprintf(stderr, "rvmmu-tb random: cannot write coverage to '%s'\n", o->coverage);
        status = CMD_BAD_INPUT;
    }
    coverage_free(coverage);
    return status;
}

int cmd_random(int argc, char **argv)
{
    static const struct argp argp = {
        option_table,
        parse_option,
        NULL,
        "Checks the design with random page tables, contexts, accesses, PTE stores, fences and "
        "kills. Exit status: 0 every answer is legal, 1 one is not, 2 bad input.",
        NULL,
        NULL,
        NULL};
    struct options options = {
        .preset = "linux",
        .seeds = 1,
        .what = {.seed = 1, .count = 100000, .wave_to = UINT64_MAX},
    };

    argp_err_exit_status = CMD_BAD_INPUT;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    struct dut *dut = open_design(&options, options.wave && !options.wave_on_mismatch);
    if (!dut)
        return CMD_BAD_INPUT;
    int status = run_design(&options, dut);
    dut_close(dut);
    return status;
}

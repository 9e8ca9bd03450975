// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb replay: what a guest did to its pages, done again without the guest. */
#include "boot_mmu.h"
#include "boot_report.h"
#include "cmd.h"
#include "json_file.h"
#include "option.h"
#include "page_trace.h"
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define LOOK_EVERY 4096 /* events between two looks at the clock */

struct replay {
    struct boot_mmu_options options;
    const char *file, *json;
    bool quiet;
    struct page_reader *reader;
    struct iss_memory memory;
    struct boot_mmu mmu;
    struct progress progress;
    uint64_t accesses, faults;                   /* so far */
    uint64_t recorded_accesses, recorded_faults; /* as the trace says at its end */
    bool ended;                                  /* it has been there */
    struct boot_time time;
};

enum option_key { KEY_JSON = 256 };

static const struct argp_option option_table[] = {
    {0, 0, 0, 0, "Output:", 2},
    {"quiet", 'q', 0, 0, "no report, if all is well", 2},
    {"json", KEY_JSON, "FILE", 0, "write the results as JSON too", 2},
    {0},
};

static const char doc[] =
    "Replays a page trace, which `rvmmu-tb boot --page-trace' writes: every access to another "
    "page, "
    "fence, change of context and change of a page table of the guest, translated by the RTL and "
    "each answer checked against what the architecture allows.\v"
    "Exit status: 0 all agree, 1 a disagreement, 2 bad input.";

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct replay *replay = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &replay->options;
        return 0;
    case 'q':
        replay->quiet = true;
        return 0;
    case KEY_JSON:
        replay->json = text;
        return 0;
    case ARGP_KEY_ARG:
        if (replay->file)
            option_bad(state, "%s: one trace is enough; %s is named already", text, replay->file);
        replay->file = text;
        return 0;
    case ARGP_KEY_END:
        if (!replay->file)
            option_bad(state, "no trace: name one, as in rvmmu-tb replay boot.rvp.xz");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void parse_options(struct replay *replay, int argc, char **argv)
{
    static const struct argp_child children[] = {{&boot_mmu_argp, 0, "Design:", 1}, {0}};
    const struct argp argp = {option_table, parse, "FILE", doc, children, NULL, NULL};

    option_parse(&argp, argc, argv, replay);
}

/* Whether the preset has what the guest used. */
static bool check_needs(const struct replay *replay, const struct page_trace_needs *needs,
                        char *error, size_t error_size)
{
    const struct boot_mmu *mmu = &replay->mmu;
    const char *lacks = needs->levels > mmu->config.levels             ? "levels of page tables"
                        : needs->asid_bits > mmu->asid_bits            ? "bits of ASID"
                        : needs->pmp_entries > mmu->config.pmp_entries ? "entries of PMP"
                        : needs->svadu && !mmu->svadu                  ? "Svadu"
                                                                       : NULL;

    if (lacks)
        snprintf(error, error_size, "%s: was recorded with more %s than preset %s has",
                 replay->file, lacks, replay->options.design.preset);
    return !lacks;
}

static bool set_up(struct replay *replay, char *error, size_t error_size)
{
    struct page_trace_needs needs;

    if (replay->json && !json_file_check(replay->json, error, error_size))
        return false;
    replay->reader = page_reader_open(replay->file, &needs, error, error_size);
    if (!replay->reader)
        return false;
    if (!iss_memory_begin(&replay->memory, needs.memory)) {
        snprintf(error, error_size, "%s: its %" PRIu64 " MiB of memory are not to be had",
                 replay->file, needs.memory >> 20);
        return false;
    }
    if (!boot_mmu_configure(&replay->mmu, &replay->options, error, error_size) ||
        !check_needs(replay, &needs, error, error_size) ||
        !boot_mmu_open(&replay->mmu, &replay->options, &replay->memory, DUT_WAVE_NONE, 1, error,
                       error_size))
        return false;
    replay->memory.observer = &replay->mmu.meter.mmu;
    return true;
}

/* One event; `*stuck` when the design has disagreed. False with one line in `error`. */
static bool perform(struct replay *replay, const struct page_event *event, bool *stuck, char *error,
                    size_t error_size)
{
    const struct iss_mmu *mmu = &replay->mmu.meter.mmu;
    struct iss_answer answer;
    enum iss_translation result;

    switch (event->kind) {
    case PAGE_ACCESS:
        result = mmu->translate(mmu->self, &event->access, &answer);
        *stuck = result == ISS_STUCK;
        replay->accesses++;
        replay->faults += result == ISS_FAULT;
        return true;
    case PAGE_CONTEXT:
        mmu->context(mmu->self, &event->context);
        return true;
    case PAGE_PMP:
        mmu->pmp(mmu->self, &event->pmp);
        return true;
    case PAGE_FENCE:
        mmu->fence(mmu->self, &event->fence);
        return true;
    case PAGE_WORD:
        if (!iss_memory_has(&replay->memory, event->pa, 8)) {
            snprintf(error, error_size, "%s: corrupt: a page table outside of memory",
                     replay->file);
            return false;
        }
        iss_memory_store(&replay->memory, event->pa, 8, event->word);
        return true;
    case PAGE_END:
        replay->recorded_accesses = event->accesses;
        replay->recorded_faults = event->faults;
        replay->ended = true;
        return true;
    }
    return true;
}

static void look(struct replay *replay)
{
    double part = page_reader_progress(replay->reader);

    replay->progress.total = part > 0 ? (double)replay->accesses / part : 0;
    progress_update(&replay->progress, (double)replay->accesses);
}

static bool run(struct replay *replay, char *error, size_t error_size)
{
    struct page_event event;
    bool stuck = false, good = true;
    struct boot_time start = boot_time_now();

    progress_start(&replay->progress, "replay", "accesses", 0);
    for (uint64_t events = 0; good && !stuck && !replay->ended; events++) {
        good = page_reader_next(replay->reader, &event, error, error_size) &&
               perform(replay, &event, &stuck, error, error_size);
        if (events % LOOK_EVERY == 0)
            look(replay);
    }
    replay->time = boot_time_since(&start);
    progress_end(&replay->progress);
    if (good && !stuck && replay->accesses != replay->recorded_accesses) {
        snprintf(error, error_size, "%s: corrupt: it has not as many accesses as it says",
                 replay->file);
        return false;
    }
    return good;
}

static json_t *document(const struct replay *replay)
{
    json_t *object = json_object();

    json_object_set_new(object, "file", json_string(replay->file));
    json_object_set_new(object, "on", json_string(replay->options.on_model ? "model" : "rtl"));
    json_object_set_new(object, "preset", json_string(replay->options.design.preset));
    json_object_set_new(object, "recorded_faults", json_number(replay->recorded_faults));
    json_object_set_new(object, "faults", json_number(replay->faults));
    json_object_set_new(object, "mmu",
                        boot_report_mmu_json(&replay->mmu, replay->memory.swaps, &replay->time));
    return object;
}

static enum cmd_exit report(const struct replay *replay, char *error, size_t error_size)
{
    const char *wrong = boot_mmu_wrong(&replay->mmu);

    if (replay->json && !json_file_write(document(replay), replay->json, error, error_size))
        return CMD_BAD_INPUT;
    if (!replay->quiet) {
        boot_report_line("faults when recorded", replay->recorded_faults, NULL);
        boot_report_mmu(&replay->mmu, replay->memory.swaps, &replay->time);
    }
    if (wrong)
        printf("DISAGREEMENT at access %" PRIu64 " of the trace\n%s\n", replay->accesses, wrong);
    return wrong ? CMD_DISAGREE : CMD_AGREE;
}

int cmd_replay(int argc, char **argv)
{
    struct replay *replay = calloc(1, sizeof *replay);
    enum cmd_exit status = CMD_BAD_INPUT;
    char error[600] = "no memory";

    if (replay) {
        parse_options(replay, argc, argv);
        bool good = set_up(replay, error, sizeof error) && run(replay, error, sizeof error);
        boot_mmu_close(&replay->mmu);
        if (good)
            status = report(replay, error, sizeof error);
        if (replay->reader)
            page_reader_close(replay->reader);
        iss_memory_free(&replay->memory);
        design_free(&replay->options.design);
        free(replay);
    }
    if (status == CMD_BAD_INPUT)
        fprintf(stderr, "rvmmu-tb replay: %s\n", error);
    return status;
}

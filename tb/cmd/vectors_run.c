// SPDX-License-Identifier: Apache-2.0
/* The loop over files, scenarios and accesses. */
#include "vectors_run.h"

#include "splitmix.h"

#define SHOWN_MOST 10

static void show_progress(struct vectors_run *run, const struct vector_file *file)
{
    double part = vector_file_progress(file);
    double fraction = part < 0 ? 0 : (run->file + part) / run->files;

    if (!run->progress)
        return;
    run->progress->total = fraction > 0 ? (double)run->done / fraction : 0;
    progress_update(run->progress, (double)run->done);
}

/* Makes room for a line of the report where the progress line stands. */
static void hide_progress(const struct vectors_run *run)
{
    if (run->progress && run->progress->on)
        fputs("\r\033[K", stderr);
}

/* Whether a disagreement is to be shown, of which there now is one more. */
static bool show_one_more(struct vectors_run *run)
{
    if (run->disagreements++ >= SHOWN_MOST || !run->report)
        return false;
    hide_progress(run);
    return true;
}

static void run_access(struct vectors_run *run, const char *path, const struct vectors_build *build,
                       const struct vector_access *access, struct vectors_counts *counts)
{
    const struct vector_scenario *scenario = &run->room->scenario;
    struct vectors_answer answer;

    run->engine.answer(run->engine.user, scenario, &access, 1, &answer);
    const char *difference = vectors_difference(build, scenario, access, &answer);
    counts->run++;
    counts->agreed += !difference;
    if (run->answers)
        vectors_print_answer(run->answers, access, &answer);
    if (difference && show_one_more(run))
        vectors_report_difference(run->report, path, scenario, access, &answer, difference);
}

/* The accesses in one order without a fence. */
static void run_order(struct vectors_run *run, const char *path, const struct vectors_build *build,
                      int order, int count, struct vectors_counts *counts)
{
    const struct vector_scenario *scenario = &run->room->scenario;
    const struct vector_access *const *list = run->room->list;
    const struct vectors_answer *answers = run->room->answers;

    run->engine.answer(run->engine.user, scenario, list, count, run->room->answers);
    counts->unfenced += count;
    for (int i = 0; i < count; i++) {
        const char *difference = vectors_difference(build, scenario, list[i], &answers[i]);
        counts->unfenced_agreed += !difference;
        if (difference && show_one_more(run))
            vectors_report_unfenced(run->report, path, scenario, list[i], &answers[i], difference,
                                    order, i);
    }
}

static void shuffle(const struct vector_access **list, int count, uint64_t *random)
{
    for (int left = count; left > 1; left--) {
        int pick = (int)splitmix_below(random, left);
        const struct vector_access *last = list[left - 1];
        list[left - 1] = list[pick];
        list[pick] = last;
    }
}

/* An order depends on the seed and on the scenario's number, and not on what ran before. */
static void run_unfenced(struct vectors_run *run, const char *path,
                         const struct vectors_build *build, struct vectors_counts *counts)
{
    const struct vector_scenario *scenario = &run->room->scenario;
    uint64_t random = run->seed << 32 ^ scenario->number;
    int count = 0;

    for (int i = 0; i < scenario->nacc; i++)
        if (vectors_access_lacks(&scenario->acc[i]) == VECTORS_NOTHING)
            run->room->list[count++] = &scenario->acc[i];
    for (int order = 0; order <= VECTORS_SHUFFLES; order++) {
        if (order > 0)
            shuffle(run->room->list, count, &random);
        run_order(run, path, build, order, count, counts);
    }
}

static void run_scenario(struct vectors_run *run, const char *path,
                         const struct vectors_build *build, struct vectors_counts *counts)
{
    const struct vector_scenario *scenario = &run->room->scenario;
    enum vectors_feature scenario_lacks = vectors_scenario_lacks(build, scenario);
    bool runs = scenario_lacks == VECTORS_NOTHING;

    if (run->answers)
        vectors_print_scenario(run->answers, scenario);
    if (runs && run->engine.begin)
        run->engine.begin(run->engine.user, scenario);
    for (int i = 0; i < scenario->nacc; i++) {
        const struct vector_access *access = &scenario->acc[i];
        enum vectors_feature lacks = vectors_access_lacks(access);

        if (lacks == VECTORS_NOTHING)
            lacks = scenario_lacks;
        run->done++;
        if (lacks == VECTORS_NOTHING) {
            run_access(run, path, build, access, counts);
            continue;
        }
        counts->skipped[lacks]++;
        if (run->answers)
            vectors_print_skip(run->answers, access, lacks);
    }
    if (runs && run->engine.caches && scenario->tlbsafe)
        run_unfenced(run, path, build, counts);
}

/* Whether there are as many answers as are wanted. */
static bool has_enough(const struct vectors_run *run, const struct vectors_counts *counts)
{
    uint64_t answered = run->total.run + run->total.unfenced + counts->run + counts->unfenced;

    return run->limit && answered >= run->limit;
}

/* Reads one record and does what it asks. False: nothing follows, well (VECTOR_END) or not. */
static bool run_record(struct vectors_run *run, const char *path, struct vector_file *file,
                       struct vectors_counts *counts, enum vector_read *read, char *error,
                       size_t size)
{
    *read = vector_file_next(file, &run->room->scenario, error, size);
    if (*read == VECTOR_COMMENT && run->answers)
        fprintf(run->answers, "%s\n", vector_file_line(file));
    if (*read != VECTOR_SCENARIO)
        return *read == VECTOR_COMMENT;
    const struct vectors_build *build =
        run->engine.build(run->engine.user, run->room->scenario.xlen, error, size);
    if (!build) {
        *read = VECTOR_BAD;
        return false;
    }
    run_scenario(run, path, build, counts);
    show_progress(run, file);
    if (!has_enough(run, counts))
        return true;
    *read = VECTOR_END;
    return false;
}

bool vectors_run_file(struct vectors_run *run, const char *path, char *error, size_t size)
{
    struct vectors_counts counts = {0};
    struct vector_file *file = vector_file_open(path, error, size);
    enum vector_read read = VECTOR_BAD;
    char eof[VECTOR_LINE_BYTES];

    if (!file)
        return false;
    while (run_record(run, path, file, &counts, &read, error, size))
        ;
    if (read == VECTOR_END && run->answers) {
        vector_format_eof(eof, vector_file_scenarios(file));
        fprintf(run->answers, "%s\n", eof);
    }
    vector_file_close(file);
    if (read != VECTOR_END)
        return false;
    hide_progress(run);
    if (run->report)
        vectors_report_counts(run->report, path, &counts);
    vectors_count_add(&run->total, &counts);
    return true;
}

bool vectors_run_files(struct vectors_run *run, char *const *paths, int npaths, char *error,
                       size_t size)
{
    const struct vectors_counts none = {0};

    run->files = npaths;
    for (run->file = 0; run->file < npaths && !has_enough(run, &none); run->file++)
        if (!vectors_run_file(run, paths[run->file], error, size))
            return false;
    if (!run->report)
        return true;
    if (run->disagreements > SHOWN_MOST)
        fprintf(run->report, "%ju more disagreements are not shown\n",
                (uintmax_t)(run->disagreements - SHOWN_MOST));
    if (run->engine.caches)
        fprintf(run->report, "without fences: in order and in %d shuffled orders, seed %ju\n",
                VECTORS_SHUFFLES, (uintmax_t)run->seed);
    vectors_report_counts(run->report, "total", &run->total);
    return true;
}

// SPDX-License-Identifier: Apache-2.0
/* The loop over files, scenarios and accesses. */
#include "vectors_run.h"

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

static void run_access(struct vectors_run *run, const char *path, const struct vectors_build *build,
                       const struct vector_access *access, struct vectors_counts *counts)
{
    struct vectors_answer answer;

    run->engine.answer(run->engine.user, run->scenario, access, &answer);
    const char *difference = vectors_difference(build, run->scenario, access, &answer);
    counts->run++;
    counts->agreed += !difference;
    if (run->answers)
        vectors_print_answer(run->answers, access, &answer);
    if (difference && run->disagreements++ < SHOWN_MOST && run->report) {
        hide_progress(run);
        vectors_report_difference(run->report, path, run->scenario, access, &answer, difference);
    }
}

static void run_scenario(struct vectors_run *run, const char *path,
                         const struct vectors_build *build, struct vectors_counts *counts)
{
    enum vectors_feature scenario_lacks = vectors_scenario_lacks(build, run->scenario);

    if (run->answers)
        vectors_print_scenario(run->answers, run->scenario);
    for (int i = 0; i < run->scenario->nacc; i++) {
        const struct vector_access *access = &run->scenario->acc[i];
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
}

/* Reads one record and does what it asks. False: nothing follows, well (VECTOR_END) or not. */
static bool run_record(struct vectors_run *run, const char *path, struct vector_file *file,
                       struct vectors_counts *counts, enum vector_read *read, char *error,
                       size_t size)
{
    *read = vector_file_next(file, run->scenario, error, size);
    if (*read == VECTOR_COMMENT && run->answers)
        fprintf(run->answers, "%s\n", vector_file_line(file));
    if (*read != VECTOR_SCENARIO)
        return *read == VECTOR_COMMENT;
    const struct vectors_build *build =
        run->engine.build(run->engine.user, run->scenario->xlen, error, size);
    if (!build) {
        *read = VECTOR_BAD;
        return false;
    }
    run_scenario(run, path, build, counts);
    show_progress(run, file);
    return true;
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
    run->files = npaths;
    for (run->file = 0; run->file < npaths; run->file++)
        if (!vectors_run_file(run, paths[run->file], error, size))
            return false;
    if (!run->report)
        return true;
    if (run->disagreements > SHOWN_MOST)
        fprintf(run->report, "%ju more disagreements are not shown\n",
                (uintmax_t)(run->disagreements - SHOWN_MOST));
    vectors_report_counts(run->report, "total", &run->total);
    return true;
}

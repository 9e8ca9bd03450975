// SPDX-License-Identifier: Apache-2.0
/* The figures of a bench, for people and as JSON. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include "bench_options.h"
#include "bench_point.h"
#include "bench_rows.h"

/* Everything that was measured. */
struct bench_figures {
    const struct bench_options *options;
    const char *mode; /* "sv39" */
    struct bench_rows rows;
    struct bench_point *points; /* of traces */
    size_t point_count;
};

/* How many figures have each verdict. */
struct bench_tally {
    size_t of[BENCH_NO_TARGET + 1];
};

struct bench_tally bench_tally(const struct bench_figures *figures);

void bench_report(const struct bench_figures *figures);

/* Writes everything to `path`, by a temporary file beside it that is renamed when it is whole.
 * False on failure, with one line in `error`. */
bool bench_report_json(const struct bench_figures *figures, const char *path, char *error,
                       size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The results of a run, for people and as JSON. */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include "run_engine.h"
#include "run_options.h"

/* What the results are about. */
struct run_facts {
    const struct run_options *options;
    const struct dut_parameters *parameters;
    const struct run_plan *plan;
    uint64_t touched;     /* distinct pages of all processes */
    const char *waveform; /* where it is; null: none was recorded */
};

/* The head, and one run in full. */
void run_report_head(const struct run_facts *facts);
void run_report(const struct run_facts *facts, const struct run_result *result);

/* Several runs as one table, a line for each policy. */
void run_report_policies(const struct run_facts *facts, const struct run_result *results,
                         size_t count);

/* Writes everything to `path`, by a temporary file beside it that is renamed when it is whole.
 * False on failure, with one line in `error`. */
bool run_report_json(const struct run_facts *facts, const struct run_result *results, size_t count,
                     const char *path, char *error, size_t error_size);

#endif

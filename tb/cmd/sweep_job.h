// SPDX-License-Identifier: Apache-2.0
/* One run of a sweep: measures a design on a trace. */
#ifndef SWEEP_JOB_H
#define SWEEP_JOB_H

#include "sweep_options.h"
#include "sweep_plan.h"

/* Makes the run that options->run names and prints one line about it, as sweep_job_parse reads it.
 * The results get their name in the folder only when they are whole and what they depend on has not
 * changed meanwhile. False if the run failed. */
bool sweep_job(const struct sweep_plan *plan, const struct sweep_options *options,
               const char *folder);

struct sweep_job_result {
    char key[SWEEP_KEY_SIZE];
    bool good;
    double seconds;     /* 0 if it failed */
    const char *reason; /* why it failed; in the line */
};

/* Reads such a line, which it cuts. False if it is none. */
bool sweep_job_parse(char *line, struct sweep_job_result *result);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The runs of a sweep: each point of the grid on each trace. */
#ifndef SWEEP_PLAN_H
#define SWEEP_PLAN_H

#include "dut_preset.h"
#include "sweep_definition.h"
#include "sweep_key.h"

#include <stdint.h>

/* A design. */
struct sweep_point {
    struct dut_set set[SWEEP_RELATED * (SWEEP_AXES + 1)]; /* what is changed in the preset */
    size_t sets;
    struct dut_preset preset;
};

/* A design on one trace. */
struct sweep_run {
    const struct sweep_point *point;
    const char *trace;   /* as the definition names it */
    size_t trace_number; /* in the definition */
    const char *path;
    char key[SWEEP_KEY_SIZE];
};

struct sweep_plan {
    const struct sweep_definition *definition;
    uint64_t limit; /* references of each trace; 0: all */
    struct sweep_point *points;
    size_t point_count;
    struct sweep_run *runs; /* every point on the first trace, then on the second ... */
    size_t run_count;
    char *paths[SWEEP_ITEMS];
};

/* Expands the grid, keeps the runs that agree with each of `only` (trace=NAME,NAME or
 * Parameter=V,V) and names each by what it depends on. False with one line in `error`. In
 * either case the caller frees with sweep_plan_free; the definition must live as long. */
bool sweep_plan_make(struct sweep_plan *plan, const struct sweep_definition *definition,
                     const struct sweep_list *only, uint64_t limit, char *error, size_t error_size);

void sweep_plan_free(struct sweep_plan *plan);

/* The run of that key; null if there is none. */
const struct sweep_run *sweep_plan_find(const struct sweep_plan *plan, const char *key);

/* Puts the value of `trace` or of a parameter of the design into `text`; false if there is no such.
 */
bool sweep_run_value(const struct sweep_run *run, const char *dimension, char *text, size_t size);

/* The run in words: "trace, Parameter=V Parameter=V". */
void sweep_run_describe(const struct sweep_run *run, char *text, size_t size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What a sweep can plot. */
#ifndef SWEEP_MEASURE_H
#define SWEEP_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

enum sweep_measure_id {
    SWEEP_ACCESSES,
    SWEEP_CYCLES,
    SWEEP_MISSES,
    SWEEP_L2_MISSES,
    SWEEP_WALKS,
    SWEEP_PTE_READS,
    SWEEP_PREFETCHES,
    SWEEP_MEASURES
};

struct sweep_measure {
    const char *name;  /* in definitions, and as a column */
    const char *title; /* of an axis, with its unit */
};

extern const struct sweep_measure sweep_measures[SWEEP_MEASURES];

/* The number of a measure; SWEEP_MEASURES if there is none of that name. */
enum sweep_measure_id sweep_measure_find(const char *name);

#endif

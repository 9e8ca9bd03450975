// SPDX-License-Identifier: Apache-2.0
/* What a sweep can plot. */
#include "sweep_measure.h"

#include <string.h>

const struct sweep_measure sweep_measures[SWEEP_MEASURES] = {
    [SWEEP_ACCESSES] = {"accesses", "accesses"},
    [SWEEP_CYCLES] = {"cycles", "cycles per access"},
    [SWEEP_MISSES] = {"misses", "L1 misses per 1000 accesses"},
    [SWEEP_L2_MISSES] = {"l2_misses", "L2 misses per 1000 accesses"},
    [SWEEP_WALKS] = {"walks", "walks per 1000 accesses"},
    [SWEEP_PTE_READS] = {"pte_reads", "PTE reads per 1000 accesses"},
    [SWEEP_PREFETCHES] = {"prefetches", "leaves prefetched per 1000 accesses"},
};

enum sweep_measure_id sweep_measure_find(const char *name)
{
    enum sweep_measure_id id = 0;

    while (id < SWEEP_MEASURES && strcmp(sweep_measures[id].name, name))
        id++;
    return id;
}

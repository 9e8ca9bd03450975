// SPDX-License-Identifier: Apache-2.0
/* In which order runs are made, and how long those that are left will take. A design's first run
 * may have to build it first, which can take much longer than to measure. */
#ifndef SWEEP_ESTIMATE_H
#define SWEEP_ESTIMATE_H

#include "sweep_plan.h"

struct sweep_estimate {
    const struct sweep_plan *plan;
    unsigned jobs;     /* runs at once */
    size_t *order;     /* numbers of the runs that are left, in the order in which they are made */
    size_t count;      /* of them; allocated */
    bool *met;         /* points of which a run is there; allocated */
    size_t firsts;     /* points of which none was there */
    size_t ended[2];   /* runs that have ended: later ones of a design, first ones */
    double seconds[2]; /* that they took together */
};

/* Orders the runs that are `left`: each trace follows the one before it through the designs at a
 * distance, so that no two runs wait for one design to be built, and that runs of both kinds end
 * soon. False: no memory. The caller frees. */
bool sweep_estimate_begin(struct sweep_estimate *estimate, const struct sweep_plan *plan,
                          const bool *left, unsigned jobs);
void sweep_estimate_free(struct sweep_estimate *estimate);

/* A run has ended after so many seconds. */
void sweep_estimate_ended(struct sweep_estimate *estimate, const struct sweep_run *run,
                          double seconds);

/* Seconds until all have; 0 as long as none has. */
double sweep_estimate_left(const struct sweep_estimate *estimate);

#endif

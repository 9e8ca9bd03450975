// SPDX-License-Identifier: Apache-2.0
/* The state of a run, shared by the files that set it up and carry it out. */
#ifndef RUN_STATE_H
#define RUN_STATE_H

#include "run_engine.h"
#include "run_hart.h"

/* A process. */
struct runner {
    const struct program *program;
    struct shadow shadow;
    size_t at;         /* the next access */
    uint64_t sequence; /* state of the generator of the data that it stores */
    uint64_t *turns;   /* OPT: time at which each of its turns begins, in accesses of all */
};

/* One policy's run. */
struct engine {
    const struct run_plan *plan;
    struct run_result *result;
    struct vm *vm;
    struct hart hart;
    struct runner *runners;
    size_t current; /* the process that runs */
    uint64_t time;  /* accesses of all processes */
    uint64_t next_tick;
    unsigned faults_in_a_row;
    bool sees_trace;
};

/* Makes the virtual-memory manager, resets the design and makes the processes. False: the result's
 * outcome and message say why. run_tear_down follows in either case. */
bool run_set_up(struct engine *engine);
void run_tear_down(struct engine *engine);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The run: programs as processes under the virtual-memory manager, every access translated by the
 * design under test and judged by the reference model, every byte compared. */
#ifndef RUN_ENGINE_H
#define RUN_ENGINE_H

#include "dut.h"
#include "progress.h"
#include "run_program.h"
#include "shadow.h"
#include "vm.h"

/* What is to be run; the same for every policy. */
struct run_plan {
    struct dut *dut; /* memory and context are set by the run, which begins with a reset */
    const struct vm_mode *mode;
    struct program *programs; /* placed; with `next` if OPT runs */
    size_t process_count;
    size_t frames;
    bool superpages;
    bool hardware_ad; /* menvcfg.ADUE */
    const char *swap_path;
    uint64_t slice;    /* accesses of a process before the next one's turn */
    uint64_t interval; /* accesses between two readings of the A bits */
    unsigned latency;  /* of memory, in cycles */
    uint64_t seed;
    bool wave; /* the waveform file is open */
    uint64_t wave_from, wave_to;
    struct progress *progress; /* in accesses */
    uint64_t progress_done;    /* by runs before this one */
};

/* What ended a run. */
enum run_outcome {
    RUN_AGREES,    /* every answer as the model's, every byte as written */
    RUN_DISAGREES, /* `message` says where, `cycle` when */
    RUN_FAILED,    /* bad input or a failing disk: `message` says which */
};

struct run_result {
    const struct policy *policy;
    enum run_outcome outcome;
    char message[700];
    uint64_t cycle;           /* of the disagreement */
    uint64_t kinds[3];        /* accesses made: fetches, loads, stores */
    uint64_t answers, agreed; /* judged by the model: accesses and page faults */
    uint64_t bytes;           /* loaded or fetched, and compared */
    uint64_t pages_compared;  /* in the end, of all processes */
    uint64_t switches;
    uint64_t cycles;
    double seconds;     /* elapsed */
    double cpu_seconds; /* of processor time */
    uint64_t events[DUT_EVENTS];
    struct vm_counts vm;
};

/* Runs the plan under one policy. */
enum run_outcome run_policy(const struct run_plan *plan, const struct policy *policy,
                            struct run_result *result);

/* Accesses made. */
static inline uint64_t run_accesses(const struct run_result *result)
{
    return result->kinds[MMU_FETCH] + result->kinds[MMU_LOAD] + result->kinds[MMU_STORE];
}

#endif

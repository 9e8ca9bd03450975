// SPDX-License-Identifier: Apache-2.0
/* One seed of the random command: a world, traffic on both ports, and the scoreboard over it. */
#ifndef RANDOM_DRIVE_H
#define RANDOM_DRIVE_H

#include "check.h"
#include "coverage.h"
#include "dut.h"

#include <stdbool.h>
#include <stdint.h>

/* Classes of stimuli that can be left out, to see what a failure needs. */
enum random_class {
    RANDOM_FETCH,    /* requests on the fetch port */
    RANDOM_DATA,     /* requests on the data port */
    RANDOM_KILLS,    /* kills */
    RANDOM_FENCES,   /* sfence.vma */
    RANDOM_STORES,   /* changes of PTEs */
    RANDOM_RACES,    /* those of PTEs that a walk is about to set A or D in */
    RANDOM_CONTEXTS, /* changes of satp and the other CSRs, but PMP's, while running */
    RANDOM_PMP,      /* PMP that does not allow everything */
    RANDOM_ERRORS,   /* PTE reads and swaps that err */
    RANDOM_STALLS,   /* memory that takes no request in some cycles */
    RANDOM_LATENCY,  /* memory slower than one cycle */
    RANDOM_RESETS,   /* resets of the design */
    RANDOM_CLASSES
};

/* The name that --without takes; static. */
const char *random_class_name(enum random_class class);

struct random_case {
    uint64_t seed;
    uint64_t count;   /* accesses to be accepted */
    unsigned modes;   /* mask as in struct world; those that the design has not are ignored */
    unsigned without; /* mask of classes */
    bool waves;       /* the design was opened with waves: record these cycles, both included */
    uint64_t wave_from, wave_to;
};

#define RANDOM_CAUSES 16

struct random_statistics {
    uint64_t cycles;
    uint64_t accepted, answered, granted, deferred, dropped, killed;
    uint64_t faults[RANDOM_CAUSES]; /* by mcause code */
    uint64_t stale;                 /* answers that only an older value explains */
    uint64_t counted, ambiguous;    /* answers whose outcomes were counted; those with several */
    uint64_t stores, races, swaps, swaps_lost;
    double longest_wait; /* for an answer, as a part of its bound */
    uint64_t contexts, pmp_changes, errors, kills, resets;
    uint64_t fences[4];    /* by use_va + 2 * use_asid */
    uint64_t fence_ops[4]; /* enum dut_fence_op */
    uint64_t events[DUT_EVENTS];
};

struct random_outcome {
    enum check_verdict verdict;
    uint64_t reset_at;  /* cycle of the run at which the design was last reset */
    uint64_t cycle;     /* of the violation, since then */
    uint64_t accepted;  /* accesses accepted until then */
    struct mmu_pmp pmp; /* in force then, ... */
    unsigned pmp_count; /* ... so many entries of it; 0 = no PMP */
    char text[8192];    /* check_explain */
};

enum random_status { RANDOM_AGREES, RANDOM_DISAGREES, RANDOM_NO_MEMORY };

/*
 * Resets the design and runs the case on it. The same case on the same design does the same.
 * `statistics` and `coverage` (may be null) are added to. Ends at the first violation.
 */
enum random_status random_drive(struct dut *dut, const struct random_case *what,
                                struct random_statistics *statistics, struct coverage *coverage,
                                struct random_outcome *outcome);

/* Whether a design of these parameters has a use for the event. */
bool random_event_possible(const struct dut_parameters *p, enum dut_event event);

/* Finds a smaller case that fails too, changing `what`, `outcome` to it: fewer accesses, fewer
 * classes. The case must fail. */
void random_shrink(struct dut *dut, struct random_case *what, struct random_outcome *outcome);

#endif

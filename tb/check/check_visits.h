// SPDX-License-Identifier: Apache-2.0
/*
 * Where the walks of one search have been: all walks below a PTE that one arrived at have been
 * tried, so that one which arrives there later, with no more time to use it, finds nothing new.
 */
#ifndef CHECK_VISITS_H
#define CHECK_VISITS_H

#include "check_internal.h"

#define CHECK_VISITS  512 /* kept; more are walked again */
#define CHECK_BUCKETS 256

/* A PTE that a walk arrived at, and when its address was known. */
struct check_visit {
    uint64_t pa;
    struct check_span usable;
    unsigned asid, level;
    bool global;
    bool foreign; /* the first PTE of a root that is not the request's: no fault of it counts */
    unsigned short next; /* in the bucket; 0 = none */
};

struct check_visits {
    unsigned short bucket[CHECK_BUCKETS]; /* index of the first, plus 1 */
    unsigned count;
    struct check_visit visit[CHECK_VISITS];
};

void check_visits_clear(struct check_visits *visits);

/* Whether one was here before with at least as much time; if not, this one has been now. */
bool check_visited(struct check_visits *visits, const struct check_visit *visit);

#endif

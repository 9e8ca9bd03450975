// SPDX-License-Identifier: Apache-2.0
/* A search through the walks that may explain an answer. */
#ifndef CHECK_EXPLORE_H
#define CHECK_EXPLORE_H

#include "check_visits.h"

/* One walk, and the choices that lead to the next. */
struct check_explore {
    struct check_walk walk;
    const struct check_root *root;
    struct mmu_context context; /* of the request, but for its root and for what walk knows */
    struct mmu_answer denied;   /* what an access that memory refuses ends with */
    uint64_t va;                /* after pointer masking */
    uint64_t obeys;             /* of fences, those that completed before this cycle */
    bool for_swap;              /* looks for what the request's own walk may write */
    bool global;                /* a pointer so far had G */
    bool writes;                /* the walk would have to set A or D */
    uint64_t expected, desired; /* of that write, as memory has them */
    unsigned levels;            /* of the root's mode */
    unsigned reads;
    unsigned fixed; /* reads at the beginning that are those of the walk before */
    struct check_visits *visits;
    struct {
        unsigned pick; /* 0: the oldest value */
        bool more;
    } choice[MMU_MAX_LEVELS];
    uint64_t since[MMU_MAX_LEVELS], pa[MMU_MAX_LEVELS]; /* of each read */
    check_visit *visit;
    void *user;
};

static inline bool check_own_root(const struct check_explore *x)
{
    return x->root->satp == x->walk.pending->context.satp;
}

/* check_legal.c. Reports what a walk has led to, if it is legal: false if the visitor has seen
 * enough. */
bool check_report_walk(struct check_explore *x, struct check_outcome *outcome);

/* Where nothing is read. */
void check_report_no_walk(struct check_explore *x);

#endif

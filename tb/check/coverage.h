// SPDX-License-Identifier: Apache-2.0
/*
 * Which combinations were seen of: mode, level of the last PTE, what that PTE was (with the size of
 * its page), privilege, SUM, MXR, kind of access, and result. Which combinations are possible is
 * not written down anywhere: it is found by asking the model about page tables and PMP CSRs built
 * for each. One coverage for one configuration.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "check.h"
#include "mmu_model.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct coverage;

/* What can be asked of a design. */
struct coverage_config {
    struct mmu_config model;
    unsigned modes;    /* a mask: bit 0 = Bare, bit n = the mode of n levels */
    unsigned accesses; /* a mask of enum mmu_access; with those of Zicfiss, SSE may be 1 */
    bool svadu;        /* ADUE may be 1, and requests speculative */
};

/* An access that leads to a combination, and what the model says of it. */
struct coverage_case {
    const struct check_judgement *judgement; /* context, request, answer; deferred: when asked
                                                speculatively; updated: A or D is written */
    struct mmu_memory memory; /* what the walk finds: for one walk, read in its order. A swap is
                                 noted in *swapped */
    const bool *swapped;
};

/* Calls `visit` with a case for each possible combination, while it returns true. False: it did
 * not, or memory is exhausted. */
bool coverage_each_case(const struct coverage_config *config,
                        bool (*visit)(void *user, const struct coverage_case *what), void *user);

/* Null when memory is exhausted; `config` is copied. Takes up to a second. Free with
 * coverage_free. */
struct coverage *coverage_open(const struct coverage_config *config);
void coverage_free(struct coverage *coverage);

/* An answer that the scoreboard found legal. */
void coverage_judged(struct coverage *coverage, const struct check_judgement *judgement);

/* Adds what `other`, of the same configuration, has seen. */
void coverage_merge(struct coverage *coverage, const struct coverage *other);

struct coverage_count {
    uint64_t seen, possible;
};

struct coverage_count coverage_total(const struct coverage *coverage);

/* A table of seen / possible: a row for each mode and level, a column for each kind of result. */
void coverage_print(const struct coverage *coverage, FILE *to);

/* Writes JSON: totals, the table, every combination not seen. False: could not be written. */
bool coverage_write(const struct coverage *coverage, FILE *to);

/* Calls `visit` with each possible combination that was not seen, in words. */
void coverage_unseen(const struct coverage *coverage, void (*visit)(void *user, const char *text),
                     void *user);

#endif

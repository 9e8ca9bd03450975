// SPDX-License-Identifier: Apache-2.0
/*
 * Which combinations were seen of: mode, level of the last PTE, what that PTE was, privilege, SUM,
 * MXR, kind of access, and result. Which combinations are possible is not written down anywhere: it
 * is found by asking the model about a page table built for each. One coverage for one
 * configuration of the model.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "check.h"
#include "mmu_model.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct coverage;

/* `modes` is a mask: bit 0 = Bare, bit n = the mode of n levels; others count as impossible. Null
 * when memory is exhausted. Free with coverage_free. */
struct coverage *coverage_new(const struct mmu_config *model, unsigned modes);
void coverage_free(struct coverage *coverage);

/* What can be asked of a design. */
struct coverage_config {
    struct mmu_config model;
    unsigned modes;    /* a mask: bit 0 = Bare, bit n = the mode of n levels */
    unsigned accesses; /* a mask of enum mmu_access */
    bool svadu;        /* ADUE may be 1; swaps may err, and PMP refuse them */
    bool speculative;  /* speculative requests are asked */
    bool errors;       /* reads of PTEs may err */
};

/* Null when memory is exhausted; `config` is copied. */
struct coverage *coverage_open(const struct coverage_config *config);

/* An answer that the scoreboard found legal. */
void coverage_judged(struct coverage *coverage, const struct check_judgement *judgement);

/* An access was answered, and `answer` is the model's answer that explains it. `answer` must hold
 * the PTEs read. */
void coverage_note(struct coverage *coverage, const struct mmu_context *context,
                   const struct mmu_request *request, const struct mmu_answer *answer);

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

// SPDX-License-Identifier: Apache-2.0
/* Counts of a vectors run, and what is printed about them. */
#ifndef VECTORS_REPORT_H
#define VECTORS_REPORT_H

#include "vectors_engine.h"

#include <stdio.h>

struct vectors_counts {
    uint64_t run, agreed;
    uint64_t unfenced, unfenced_agreed; /* without a fence in front */
    uint64_t skipped[VECTORS_FEATURES];
};

void vectors_count_add(struct vectors_counts *total, const struct vectors_counts *part);
uint64_t vectors_count_skipped(const struct vectors_counts *counts);
bool vectors_count_all_agree(const struct vectors_counts *counts);

/* One line: "NAME: N of N agree; without fences N of N; skipped M: feature n, feature n". */
void vectors_report_counts(FILE *to, const char *name, const struct vectors_counts *counts);

/* A disagreement: where it stands, the access, what was expected and what came. */
void vectors_report_difference(FILE *to, const char *path, const struct vector_scenario *scenario,
                               const struct vector_access *access,
                               const struct vectors_answer *answer, const char *difference);

/* The same, of an access made as the `place`th (from 0) of an order (0: as in the file, else
 * shuffled) without fences. */
void vectors_report_unfenced(FILE *to, const char *path, const struct vector_scenario *scenario,
                             const struct vector_access *access,
                             const struct vectors_answer *answer, const char *difference, int order,
                             int place);

/* A scenario's lines before its accesses, and an access with its answer and its `upd` lines, in the
 * grammar of vector files; "skip FEATURE" or "none" stand for an answer that there is not. */
void vectors_print_scenario(FILE *to, const struct vector_scenario *scenario);
void vectors_print_answer(FILE *to, const struct vector_access *access,
                          const struct vectors_answer *answer);
void vectors_print_skip(FILE *to, const struct vector_access *access, enum vectors_feature feature);

#endif

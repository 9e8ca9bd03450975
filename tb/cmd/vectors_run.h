// SPDX-License-Identifier: Apache-2.0
/* Runs vector files on an engine, counts, and prints what it is asked to print. */
#ifndef VECTORS_RUN_H
#define VECTORS_RUN_H

#include "progress.h"
#include "vectors_report.h"

/* Room for a scenario and for answers to all of its accesses. */
struct vectors_room {
    struct vector_scenario scenario;
    const struct vector_access *list[VECTOR_MAX_ACCESSES];
    struct vectors_answer answers[VECTOR_MAX_ACCESSES];
};

/* What is made of a scenario that is marked tlbsafe, on an engine that caches: its accesses in
 * order and in this number of shuffled orders, each without a fence between them. */
#define VECTORS_SHUFFLES 3

struct vectors_run {
    struct vectors_engine engine;
    FILE *answers;             /* the files again with the engine's answers; null: not printed */
    FILE *report;              /* counts and disagreements; null: not printed */
    struct progress *progress; /* null: none */
    struct vectors_room *room; /* the caller's */
    uint64_t seed;             /* of the shuffled orders */
    uint64_t limit;            /* no scenario is begun after so many answers; 0: all are */
    struct vectors_counts total;
    uint64_t disagreements;
    uint64_t done;   /* accesses, skipped ones among them */
    int file, files; /* which of how many is being read, for the progress line */
};

/*
 * Runs one file, and adds to the counts. False: the file is bad or the engine has no build; `error`
 * holds one line, without newline.
 */
bool vectors_run_file(struct vectors_run *run, const char *path, char *error, size_t size);

/* Runs all, and reports each and the total. False as above, at the first that fails. */
bool vectors_run_files(struct vectors_run *run, char *const *paths, int npaths, char *error,
                       size_t size);

#endif

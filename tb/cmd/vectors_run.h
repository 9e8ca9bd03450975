// SPDX-License-Identifier: Apache-2.0
/* Runs vector files on an engine, counts, and prints what it is asked to print. */
#ifndef VECTORS_RUN_H
#define VECTORS_RUN_H

#include "progress.h"
#include "vectors_report.h"

struct vectors_run {
    struct vectors_engine engine;
    FILE *answers;             /* the files again with the engine's answers; null: not printed */
    FILE *report;              /* counts and disagreements; null: not printed */
    struct progress *progress; /* null: none */
    struct vector_scenario *scenario; /* room for one; the caller's */
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

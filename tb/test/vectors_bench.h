// SPDX-License-Identifier: Apache-2.0
/* Runs files of sim/vectors on an engine, for tests. */
#ifndef VECTORS_BENCH_H
#define VECTORS_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vectors_run.h"

#include <stdlib.h>

#define VECTORS_FOLDER RVMMU_ROOT "/sim/vectors/"

/* The file NAME.txt.xz, which must be a good one; the seed is of the orders without fences. */
static inline struct vectors_counts vectors_bench_run_seeded(const struct vectors_engine *engine,
                                                             const char *name, uint64_t seed)
{
    struct vectors_run run = {.engine = *engine, .files = 1, .seed = seed};
    char path[256], error[512] = "";

    run.room = malloc(sizeof *run.room);
    assert_non_null(run.room);
    snprintf(path, sizeof path, VECTORS_FOLDER "%s.txt.xz", name);
    bool ok = vectors_run_file(&run, path, error, sizeof error);
    free(run.room);
    assert_string_equal(error, "");
    assert_true(ok);
    return run.total;
}

static inline struct vectors_counts vectors_bench_run(const struct vectors_engine *engine,
                                                      const char *name)
{
    return vectors_bench_run_seeded(engine, name, 1);
}

#endif

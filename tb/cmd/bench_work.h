// SPDX-License-Identifier: Apache-2.0
/* What is translated in a measurement: accesses of each port, in order, and the pages they need. */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include "bench_hart.h"

#include <stddef.h>

struct bench_work {
    uint64_t *accesses[DUT_PORTS]; /* as of bench_access */
    size_t count[DUT_PORTS];
    uint64_t *pages; /* addresses of 4 KiB pages, each once */
    size_t page_count;
};

/*
 * Reads the first `limit` references of a trace, 0: all. A fetch, a load, a store is one access at
 * its first byte; so is a modify, a store. False with one line in `error`. The caller frees with
 * bench_work_free, after a failure too.
 */
bool bench_work_read(struct bench_work *work, const char *path, uint64_t limit, char *error,
                     size_t error_size);

/* Loads of pages drawn from `pages` neighbouring ones, the same draws each time. False: no
 * memory. */
bool bench_work_draw(struct bench_work *work, size_t pages, size_t accesses);

/* Maps the work's pages, and only them. */
void bench_work_map(const struct bench_work *work, struct bench_hart *hart);

void bench_work_free(struct bench_work *work);

#endif

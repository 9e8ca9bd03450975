// SPDX-License-Identifier: Apache-2.0
/* Page tables in a memory of their own: what a design that is being measured reads. */
#ifndef BENCH_TABLES_H
#define BENCH_TABLES_H

#include "vm.h"

struct bench_tables {
    const struct vm_mode *mode;
    uint64_t base;  /* physical address of the root; the other tables follow it */
    uint8_t *bytes; /* of all tables; allocated */
    size_t count, room;
};

/* Begins with an empty root at `base`, a multiple of 4096. False: no memory. The caller frees. */
bool bench_tables_begin(struct bench_tables *tables, const struct vm_mode *mode, uint64_t base);
void bench_tables_free(struct bench_tables *tables);

/* Forgets all but the root, which is empty again. */
void bench_tables_clear(struct bench_tables *tables);

/* Puts a leaf for the page of `level` that holds `va`: it maps to the page that holds `pa`, with
 * these lower ten bits. False: no memory. */
bool bench_tables_map(struct bench_tables *tables, uint64_t va, unsigned level, uint64_t pa,
                      uint64_t flags);

/* dut_memory's read; `user` is the tables. An address outside of them errs. */
bool bench_tables_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value);

#endif

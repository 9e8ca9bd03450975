// SPDX-License-Identifier: Apache-2.0
/*
 * The hart of a measurement: a design, page tables for it, and one way of asking that counts the
 * cycles and checks every answer.
 *
 * Pages are mapped in Sv39 (Sv32 where xlen is 32) for S-mode, ASID 1, read, write and execute, A
 * and D set. A page's physical address is its virtual one, or that with a bit above the largest
 * page flipped, so that an address which was never translated is noticed.
 */
#ifndef BENCH_HART_H
#define BENCH_HART_H

#include "bench_tables.h"
#include "dut.h"

#define BENCH_ASID 1
#define BENCH_LEAF 0xCFu /* V, R, W, X, A, D */

struct bench_hart {
    struct dut *dut;
    const struct dut_parameters *p;
    const struct vm_mode *mode;
    struct bench_tables tables;
    bool identity;
    char error[240]; /* the first thing that went wrong; empty: nothing */
};

/* Opens the design. False with one line in `error`. The caller closes. */
bool bench_hart_open(struct bench_hart *hart, const char *preset, const struct dut_set *sets,
                     size_t nsets, bool identity, char *error, size_t error_size);
void bench_hart_close(struct bench_hart *hart);

/* No page is mapped. */
void bench_hart_unmap(struct bench_hart *hart);

/* Maps the page of `level` that holds `va`; `more` is put beside BENCH_LEAF. */
void bench_hart_map(struct bench_hart *hart, uint64_t va, unsigned level, uint64_t more);

/* A design fresh from reset, idle, with nothing cached, and memory that takes `latency` cycles. */
void bench_hart_start(struct bench_hart *hart, unsigned latency);

/* Whether `va` can be mapped. */
bool bench_hart_reaches(const struct bench_hart *hart, uint64_t va);

/* Notes what went wrong, unless something has before. */
void bench_hart_fail(struct bench_hart *hart, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What `va` is mapped to. */
static inline uint64_t bench_hart_pa(const struct bench_hart *hart, uint64_t va)
{
    uint64_t mask = (UINT64_C(1) << hart->p->pa_bits) - 1;

    return (hart->identity ? va : va ^ UINT64_C(1) << 31) & mask;
}

#endif

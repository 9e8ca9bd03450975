// SPDX-License-Identifier: Apache-2.0
/* A row of base pages for tests of the RTL, and an address in each: page i is at VA + 4096 i, and
 * what map_pages maps there at PAGE + 4096 i. */
#ifndef RTL_PAGES_H
#define RTL_PAGES_H

#include "rtl_bench.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)
#define LOW  UINT64_C(0x678)

static inline uint64_t va(unsigned i)
{
    return VA + ((uint64_t)i << 12);
}

static inline uint64_t pa(unsigned i)
{
    return PAGE + ((uint64_t)i << 12) + LOW;
}

static inline void map_pages(struct bench *b, unsigned count, uint64_t flags)
{
    for (unsigned i = 0; i < count; i++)
        bench_map(b, va(i), 0, PAGE + ((uint64_t)i << 12), flags);
}

#endif

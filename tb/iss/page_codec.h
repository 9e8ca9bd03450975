// SPDX-License-Identifier: Apache-2.0
/* What the writer and the reader of page traces share. */
#ifndef PAGE_CODEC_H
#define PAGE_CODEC_H

#include "page_trace.h"

enum { CODE_CONTEXT = 1, CODE_PMP, CODE_FENCE, CODE_WORD, CODE_END, CODE_ACCESS = 0x80 };
enum { FLAG_SUM = 1, FLAG_MXR = 2, FLAG_ADUE = 4, FLAG_PBMTE = 8 };
enum { FLAG_USE_VA = 1, FLAG_USE_ASID = 2 };

#define PAGE_NUMBER_SIZE 10                                            /* most bytes of a number */
#define PAGE_EVENT_SIZE  (2 + PAGE_TRACE_PMP * (1 + PAGE_NUMBER_SIZE)) /* of an event */

/* To what differences are taken. */
struct page_last {
    uint64_t page[4]; /* of accesses, by kind */
    uint64_t fence, word;
};

static inline uint64_t page_zigzag(uint64_t difference)
{
    return difference << 1 ^ (uint64_t)((int64_t)difference >> 63);
}

static inline uint64_t page_unzigzag(uint64_t number)
{
    return number >> 1 ^ -(number & 1);
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* What a trace holds: counts, pages, and the address spaces it fits. */
#ifndef TRACE_SUMMARY_H
#define TRACE_SUMMARY_H

#include "trace.h"

enum { TRACE_KINDS = 4, TRACE_PAGE_SHIFT = 12 };

/* Zeroed before the first reference; freed with trace_summary_free. */
struct trace_summary {
    uint64_t count[TRACE_KINDS]; /* references, by enum trace_kind */
    uint64_t data_pages, fetch_pages,
        pages;                /* distinct 4 KiB pages; of data, of fetches, of both */
    uint64_t lowest, highest; /* first and last byte touched, unsigned */
    unsigned signed_bits;     /* the narrowest two's complement number that holds every address */
    struct {
        uint64_t *slots; /* page number << 2 | (1 data | 2 fetch); 0 = free */
        uint64_t room, used;
        uint64_t recent[2]; /* the slot value last added for data and for fetches */
    } set;
};

/* Adds a reference; a page counts when any byte of it is touched. False when out of memory. */
bool trace_summary_add(struct trace_summary *summary, const struct trace_record *record);

/* Whether every address is one of Sv32 (`va_bits` 32: below 4 GiB) or is canonical in Sv39, Sv48 or
 * Sv57 (`va_bits` 39, 48, 57). */
bool trace_summary_fits(const struct trace_summary *summary, unsigned va_bits);

void trace_summary_free(struct trace_summary *summary);

#endif

// SPDX-License-Identifier: Apache-2.0
#include "trace_summary.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1 << 10, DATA = 1, FETCH = 2 };

/* The slot of the page, or the free one where it belongs; the set is never full. */
static uint64_t *find(uint64_t *slots, uint64_t room, uint64_t page)
{
    uint64_t i = page * UINT64_C(0x9E3779B97F4A7C15) >> 20 & (room - 1);
    while (slots[i] && slots[i] >> 2 != page)
        i = (i + 1) & (room - 1);
    return &slots[i];
}

static bool grow(struct trace_summary *s)
{
    uint64_t room = s->set.room ? 2 * s->set.room : FIRST_ROOM;
    uint64_t *slots = calloc(room, sizeof *slots);
    if (!slots)
        return false;
    for (uint64_t i = 0; i < s->set.room; i++)
        if (s->set.slots[i])
            *find(slots, room, s->set.slots[i] >> 2) = s->set.slots[i];
    free(s->set.slots);
    s->set.slots = slots;
    s->set.room = room;
    return true;
}

static bool add_page(struct trace_summary *s, uint64_t page, unsigned use)
{
    uint64_t *recent = &s->set.recent[use == FETCH];
    if (*recent == (page << 2 | use))
        return true;
    *recent = page << 2 | use;
    if (2 * s->set.used >= s->set.room && !grow(s))
        return false;
    uint64_t *slot = find(s->set.slots, s->set.room, page);
    if (!*slot) {
        s->set.used++;
        s->pages++;
    }
    if (!(*slot & use)) {
        s->data_pages += use == DATA;
        s->fetch_pages += use == FETCH;
    }
    *slot |= page << 2 | use;
    return true;
}

/* Bits of the narrowest two's complement number that is the address. */
static unsigned signed_bits(uint64_t va)
{
    return 64 - (unsigned)__builtin_clrsbll((long long)va);
}

bool trace_summary_add(struct trace_summary *s, const struct trace_record *record)
{
    uint64_t first = record->va, last = first + (record->size ? record->size - 1 : 0);
    unsigned use = record->kind == TRACE_FETCH ? FETCH : DATA;
    if (!s->signed_bits || first < s->lowest)
        s->lowest = first;
    if (last > s->highest)
        s->highest = last;
    if (signed_bits(first) > s->signed_bits)
        s->signed_bits = signed_bits(first);
    if (signed_bits(last) > s->signed_bits)
        s->signed_bits = signed_bits(last);
    s->count[record->kind]++;
    return add_page(s, first >> TRACE_PAGE_SHIFT, use) &&
           add_page(s, last >> TRACE_PAGE_SHIFT, use);
}

bool trace_summary_fits(const struct trace_summary *s, unsigned va_bits)
{
    return va_bits == 32 ? s->highest >> 32 == 0 : s->signed_bits <= va_bits;
}

void trace_summary_free(struct trace_summary *s)
{
    free(s->set.slots);
    s->set.slots = NULL;
    s->set.room = s->set.used = 0;
}

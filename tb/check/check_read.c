// SPDX-License-Identifier: Apache-2.0
/*
 * The ways in which the read of a PTE may have ended: with a value that the word held while its
 * address was known, in either byte order that SBE had; with an error seen in the request's life;
 * denied by PMP or the width; and, for the page of a NAPOT mapping, with another of its PTEs.
 */
#include "check_internal.h"
#include "mmu_pte.h"

#define NAPOT_PTES UINT64_C(16)

uint64_t check_swap_bytes(const struct check *check, uint64_t pte)
{
    return check->pte_bytes == 4 ? __builtin_bswap32((uint32_t)pte) : __builtin_bswap64(pte);
}

/* What a read at `pa` is to PMP: S-mode's, of PTE size. */
static struct check_access pte_read(const struct check *check, uint64_t pa)
{
    return (struct check_access){MMU_S, MMU_LOAD, pa, check->pte_bytes};
}

/* When the PTE may have been read: from when on PMP let it be. */
static struct check_span permitted(const struct check_walk *w, uint64_t pa)
{
    struct check_access read = pte_read(w->check, pa);
    uint64_t from = check_allowed_from(w->check, &read, w->cut);

    return check_overlap(w->usable, (struct check_span){from, CHECK_NEVER});
}

/* How many byte orders may explain a read: the request's own is the first. */
static unsigned orders(const struct check_walk *w)
{
    bool foreign = !w->pending->context.sbe;

    return check_sbe_from(w->check, foreign, w->cut) != CHECK_NEVER ? 2 : 1;
}

/* How many values the PTE may have been read with, each in all orders. */
static size_t count_values(const struct check_walk *w, uint64_t pa)
{
    struct check_span span = permitted(w, pa);

    return span.from < span.to ? check_values_in(w->check, pa, span) * orders(w) : 0;
}

/* A way that explains nothing. */
static bool no_way(struct check_walk *w)
{
    w->read = (struct check_span){0, 0};
    w->erred = true;
    return true;
}

/* The `index`th of them. One that was gone before its byte order came is no read at all. */
static bool value_way(struct check_walk *w, uint64_t pa, size_t index)
{
    struct check_span span = permitted(w, pa);
    unsigned count = orders(w);
    bool readable;

    if (span.from >= span.to ||
        !check_value_in(w->check, pa, span, index / count, &w->pte, &w->read, &readable))
        return false;
    w->pa = pa;
    w->foreign_order = index % count == 1;
    bool swapped = w->pending->context.sbe != w->foreign_order;
    if (swapped)
        w->pte = check_swap_bytes(w->check, w->pte);
    w->erred = !readable;
    uint64_t from = check_sbe_from(w->check, swapped, 0);
    if (from >= w->read.to)
        return no_way(w);
    w->read = check_overlap(w->read, (struct check_span){from, CHECK_NEVER});
    return true;
}

/* An erring read, in this span of the request's life. */
static bool error_way(struct check_walk *w, uint64_t pa, struct check_span when)
{
    w->pa = pa;
    w->read = when;
    w->erred = true;
    return true;
}

/* The errors that were seen, and the one that the PMP in force makes of every read. */
static bool failure_way(struct check_walk *w, uint64_t pa, size_t index)
{
    struct check_span span = check_overlap(w->usable, w->life);
    struct check_access read = pte_read(w->check, pa);

    for (size_t i = 0; i < w->check->error_count; i++) {
        uint64_t when = w->check->errors[i].when;
        if (w->check->errors[i].pa == pa && when >= span.from && when < span.to && index-- == 0)
            return error_way(w, pa, (struct check_span){when, when + 1});
    }
    return index == 0 && !check_allows(w->check, &read, CHECK_NEVER) && error_way(w, pa, span);
}

static bool is_napot(const struct check_walk *w)
{
    return !w->erred && (w->pte & (MMU_PTE_N | MMU_PTE_V)) == (MMU_PTE_N | MMU_PTE_V);
}

/* Svnapot: any of the PTEs that map the same 64 KiB. */
static bool neighbour_way(struct check_walk *w, uint64_t pa, size_t index)
{
    uint64_t first = pa & -(NAPOT_PTES * w->check->pte_bytes);

    for (unsigned i = 0; i < NAPOT_PTES; i++) {
        uint64_t other = first + i * w->check->pte_bytes;
        for (size_t k = 0; other != pa && value_way(w, other, k); k++)
            if (is_napot(w) && index-- == 0)
                return w->neighbour = true;
    }
    return false;
}

bool check_way(struct check_walk *w, uint64_t pa, unsigned level, unsigned index)
{
    size_t values, failures = 0;

    w->neighbour = false;
    if (value_way(w, pa, index))
        return true;
    w->foreign_order = false;
    values = count_values(w, pa);
    if (failure_way(w, pa, index - values))
        return true;
    if (level > 0 || !w->neighbours)
        return false;
    while (failure_way(w, pa, failures))
        failures++;
    return neighbour_way(w, pa, index - values - failures);
}

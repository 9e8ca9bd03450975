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

/* How many byte orders may explain a read: the request's own is the first. */
static unsigned orders(const struct check_walk *w)
{
    return check_sbe_since(w->check, !w->pending->context.sbe, w->cut) ? 2 : 1;
}

/* The `index`th value of a word, each in all orders. */
static bool value_way(struct check_walk *w, uint64_t pa, size_t index)
{
    unsigned count = orders(w);
    bool readable;

    if (!check_value_in(w->check, pa, w->usable, index / count, &w->pte, &w->read, &readable))
        return false;
    w->pa = pa;
    w->foreign_order = index % count == 1;
    if (w->pending->context.sbe != w->foreign_order)
        w->pte = check_swap_bytes(w->check, w->pte);
    w->erred = !readable;
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
        struct check_access read = pte_read(w->check, other);
        if (other == pa || !check_allows(w->check, &read, w->cut))
            continue;
        for (size_t k = 0; value_way(w, other, k); k++)
            if (is_napot(w) && index-- == 0)
                return w->neighbour = true;
    }
    return false;
}

bool check_way(struct check_walk *w, uint64_t pa, unsigned level, unsigned index)
{
    struct check_access read = pte_read(w->check, pa);
    size_t values = 0, failures = 0;

    w->neighbour = false;
    w->foreign_order = false;
    if (check_allows(w->check, &read, w->cut)) {
        if (value_way(w, pa, index))
            return true;
        values = check_values_in(w->check, pa, w->usable) * orders(w);
    }
    if (failure_way(w, pa, index - values))
        return true;
    if (level > 0 || !w->neighbours)
        return false;
    while (failure_way(w, pa, failures))
        failures++;
    return neighbour_way(w, pa, index - values - failures);
}

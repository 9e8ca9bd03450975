// SPDX-License-Identifier: Apache-2.0
/* Fences: which were given, and what each covers. */
#include "check_internal.h"

/* Without a fence of everything the list would grow for ever. Forgetting an old fence only widens
 * what is legal. */
#define FENCES_KEPT (1u << 16)

void check_note_fence(struct check *check, const struct dut_fence *what, uint64_t cycle)
{
    const struct mmu_config *model = &check->config.model;
    uint64_t now = check_now(check, cycle);

    check_forget(check);
    if (check->fence_count >= FENCES_KEPT) {
        check->fence_count /= 2;
        for (size_t i = 0; i < check->fence_count; i++)
            check->fences[i] = check->fences[i + check->fence_count];
    }
    if (!check_room(check, (void **)&check->fences, check->fence_count, &check->fence_capacity,
                    sizeof *check->fences))
        return;
    struct check_fence *fence = &check->fences[check->fence_count++];
    *fence = (struct check_fence){.what = *what, .cut = now, .done_cycle = CHECK_NEVER};
    fence->what.asid &= (1u << check->config.asid_bits) - 1;
    fence->effective =
        (what->op == DUT_SFENCE_VMA || what->op == DUT_SINVAL_VMA) &&
        (!what->use_va || mmu_canonical(model, mmu_satp_levels(model, check->satp), what->va));
    check->fence_waits = true;
}

void check_note_fence_done(struct check *check, uint64_t cycle)
{
    check_now(check, cycle);
    if (!check->fence_waits)
        return;
    struct check_fence *fence = &check->fences[check->fence_count - 1];
    fence->done_cycle = cycle;
    check->fence_waits = false;
    check_ended_forget(check, fence);
}

bool check_fence_is_full(const struct check_fence *fence)
{
    return fence->effective && !fence->what.use_va && !fence->what.use_asid;
}

uint64_t check_full_cut(const struct check *check, uint64_t accepted_cycle)
{
    for (size_t i = check->fence_count; i-- > 0;)
        if (check->fences[i].done_cycle < accepted_cycle && check_fence_is_full(&check->fences[i]))
            return check->fences[i].cut;
    return check->horizon;
}

/* The table in check.h. */
static bool covers(const struct check_fence *fence, const struct check_entry *entry)
{
    if (!fence->effective)
        return false;
    if (fence->what.use_va &&
        (!entry->leaf || fence->what.va >> entry->shift != entry->va >> entry->shift))
        return false;
    return !fence->what.use_asid || (!entry->global && fence->what.asid == entry->asid);
}

/* Index of the first fence whose cut is at `from` or later. */
static size_t first_fence(const struct check *check, uint64_t from)
{
    size_t low = 0, high = check->fence_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (check->fences[middle].cut < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint64_t check_next_cut(const struct check *check, const struct check_entry *entry, uint64_t from,
                        uint64_t accepted_cycle)
{
    for (size_t i = first_fence(check, from); i < check->fence_count; i++) {
        const struct check_fence *fence = &check->fences[i];
        /* With CHECK_NEVER for the acceptance, a fence that still waits counts too. */
        bool obeyed = fence->done_cycle < accepted_cycle || accepted_cycle == CHECK_NEVER;
        if (obeyed && covers(fence, entry))
            return fence->cut;
    }
    return CHECK_NEVER;
}

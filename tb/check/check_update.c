// SPDX-License-Identifier: Apache-2.0
/* Whether the design may write A and D: which request's own walk would. */
#include "check_internal.h"

/* Whether a request may make the design write at all, so that it is worth a look. */
static bool can_write(const struct check_pending *pending)
{
    return pending->context.adue && !pending->speculative;
}

/* The cycles before which what was killed, and what was answered, is of no use any more. */
static void forget_before(struct check *check, uint64_t killed, uint64_t answered)
{
    size_t kept = 0;

    for (size_t i = 0; i < check->ended_count; i++) {
        const struct check_pending *pending = &check->ended[i];
        if (pending->ended_cycle >= (pending->state == CHECK_DEAD ? killed : answered))
            check->ended[kept++] = *pending;
    }
    check->ended_count = kept;
}

/* A fence ends the walks of what was killed before it was presented; one that is killed while it
 * waits may have begun its walk after that. */
void check_ended_forget(struct check *check, const struct check_fence *fence)
{
    forget_before(check, check_fence_is_full(fence) ? check_cycle(fence->cut) : 0,
                  fence->done_cycle);
}

/* Those whose walk has ended, by the time that an answer may take. */
static void forget_late(struct check *check, uint64_t cycle)
{
    uint64_t bound = check->config.answer_bound;

    if (bound && cycle > bound)
        forget_before(check, cycle - bound, cycle - bound);
}

void check_ended_note(struct check *check, const struct check_pending *pending)
{
    if (!can_write(pending))
        return;
    forget_late(check, pending->ended_cycle);
    if (check_room(check, (void **)&check->ended, check->ended_count, &check->ended_capacity,
                   sizeof *check->ended))
        check->ended[check->ended_count++] = *pending;
}

/* A swap that a request is to explain. */
struct swap {
    uint64_t pa, expected, desired;
    bool explained;
};

static bool swap_visit(void *user, const struct check_outcome *outcome)
{
    struct swap *swap = user;

    swap->explained = outcome->defer &&
                      outcome->answer.step[outcome->answer.steps - 1].pte_pa == swap->pa &&
                      outcome->expected == swap->expected && outcome->desired == swap->desired;
    return !swap->explained;
}

static bool explains(struct check *check, const struct check_pending *pending, uint64_t now,
                     struct swap *swap)
{
    if (can_write(pending))
        check_each_swap(check, pending, now, swap_visit, swap);
    return swap->explained;
}

/* The outstanding request that explains the swap, or null. */
static struct check_pending *find_live(struct check *check, uint64_t now, struct swap *swap)
{
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (uint64_t left = check->live[port]; left; left &= left - 1) {
            struct check_pending *pending = &check->pending[port][__builtin_ctzll(left)];
            if (explains(check, pending, now, swap))
                return pending;
        }
    return NULL;
}

static bool explained_by_ended(struct check *check, uint64_t now, struct swap *swap)
{
    forget_late(check, check_cycle(now));
    for (size_t i = check->ended_count; i-- > 0;)
        if (explains(check, &check->ended[i], now, swap))
            return true;
    return false;
}

static bool is_legal(struct check *check, uint64_t now, struct swap *swap, bool stored)
{
    struct check_access store = {MMU_S, MMU_STORE, swap->pa, check->pte_bytes};

    if (!check_allows(check, &store, CHECK_NEVER))
        return false;
    struct check_pending *pending = find_live(check, now, swap);
    if (!pending)
        return explained_by_ended(check, now, swap);
    if (stored) {
        pending->updated = true;
        pending->updated_pa = swap->pa;
        pending->before = swap->expected;
        pending->after = swap->desired;
    }
    return true;
}

enum check_verdict check_note_update(struct check *check, uint64_t pa, unsigned bytes,
                                     uint64_t expected, uint64_t desired, uint64_t found,
                                     uint64_t cycle)
{
    uint64_t now = check_now(check, cycle);
    struct swap swap = {.pa = pa, .expected = expected, .desired = desired};

    if (bytes == check->pte_bytes && is_legal(check, now, &swap, found == expected))
        return check->no_memory ? CHECK_NO_MEMORY : CHECK_OK;
    check_say_update(check, &(struct check_swap){pa, expected, desired, found});
    return CHECK_WRONG_UPDATE;
}

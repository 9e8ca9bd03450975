// SPDX-License-Identifier: Apache-2.0
/* The outcome by memory as it is now, which nearly always explains an answer, and the list of all
 * that are legal. */
#include "check_internal.h"

struct current {
    const struct mmu_memory *memory;
    bool writes;
};

static bool read_now(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct current *now = user;

    return now->memory->read(now->memory->user, pa, bytes, value);
}

static bool swap_nothing(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                         uint64_t desired, uint64_t *found)
{
    struct current *now = user;

    (void)pa;
    (void)bytes;
    (void)desired;
    now->writes = true;
    *found = expected;
    return true;
}

void check_current(struct check *check, const struct check_pending *pending,
                   struct mmu_answer *answer, bool *writes)
{
    struct current now = {.memory = &check->config.memory};
    struct mmu_memory memory = {.user = &now, .read = read_now, .compare_and_swap = swap_nothing};

    if (!pending->context.adue)
        memory = check->config.memory;
    mmu_translate(&check->config.model, &pending->context, &memory, &pending->request, answer);
    *writes = now.writes;
}

struct collection {
    struct check_outcome *outcomes;
    size_t count, max;
};

static bool same_outcome(const struct check_outcome *a, const struct check_outcome *b)
{
    return a->defer == b->defer && a->answer.result == b->answer.result &&
           a->answer.cause == b->answer.cause && a->answer.pa == b->answer.pa &&
           a->answer.page_shift == b->answer.page_shift &&
           a->answer.memory_type == b->answer.memory_type;
}

static bool collect(void *user, const struct check_outcome *outcome)
{
    struct collection *found = user;

    for (size_t i = 0; i < found->count; i++)
        if (same_outcome(&found->outcomes[i], outcome))
            return true;
    if (found->count < found->max)
        found->outcomes[found->count++] = *outcome;
    return found->count < found->max;
}

size_t check_collect(struct check *check, const struct check_pending *pending, uint64_t now,
                     struct check_outcome *outcomes, size_t max)
{
    struct collection found = {.outcomes = outcomes, .max = max};

    if (max > 0)
        check_each_outcome(check, pending, now, collect, &found);
    return found.count;
}

// SPDX-License-Identifier: Apache-2.0
/* LRU, least recently used, exactly: a yardstick, since it is told of every access, which no
 * operating system is. */
#include "frame_list.h"
#include "policy.h"

/* The least recently used page at the head. */
struct lru {
    struct frame_list stack;
};

static void lru_destroy(void *state)
{
    struct lru *lru = state;

    frame_list_destroy(&lru->stack);
    free(lru);
}

static void *lru_create(const struct policy_setup *setup)
{
    struct lru *lru = malloc(sizeof *lru);

    if (lru && !frame_list_create(&lru->stack, setup->frames)) {
        free(lru);
        return NULL;
    }
    return lru;
}

static void lru_loaded(void *state, unsigned frame)
{
    frame_list_append(&((struct lru *)state)->stack, frame);
}

static void lru_freed(void *state, unsigned frame)
{
    frame_list_remove(&((struct lru *)state)->stack, frame);
}

static unsigned lru_victim(void *state)
{
    return frame_list_head(&((struct lru *)state)->stack);
}

static void lru_touched(void *state, unsigned frame, uint64_t next_use)
{
    struct lru *lru = state;

    (void)next_use;
    if (frame_list_tail(&lru->stack) == frame)
        return;
    frame_list_remove(&lru->stack, frame);
    frame_list_append(&lru->stack, frame);
}

const struct policy policy_lru = {
    .name = "lru",
    .does = "least recently used, exactly (a yardstick: sees every access)",
    .sees_trace = true,
    .create = lru_create,
    .destroy = lru_destroy,
    .loaded = lru_loaded,
    .freed = lru_freed,
    .victim = lru_victim,
    .touched = lru_touched,
};

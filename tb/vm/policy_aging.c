// SPDX-License-Identifier: Apache-2.0
/* Aging, which approaches LRU by samples: a counter of eight bits for each frame; at each tick it
 * moves right and the A bit comes in at the top. The page with the lowest counter goes. An A bit
 * set since the last tick counts as a ninth bit above the others, so a page just loaded is not the
 * next to go. Of equal counters the first after the last victim goes, in the order of the frames.
 */
#include "policy.h"

#include <stdlib.h>

#define COUNTER_BITS 8

struct aging {
    struct policy_view view;
    unsigned frames, hand;
    bool *resident;
    unsigned *counter;
};

static void aging_destroy(void *state)
{
    struct aging *aging = state;

    free(aging->resident);
    free(aging->counter);
    free(aging);
}

static void *aging_create(const struct policy_setup *setup)
{
    struct aging *aging = malloc(sizeof *aging);

    if (!aging)
        return NULL;
    *aging = (struct aging){
        .view = setup->view,
        .frames = setup->frames,
        .resident = calloc(setup->frames, sizeof *aging->resident),
        .counter = calloc(setup->frames, sizeof *aging->counter),
    };
    if (!aging->resident || !aging->counter) {
        aging_destroy(aging);
        return NULL;
    }
    return aging;
}

static void aging_loaded(void *state, unsigned frame)
{
    struct aging *aging = state;

    aging->resident[frame] = true;
    aging->counter[frame] = 0;
}

static void aging_freed(void *state, unsigned frame)
{
    ((struct aging *)state)->resident[frame] = false;
}

static unsigned aging_with_accessed(const struct aging *aging, unsigned frame)
{
    unsigned accessed = aging->view.accessed(aging->view.user, frame);

    return accessed << COUNTER_BITS | aging->counter[frame];
}

static unsigned aging_victim(void *state)
{
    struct aging *aging = state;
    unsigned choice = aging->hand, lowest = aging_with_accessed(aging, choice);

    for (unsigned i = 1; i < aging->frames; i++) {
        unsigned frame = (aging->hand + i) % aging->frames;
        unsigned age = aging_with_accessed(aging, frame);

        if (age < lowest) {
            lowest = age;
            choice = frame;
        }
    }
    aging->hand = (choice + 1) % aging->frames;
    return choice;
}

/* All bits are read before one is cleared: the frames of a superpage share their A bit. */
static void aging_tick(void *state)
{
    struct aging *aging = state;

    for (unsigned frame = 0; frame < aging->frames; frame++)
        if (aging->resident[frame])
            aging->counter[frame] = aging_with_accessed(aging, frame) >> 1;
    for (unsigned frame = 0; frame < aging->frames; frame++)
        if (aging->resident[frame])
            aging->view.clear_accessed(aging->view.user, frame);
}

const struct policy policy_aging = {
    .name = "aging",
    .does = "the lowest of counters into which the timer shifts the A bits",
    .create = aging_create,
    .destroy = aging_destroy,
    .loaded = aging_loaded,
    .freed = aging_freed,
    .victim = aging_victim,
    .tick = aging_tick,
};

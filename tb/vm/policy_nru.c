// SPDX-License-Identifier: Apache-2.0
/* NRU, not recently used: four classes by A and D (A weighs more), a random page of the lowest
 * class that has any. The timer clears the A bits, so that "recently" means "since the last tick".
 */
#include "policy.h"
#include "splitmix.h"

#include <stdlib.h>

struct nru {
    struct policy_view view;
    unsigned frames;
    uint64_t random;
    bool *resident;
};

static void nru_destroy(void *state)
{
    struct nru *nru = state;

    free(nru->resident);
    free(nru);
}

static void *nru_create(const struct policy_setup *setup)
{
    struct nru *nru = malloc(sizeof *nru);

    if (!nru)
        return NULL;
    *nru = (struct nru){
        .view = setup->view,
        .frames = setup->frames,
        .random = setup->seed,
        .resident = calloc(setup->frames, sizeof *nru->resident),
    };
    if (!nru->resident) {
        free(nru);
        return NULL;
    }
    return nru;
}

static void nru_loaded(void *state, unsigned frame)
{
    ((struct nru *)state)->resident[frame] = true;
}

static void nru_freed(void *state, unsigned frame)
{
    ((struct nru *)state)->resident[frame] = false;
}

static unsigned nru_class(const struct nru *nru, unsigned frame)
{
    return 2u * nru->view.accessed(nru->view.user, frame) + nru->view.dirty(nru->view.user, frame);
}

/* One pass: each page of the lowest class so far replaces the choice with a chance of one in the
 * number seen of that class, which makes the choice uniform. */
static unsigned nru_victim(void *state)
{
    struct nru *nru = state;
    unsigned lowest = 4, seen = 0, choice = 0;

    for (unsigned frame = 0; frame < nru->frames; frame++) {
        unsigned class = nru_class(nru, frame);

        if (class > lowest)
            continue;
        if (class < lowest) {
            lowest = class;
            seen = 0;
        }
        if (splitmix_below(&nru->random, ++seen) == 0)
            choice = frame;
    }
    return choice;
}

static void nru_tick(void *state)
{
    struct nru *nru = state;

    for (unsigned frame = 0; frame < nru->frames; frame++)
        if (nru->resident[frame])
            nru->view.clear_accessed(nru->view.user, frame);
}

const struct policy policy_nru = {
    .name = "nru",
    .does = "not recently used: a random page of the lowest class by A and D",
    .create = nru_create,
    .destroy = nru_destroy,
    .loaded = nru_loaded,
    .freed = nru_freed,
    .victim = nru_victim,
    .tick = nru_tick,
};

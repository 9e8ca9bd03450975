// SPDX-License-Identifier: Apache-2.0
/* Second chance as a clock: the hand goes round the frames; a page with A set loses the bit and
 * stays, the first with A clear goes. */
#include "policy.h"

#include <stdlib.h>

struct clock {
    struct policy_view view;
    unsigned frames, hand;
};

static void *clock_create(const struct policy_setup *setup)
{
    struct clock *clock = malloc(sizeof *clock);

    if (clock)
        *clock = (struct clock){.view = setup->view, .frames = setup->frames};
    return clock;
}

/* A frame's place on the dial is its number: nothing to note when pages come and go. */
static void clock_ignore(void *state, unsigned frame)
{
    (void)state;
    (void)frame;
}

static unsigned clock_victim(void *state)
{
    struct clock *clock = state;

    for (;;) {
        unsigned frame = clock->hand;

        clock->hand = (clock->hand + 1) % clock->frames;
        if (!clock->view.accessed(clock->view.user, frame))
            return frame;
        clock->view.clear_accessed(clock->view.user, frame);
    }
}

const struct policy policy_clock = {
    .name = "clock",
    .does = "second chance: spares pages used since the hand last came by",
    .create = clock_create,
    .destroy = free,
    .loaded = clock_ignore,
    .freed = clock_ignore,
    .victim = clock_victim,
};

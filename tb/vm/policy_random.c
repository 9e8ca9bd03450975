// SPDX-License-Identifier: Apache-2.0
/* Random: any page, with the same chance. */
#include "policy.h"
#include "splitmix.h"

#include <stdlib.h>

struct random {
    unsigned frames;
    uint64_t state;
};

static void *random_create(const struct policy_setup *setup)
{
    struct random *random = malloc(sizeof *random);

    if (random)
        *random = (struct random){.frames = setup->frames, .state = setup->seed};
    return random;
}

static void random_ignore(void *state, unsigned frame)
{
    (void)state;
    (void)frame;
}

static unsigned random_victim(void *state)
{
    struct random *random = state;

    return (unsigned)splitmix_below(&random->state, random->frames);
}

const struct policy policy_random = {
    .name = "random",
    .does = "any page, by --seed",
    .create = random_create,
    .destroy = free,
    .loaded = random_ignore,
    .freed = random_ignore,
    .victim = random_victim,
};

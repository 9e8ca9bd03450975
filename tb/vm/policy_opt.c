// SPDX-License-Identifier: Apache-2.0
/* OPT, Belady's: the page whose next use is farthest away goes. No policy has fewer faults, and
 * none can do it without knowing the future: a bound for the others. */
#include "policy.h"

#include <stdlib.h>

struct opt {
    unsigned frames;
    uint64_t *next_use;
};

static void opt_destroy(void *state)
{
    struct opt *opt = state;

    free(opt->next_use);
    free(opt);
}

static void *opt_create(const struct policy_setup *setup)
{
    struct opt *opt = malloc(sizeof *opt);

    if (!opt)
        return NULL;
    *opt = (struct opt){
        .frames = setup->frames,
        .next_use = calloc(setup->frames, sizeof *opt->next_use),
    };
    if (!opt->next_use) {
        free(opt);
        return NULL;
    }
    return opt;
}

/* A page comes in because it is about to be used. */
static void opt_loaded(void *state, unsigned frame)
{
    ((struct opt *)state)->next_use[frame] = 0;
}

static void opt_freed(void *state, unsigned frame)
{
    ((struct opt *)state)->next_use[frame] = POLICY_NEVER;
}

static unsigned opt_victim(void *state)
{
    struct opt *opt = state;
    unsigned choice = 0;

    for (unsigned frame = 1; frame < opt->frames; frame++)
        if (opt->next_use[frame] > opt->next_use[choice])
            choice = frame;
    return choice;
}

static void opt_touched(void *state, unsigned frame, uint64_t next_use)
{
    ((struct opt *)state)->next_use[frame] = next_use;
}

const struct policy policy_opt = {
    .name = "opt",
    .does = "Belady's: the page used again last (a yardstick: sees the future)",
    .sees_trace = true,
    .create = opt_create,
    .destroy = opt_destroy,
    .loaded = opt_loaded,
    .freed = opt_freed,
    .victim = opt_victim,
    .touched = opt_touched,
};

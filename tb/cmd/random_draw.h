// SPDX-License-Identifier: Apache-2.0
/* Draws that the random command's files share. */
#ifndef RANDOM_DRAW_H
#define RANDOM_DRAW_H

#include "splitmix.h"

#include <stdbool.h>

static inline bool chance(uint64_t *rng, unsigned percent)
{
    return splitmix_below(rng, 100) < percent;
}

/* Never for n = 0. */
static inline bool one_in(uint64_t *rng, unsigned n)
{
    return n > 0 && splitmix_below(rng, n) == 0;
}

static inline unsigned pick(uint64_t *rng, const unsigned *from, unsigned count)
{
    return from[splitmix_below(rng, count)];
}

#endif

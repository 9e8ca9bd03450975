// SPDX-License-Identifier: Apache-2.0
/* SplitMix64 (Steele, Lea, Flood 2014): a small generator whose state is a counter, so that a run
 * can be repeated from its seed alone. */
#ifndef SPLITMIX_H
#define SPLITMIX_H

#include <stdint.h>

/* The next of 2^64 values; advances `*state`. */
static inline uint64_t splitmix_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* A value in 0 .. below - 1. */
static inline uint64_t splitmix_below(uint64_t *state, uint64_t below)
{
    return (uint64_t)(((unsigned __int128)splitmix_next(state) * below) >> 64);
}

#endif

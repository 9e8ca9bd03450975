// SPDX-License-Identifier: Apache-2.0
/* The scoreboard's bench with ADUE=1: the leaf is valid, but without A and D. */
#ifndef CHECK_UPDATE_BENCH_H
#define CHECK_UPDATE_BENCH_H

#include "check_bench.h"

#define CLEAN   (ALL & ~MMU_PTE_D)
#define UNUSED  (ALL & ~(MMU_PTE_A | MMU_PTE_D))
#define ALLOWED (MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X)

static inline int set_up_svadu(void **state)
{
    set_up(state);
    struct bench *b = *state;

    b->context.adue = true;
    store(b, LEAF, to(OLD, UNUSED));
    fence_all(b);
    return 0;
}

static inline int set_up_pmp(void **state)
{
    const struct mmu_pmp all = {.cfg = {ALLOWED}, .addr = {UINT64_MAX >> 10}};

    set_up_as(state,
              &(struct mmu_config){.xlen = 64, .levels = 4, .pa_bits = 56, .pmp_entries = 2});
    struct bench *b = *state;
    b->context.adue = true;
    check_note_pmp(b->check, &all, b->cycle);
    store(b, LEAF, to(OLD, UNUSED));
    fence_all(b);
    return 0;
}

/* The design's compare-and-swap, as the harness reports it. */
static inline enum check_verdict swap(struct bench *b, uint64_t pa, uint64_t expected,
                                      uint64_t desired)
{
    uint64_t found = b->word[(pa - MEMORY_AT) / 8];

    b->cycle++;
    if (found == expected)
        check_note_store(b->check, pa, 8, desired, b->cycle);
    enum check_verdict verdict =
        check_note_update(b->check, pa, 8, expected, desired, found, b->cycle);
    if (found == expected)
        b->word[(pa - MEMORY_AT) / 8] = desired;
    return verdict;
}

static inline enum check_verdict swap_leaf(struct bench *b, uint64_t before, uint64_t after)
{
    return swap(b, LEAF, to(OLD, before), to(OLD, after));
}

#endif

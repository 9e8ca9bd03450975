// SPDX-License-Identifier: Apache-2.0
/*
 * A bench for the scoreboard: memory with page tables, and the sets of legal outcomes as text. Sv39
 * unless said otherwise: root 0x80000000, tables 0x80001000 and 0x80002000, one page at virtual
 * address 0x1000 that is mapped to 0xa0000000, and moved to 0xb0000000.
 */
#ifndef CHECK_BENCH_H
#define CHECK_BENCH_H

#include "check.h"
#include "mmu_pte.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROOT      UINT64_C(0x80000000)
#define MIDDLE    UINT64_C(0x80001000)
#define LAST      UINT64_C(0x80002000)
#define OTHER     UINT64_C(0x80003000) /* tables beside them */
#define SPARE     UINT64_C(0x80004000)
#define VA        UINT64_C(0x1000)
#define LEAF      (LAST + 8) /* the PTE of VA */
#define ALL       (MMU_PTE_V | MMU_PTE_R | MMU_PTE_W | MMU_PTE_X | MMU_PTE_A | MMU_PTE_D)
#define OLD       UINT64_C(0xa0000000)
#define NEW       UINT64_C(0xb0000000)
#define MEMORY_AT ROOT
#define WORDS     (5 * 512)

struct bench {
    struct check *check;
    uint64_t cycle;
    uint64_t word[WORDS];
    struct dut_context context;
};

static inline bool bench_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct bench *b = user;

    if (pa < MEMORY_AT || (pa - MEMORY_AT) / 8 >= WORDS || bytes != 8)
        return false;
    *value = b->word[(pa - MEMORY_AT) / 8];
    return true;
}

static inline uint64_t to(uint64_t pa, uint64_t bits)
{
    return pa >> 12 << 10 | bits;
}

static inline void store(struct bench *b, uint64_t pa, uint64_t value)
{
    check_note_store(b->check, pa, 8, value, b->cycle);
    b->word[(pa - MEMORY_AT) / 8] = value;
}

static inline uint64_t sv39(uint64_t root, uint64_t asid)
{
    return UINT64_C(8) << 60 | asid << 44 | root >> 12;
}

static inline void set_satp(struct bench *b, uint64_t satp)
{
    b->cycle++;
    b->context.satp = satp;
    check_note_context(b->check, &b->context, b->cycle);
}

static inline void fence(struct bench *b, const struct dut_fence *what)
{
    b->cycle++;
    check_note_fence(b->check, what, b->cycle);
    check_note_fence_done(b->check, b->cycle);
    b->cycle++;
}

static inline void fence_all(struct bench *b)
{
    fence(b, &(struct dut_fence){0});
}

static inline void fence_va(struct bench *b, uint64_t va)
{
    fence(b, &(struct dut_fence){.use_va = true, .va = va});
}

static inline void fence_asid(struct bench *b, unsigned asid)
{
    fence(b, &(struct dut_fence){.use_asid = true, .asid = asid});
}

static inline void fence_both(struct bench *b, uint64_t va, unsigned asid)
{
    fence(b, &(struct dut_fence){.use_va = true, .use_asid = true, .va = va, .asid = asid});
}

static inline void ask_for(struct bench *b, const struct dut_request *request)
{
    assert_int_equal(check_note_accept(b->check, DUT_DATA, request, &b->context, b->cycle),
                     CHECK_OK);
}

static inline void ask(struct bench *b, unsigned tag, uint64_t va, enum mmu_access access)
{
    ask_for(b, &(struct dut_request){
                   .tag = tag, .va = va, .access = access, .size = 8, .privilege = MMU_S});
}

static inline void ask_speculatively(struct bench *b, unsigned tag, uint64_t va,
                                     enum mmu_access access)
{
    ask_for(b, &(struct dut_request){.tag = tag,
                                     .va = va,
                                     .access = access,
                                     .size = 8,
                                     .privilege = MMU_S,
                                     .speculative = true});
}

static inline void kill(struct bench *b, unsigned tag)
{
    check_note_kill(b->check, DUT_DATA, UINT64_C(1) << tag, b->cycle);
}

static inline int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The legal outcomes of an outstanding request, sorted: physical addresses and causes. */
static inline const char *outcomes(struct bench *b, unsigned tag)
{
    static char text[512];
    struct check_outcome found[16];
    char names[16][32];
    size_t count = check_outcomes(b->check, DUT_DATA, tag, ++b->cycle, found, 16);

    for (size_t i = 0; i < count; i++) {
        static const char *const types[] = {"", "NC ", "IO "};
        const struct mmu_answer *answer = &found[i].answer;
        if (found[i].defer)
            strcpy(names[i], "defer");
        else if (answer->result == MMU_DROPPED)
            strcpy(names[i], "dropped");
        else if (answer->result == MMU_GRANTED)
            snprintf(names[i], sizeof names[i], "%s%" PRIx64, types[answer->memory_type],
                     answer->pa);
        else
            snprintf(names[i], sizeof names[i], "cause %u", answer->cause);
    }
    qsort(names, count, sizeof *names, by_text);
    text[0] = 0;
    for (size_t i = 0; i < count; i++) {
        strcat(text, i ? ", " : "");
        strcat(text, names[i]);
    }
    return text;
}

/* Those of an access at `va` that is accepted now and not answered. */
static inline const char *legal_for(struct bench *b, uint64_t va, enum mmu_access access)
{
    b->cycle++;
    ask(b, 0, va, access);
    const char *text = outcomes(b, 0);
    kill(b, 0);
    return text;
}

static inline const char *legal(struct bench *b, uint64_t va)
{
    return legal_for(b, va, MMU_LOAD);
}

#define BOTH "a0000000, b0000000"

/* The scoreboard of a design that is a variation of Sv48. */
static inline int set_up_as(void **state, const struct mmu_config *model)
{
    struct bench *b = calloc(1, sizeof *b);
    struct check_config config = {
        .model = *model,
        .asid_bits = 4,
        .tag_bits = 3,
        .answer_bound = 100,
        .fence_bound = 50,
        .memory = {.user = b, .read = bench_read},
    };

    b->check = check_new(&config);
    b->word[0] = to(MIDDLE, MMU_PTE_V);                      /* root[0] */
    b->word[(MIDDLE - MEMORY_AT) / 8] = to(LAST, MMU_PTE_V); /* middle[0] */
    b->word[(LEAF - MEMORY_AT) / 8] = to(OLD, ALL);
    set_satp(b, sv39(ROOT, 1));
    b->cycle = 10;
    *state = b;
    return 0;
}

static inline int set_up(void **state)
{
    return set_up_as(state, &(struct mmu_config){.xlen = 64, .levels = 4, .pa_bits = 56});
}

static inline int tear_down(void **state)
{
    struct bench *b = *state;

    check_free(b->check);
    free(b);
    return 0;
}

#endif

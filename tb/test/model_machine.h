// SPDX-License-Identifier: Apache-2.0
/*
 * A machine for tests of the model: a few words of memory, one mapping, and what the specification
 * calls the environment (SUM, MXR, ADUE, privilege) in the reader's sight.
 *
 * The mapping of machine_sv39: root at 0x80000000, tables at 0x80001000 and 0x80002000, page
 * 0x12345000. The address 0x40403abc has vpn[2]=1, vpn[1]=2, vpn[0]=3, offset 0xabc, so its PTEs
 * stand at 0x80000008, 0x80001010 and 0x80002018.
 */
#ifndef MODEL_MACHINE_H
#define MODEL_MACHINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mmu_model.h"
#include "mmu_pte.h"

#include <string.h>

#define WORDS 32

#define V MMU_PTE_V
#define R MMU_PTE_R
#define W MMU_PTE_W
#define X MMU_PTE_X
#define U MMU_PTE_U
#define G MMU_PTE_G
#define A MMU_PTE_A
#define D MMU_PTE_D

#define VA    UINT64_C(0x40403abc)
#define PTE_2 UINT64_C(0x80000008)
#define PTE_1 UINT64_C(0x80001010)
#define PTE_0 UINT64_C(0x80002018)
#define PAGE  UINT64_C(0x12345000)

struct machine {
    struct mmu_config config;
    struct mmu_context context;
    struct mmu_answer answer;
    unsigned size; /* of the next access, bytes */
    struct {
        uint64_t pa, value;
    } words[WORDS];
    unsigned nwords;
    uint64_t broken_pa; /* reads there err; 0: none */
    bool swaps_err;     /* compare-and-swap errs */
    /* Another agent stores there just before a swap, `races` times: value, value + step, ... */
    uint64_t race_value, race_step;
    unsigned races;
    unsigned reads, swaps, bytes; /* done; bytes of the last */
};

static uint64_t *machine_word(struct machine *m, uint64_t pa)
{
    for (unsigned i = 0; i < m->nwords; i++)
        if (m->words[i].pa == pa)
            return &m->words[i].value;
    assert_true(m->nwords < WORDS);
    m->words[m->nwords].pa = pa;
    m->words[m->nwords].value = 0;
    return &m->words[m->nwords++].value;
}

static void put(struct machine *m, uint64_t pa, uint64_t value)
{
    *machine_word(m, pa) = value;
}

static bool machine_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct machine *m = user;

    m->reads++;
    m->bytes = bytes;
    *value = *machine_word(m, pa);
    return pa != m->broken_pa;
}

static bool machine_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                         uint64_t desired, uint64_t *found)
{
    struct machine *m = user;
    uint64_t *word = machine_word(m, pa);

    m->swaps++;
    m->bytes = bytes;
    if (m->races > 0) {
        *word = m->race_value;
        m->race_value += m->race_step;
        m->races--;
    }
    *found = *word;
    if (*word == expected)
        *word = desired;
    return !m->swaps_err;
}

/* A pointer to the table, or a leaf for the page, at a physical address. */
static inline uint64_t pte(uint64_t pa, uint64_t bits)
{
    return pa >> 12 << 10 | bits;
}

/* Sv39, S-mode, one base page that S-mode may read and write. */
static struct machine machine_sv39(void)
{
    struct machine m = {
        .config = {.xlen = 64, .levels = 5, .pa_bits = 56},
        .context = {.satp = UINT64_C(8) << 60 | 0x80000, .privilege = MMU_S},
        .size = 1,
    };
    put(&m, PTE_2, pte(0x80001000, V));
    put(&m, PTE_1, pte(0x80002000, V));
    put(&m, PTE_0, pte(PAGE, V | R | W | A | D));
    return m;
}

static enum mmu_result ask(struct machine *m, enum mmu_access access, uint64_t va)
{
    struct mmu_memory memory = {m, machine_read, machine_swap};
    struct mmu_request request = {.va = va, .access = access, .size = m->size};

    /* What the model does not write must not matter. */
    memset(&m->answer, 1, sizeof m->answer);
    m->reads = m->swaps = 0;
    enum mmu_result result = mmu_translate(&m->config, &m->context, &memory, &request, &m->answer);
    assert_int_equal(result, m->answer.result);
    return result;
}

/* What an access must give; a failure is reported where the test stands. */
#define granted(m, access, va, pa, page_shift)                                                     \
    granted_at(m, access, va, pa, page_shift, __FILE__, __LINE__)
#define page_fault_tval(m, access, va, cause, tval)                                                \
    fault_at(m, access, va, MMU_PAGE_FAULT, cause, tval, __FILE__, __LINE__)
#define access_fault_tval(m, access, va, cause, tval)                                              \
    fault_at(m, access, va, MMU_ACCESS_FAULT, cause, tval, __FILE__, __LINE__)
#define page_fault(m, access, va, cause)   page_fault_tval(m, access, va, cause, va)
#define access_fault(m, access, va, cause) access_fault_tval(m, access, va, cause, va)

#define dropped(m, va) dropped_at(m, va, __FILE__, __LINE__)

static inline void granted_at(struct machine *m, enum mmu_access access, uint64_t va, uint64_t pa,
                              unsigned page_shift, const char *file, int line)
{
    _assert_int_equal(ask(m, access, va), MMU_GRANTED, file, line);
    _assert_int_equal(m->answer.pa, pa, file, line);
    _assert_int_equal(m->answer.page_shift, page_shift, file, line);
    _assert_int_equal(m->answer.cause, 0, file, line);
    _assert_int_equal(m->answer.tval, 0, file, line);
}

static inline void fault_at(struct machine *m, enum mmu_access access, uint64_t va,
                            enum mmu_result result, unsigned cause, uint64_t tval, const char *file,
                            int line)
{
    _assert_int_equal(ask(m, access, va), result, file, line);
    _assert_int_equal(m->answer.cause, cause, file, line);
    _assert_int_equal(m->answer.tval, tval, file, line);
    _assert_int_equal(m->answer.pa, 0, file, line);
    _assert_int_equal(m->answer.page_shift, 0, file, line);
    _assert_int_equal(m->answer.global, false, file, line);
}

/* A prefetch that is dropped reports nothing. */
static inline void dropped_at(struct machine *m, uint64_t va, const char *file, int line)
{
    _assert_int_equal(ask(m, MMU_PREFETCH, va), MMU_DROPPED, file, line);
    _assert_int_equal(m->answer.cause, 0, file, line);
    _assert_int_equal(m->answer.tval, 0, file, line);
    _assert_int_equal(m->answer.pa, 0, file, line);
    _assert_int_equal(m->answer.page_shift, 0, file, line);
    _assert_int_equal(m->swaps, 0, file, line);
}

#endif

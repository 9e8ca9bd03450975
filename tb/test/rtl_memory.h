// SPDX-License-Identifier: Apache-2.0
/*
 * Physical memory for directed tests of the RTL: words that the test writes, where a word that was
 * never written reads as zero; addresses at which accesses err; and another agent, who stores to a
 * word just before the design swaps it.
 */
#ifndef RTL_MEMORY_H
#define RTL_MEMORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>

#define MEMORY_WORDS 4096

struct rtl_memory {
    unsigned bytes; /* of a word: 4 or 8 */
    struct {
        uint64_t pa, value;
    } words[MEMORY_WORDS];
    unsigned nwords;
    uint64_t broken;       /* reads of this address err; 0: none */
    uint64_t broken_swap;  /* swaps at this address err; 0: none */
    const uint64_t *races; /* what the other agent stores before each of the next swaps */
    unsigned nraces;       /* how many are left */
    uint64_t reads, swaps; /* so far */
};

static inline uint64_t *memory_word(struct rtl_memory *memory, uint64_t pa)
{
    for (unsigned i = 0; i < memory->nwords; i++)
        if (memory->words[i].pa == pa)
            return &memory->words[i].value;
    assert_true(memory->nwords < MEMORY_WORDS);
    memory->words[memory->nwords].pa = pa;
    memory->words[memory->nwords].value = 0;
    return &memory->words[memory->nwords++].value;
}

/* Another word of a line that is read: no read of its own. */
static inline bool memory_peek(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct rtl_memory *memory = user;

    assert_int_equal(bytes, memory->bytes);
    assert_int_equal(pa % bytes, 0);
    *value = 0;
    for (unsigned i = 0; i < memory->nwords; i++)
        if (memory->words[i].pa == pa)
            *value = memory->words[i].value;
    return !memory->broken || pa != memory->broken;
}

static inline bool memory_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct rtl_memory *memory = user;

    memory->reads++;
    return memory_peek(user, pa, bytes, value);
}

static inline bool memory_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                               uint64_t desired, uint64_t *found)
{
    struct rtl_memory *memory = user;
    uint64_t *word = memory_word(memory, pa);

    assert_int_equal(bytes, memory->bytes);
    assert_int_equal(pa % bytes, 0);
    memory->swaps++;
    if (memory->broken_swap && pa == memory->broken_swap)
        return false;
    if (memory->nraces) {
        *word = *memory->races++;
        memory->nraces--;
    }
    *found = *word;
    if (*word == expected)
        *word = desired;
    return true;
}

/* Every word with its bytes in the other order. */
static inline void memory_reverse(struct rtl_memory *memory)
{
    for (unsigned i = 0; i < memory->nwords; i++)
        memory->words[i].value =
            __builtin_bswap64(memory->words[i].value) >> (64 - 8 * memory->bytes);
}

#endif

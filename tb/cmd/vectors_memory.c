// SPDX-License-Identifier: Apache-2.0
/* Memory of a scenario: sparse words in the image, zeros elsewhere in its regions, errors outside.
 */
#include "vectors_engine.h"

#include <stdlib.h>

void vectors_memory_begin(struct vectors_memory *memory, const struct vector_scenario *scenario)
{
    memory->scenario = scenario;
    memory->nupd = 0;
}

static bool in_memory(const struct vector_scenario *scenario, uint64_t pa, unsigned bytes)
{
    for (int i = 0; i < scenario->nram; i++) {
        uint64_t offset = pa - scenario->ram[i].base;
        if (pa >= scenario->ram[i].base && offset < scenario->ram[i].size &&
            bytes <= scenario->ram[i].size - offset)
            return true;
    }
    return false;
}

static int by_address(const void *key, const void *word)
{
    uint64_t a = *(const uint64_t *)key, b = ((const struct vector_word *)word)->address;

    return a < b ? -1 : a > b;
}

static uint64_t image_word(const struct vector_scenario *scenario, uint64_t pa)
{
    const struct vector_word *word =
        bsearch(&pa, scenario->mem, scenario->nmem, sizeof *scenario->mem, by_address);

    return word ? word->value : 0;
}

static struct vector_word *changed_word(struct vectors_memory *memory, uint64_t pa)
{
    for (int i = 0; i < memory->nupd; i++)
        if (memory->upd[i].address == pa)
            return &memory->upd[i];
    return NULL;
}

bool vectors_memory_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct vectors_memory *memory = user;
    unsigned word_bytes = memory->scenario->xlen / 8;

    if (bytes != word_bytes || pa % word_bytes || !in_memory(memory->scenario, pa, bytes))
        return false;
    const struct vector_word *changed = changed_word(memory, pa);
    *value = changed ? changed->value : image_word(memory->scenario, pa);
    return true;
}

bool vectors_memory_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                         uint64_t desired, uint64_t *found)
{
    struct vectors_memory *memory = user;

    if (!vectors_memory_read(user, pa, bytes, found))
        return false;
    if (*found != expected)
        return true;
    struct vector_word *changed = changed_word(memory, pa);
    if (!changed) {
        if (memory->nupd == VECTOR_MAX_UPDATES)
            return false;
        changed = &memory->upd[memory->nupd++];
        changed->address = pa;
    }
    changed->value = desired;
    return true;
}

void vectors_memory_updates(const struct vectors_memory *memory, struct vector_result *result)
{
    result->nupd = 0;
    for (int i = 0; i < memory->nupd; i++)
        if (memory->upd[i].value != image_word(memory->scenario, memory->upd[i].address))
            result->upd[result->nupd++] = memory->upd[i];
}

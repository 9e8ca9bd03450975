// SPDX-License-Identifier: Apache-2.0
#include "iss_memory.h"

#include <stdlib.h>
#include <string.h>

bool iss_memory_begin(struct iss_memory *memory, uint64_t size)
{
    *memory = (struct iss_memory){
        .bytes = calloc(size >> 12, 1 << 12),
        .size = size,
        .watched = calloc(size >> 12, 1),
        .reservation = ISS_NO_RESERVATION,
    };
    return memory->bytes && memory->watched;
}

void iss_memory_free(struct iss_memory *memory)
{
    free(memory->bytes);
    free(memory->watched);
    memory->bytes = memory->watched = NULL;
}

uint64_t iss_memory_load(const struct iss_memory *memory, uint64_t pa, unsigned bytes)
{
    const uint8_t *at = memory->bytes + (pa - ISS_RAM);
    uint64_t value = 0;

    switch (bytes) { /* constant sizes, which need no call */
    case 1:
        return *at;
    case 2:
        memcpy(&value, at, 2);
        return value;
    case 4:
        memcpy(&value, at, 4);
        return value;
    default:
        memcpy(&value, at, 8);
        return value;
    }
}

void iss_memory_put(struct iss_memory *memory, uint64_t pa, unsigned bytes, uint64_t value)
{
    uint8_t *at = memory->bytes + (pa - ISS_RAM);

    if ((pa & ~UINT64_C(7)) == memory->reservation)
        memory->reservation = ISS_NO_RESERVATION;
    switch (bytes) {
    case 1:
        *at = (uint8_t)value;
        return;
    case 2:
        memcpy(at, &value, 2);
        return;
    case 4:
        memcpy(at, &value, 4);
        return;
    default:
        memcpy(at, &value, 8);
        return;
    }
}

void iss_memory_announce(struct iss_memory *memory, uint64_t pa, unsigned bytes, uint64_t value)
{
    if (!memory->watched[(pa - ISS_RAM) >> 12] || !memory->observer)
        return;
    uint64_t word = iss_memory_load(memory, pa & ~UINT64_C(7), 8);
    memcpy((uint8_t *)&word + (pa & 7), &value, bytes);
    memory->observer->store(memory->observer->self, pa & ~UINT64_C(7), word);
}

void iss_memory_store(struct iss_memory *memory, uint64_t pa, unsigned bytes, uint64_t value)
{
    iss_memory_announce(memory, pa, bytes, value);
    iss_memory_put(memory, pa, bytes, value);
}

bool iss_memory_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct iss_memory *memory = user;

    if (!iss_memory_has(memory, pa, bytes))
        return false;
    *value = iss_memory_load(memory, pa, bytes);
    return true;
}

bool iss_memory_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                     uint64_t *found)
{
    struct iss_memory *memory = user;

    if (!iss_memory_read(memory, pa, bytes, found))
        return false;
    if (*found != expected)
        return true;
    iss_memory_store(memory, pa, bytes, desired);
    memory->swaps++;
    return true;
}

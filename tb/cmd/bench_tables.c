// SPDX-License-Identifier: Apache-2.0
#include "bench_tables.h"

#include "mmu_pte.h"

#include <stdlib.h>
#include <string.h>

#define TABLE_BYTES 4096u

static uint64_t load(const struct bench_tables *tables, size_t offset)
{
    uint64_t value = 0;

    memcpy(&value, tables->bytes + offset, tables->mode->pte_bytes);
    return value;
}

static void store(struct bench_tables *tables, size_t offset, uint64_t value)
{
    memcpy(tables->bytes + offset, &value, tables->mode->pte_bytes);
}

static uint64_t pte(uint64_t pa, uint64_t flags)
{
    return pa >> MMU_PAGE_SHIFT << MMU_PTE_PPN_SHIFT | flags;
}

/* Offset of a new, empty table; SIZE_MAX: no memory. */
static size_t new_table(struct bench_tables *tables)
{
    if (tables->count == tables->room) {
        size_t room = tables->room ? 2 * tables->room : 16;
        uint8_t *more = realloc(tables->bytes, room * TABLE_BYTES);

        if (!more)
            return SIZE_MAX;
        tables->bytes = more;
        tables->room = room;
    }
    memset(tables->bytes + tables->count * TABLE_BYTES, 0, TABLE_BYTES);
    return tables->count++ * TABLE_BYTES;
}

bool bench_tables_begin(struct bench_tables *tables, const struct vm_mode *mode, uint64_t base)
{
    *tables = (struct bench_tables){.mode = mode, .base = base};
    return new_table(tables) != SIZE_MAX;
}

void bench_tables_free(struct bench_tables *tables)
{
    free(tables->bytes);
    tables->bytes = NULL;
}

void bench_tables_clear(struct bench_tables *tables)
{
    tables->count = 1;
    memset(tables->bytes, 0, TABLE_BYTES);
}

/* The offset of the PTE of `va` at `level` in a table at `offset`. */
static size_t slot(const struct bench_tables *tables, size_t offset, uint64_t va, unsigned level)
{
    const struct vm_mode *mode = tables->mode;
    unsigned shift = MMU_PAGE_SHIFT + level * mode->vpn_bits;

    return offset + (size_t)(va >> shift & ((1u << mode->vpn_bits) - 1)) * mode->pte_bytes;
}

bool bench_tables_map(struct bench_tables *tables, uint64_t va, unsigned level, uint64_t pa,
                      uint64_t flags)
{
    unsigned shift = MMU_PAGE_SHIFT + level * tables->mode->vpn_bits;
    size_t at = slot(tables, 0, va, tables->mode->levels - 1);

    for (unsigned l = tables->mode->levels - 1; l > level; l--) {
        uint64_t pointer = load(tables, at);

        if (!pointer) {
            size_t next = new_table(tables);

            if (next == SIZE_MAX)
                return false;
            pointer = pte(tables->base + next, MMU_PTE_V);
            store(tables, at, pointer);
        }
        uint64_t table = pointer >> MMU_PTE_PPN_SHIFT << MMU_PAGE_SHIFT;
        at = slot(tables, (size_t)(table - tables->base), va, l - 1);
    }
    store(tables, at, pte(pa >> shift << shift, flags));
    return true;
}

bool bench_tables_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct bench_tables *tables = user;
    uint64_t offset = pa - tables->base;

    if (offset >= tables->count * TABLE_BYTES || bytes != tables->mode->pte_bytes)
        return false;
    *value = load(tables, (size_t)offset);
    return true;
}

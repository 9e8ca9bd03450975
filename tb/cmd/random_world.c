// SPDX-License-Identifier: Apache-2.0
/* Random page tables, addresses and roots. */
#include "random_world.h"
#include "mmu_pte.h"
#include "splitmix.h"

#include <stdlib.h>

static bool chance(uint64_t *rng, unsigned percent)
{
    return splitmix_below(rng, 100) < percent;
}

static unsigned vpn_bits(const struct world *world)
{
    return world->model.xlen == 32 ? 10 : 9;
}

static unsigned pte_bytes(const struct world *world)
{
    return world->model.xlen == 32 ? 4 : 8;
}

static unsigned ppn_bits(const struct world *world)
{
    return world->model.xlen == 32 ? MMU_PTE_PPN_BITS_SV32 : MMU_PTE_PPN_BITS_SV39;
}

static uint64_t page_ppn(const struct world *world, unsigned page)
{
    unsigned half = world->pages / 2;

    return page < half ? world->base[0] + page : world->base[1] + (page - half);
}

/* Index of the word at `pa`, -1 if there is none. */
static int64_t word_at(const struct world *world, uint64_t pa)
{
    unsigned half = world->pages / 2;
    uint64_t ppn = pa >> MMU_PAGE_SHIFT, page;

    if (ppn - world->base[0] < half)
        page = ppn - world->base[0];
    else if (ppn - world->base[1] < world->pages - half)
        page = half + (ppn - world->base[1]);
    else
        return -1;
    return (int64_t)((page << vpn_bits(world)) + (pa & 0xfff) / pte_bytes(world));
}

bool world_read(const struct world *world, uint64_t pa, unsigned bytes, uint64_t *value)
{
    int64_t at = word_at(world, pa);

    if (at < 0 || bytes != pte_bytes(world))
        return false;
    *value = world->words[at];
    return true;
}

void world_write(struct world *world, uint64_t pa, uint64_t value)
{
    int64_t at = word_at(world, pa);

    if (at >= 0)
        world->words[at] = value;
}

/* A page number anywhere in physical memory; rarely one beyond its width, if a PTE can say it. */
static uint64_t any_ppn(struct world *world, uint64_t *rng)
{
    unsigned width = world->model.pa_bits - MMU_PAGE_SHIFT;
    uint64_t ppn = splitmix_next(rng);

    if (width < ppn_bits(world) && chance(rng, 2))
        return ppn & ((UINT64_C(1) << ppn_bits(world)) - 1);
    return ppn & ((UINT64_C(1) << width) - 1);
}

/* A page number beyond physical memory, if a PTE can say one; else any. */
static uint64_t beyond_ppn(struct world *world, uint64_t *rng)
{
    unsigned width = world->model.pa_bits - MMU_PAGE_SHIFT;
    uint64_t ppn = any_ppn(world, rng);

    if (width < ppn_bits(world))
        ppn |= UINT64_C(1) << (width + splitmix_below(rng, ppn_bits(world) - width));
    return ppn;
}

/* A table page for an entry of this level to point to: one of the level below, rarely any. */
static uint64_t table_ppn(struct world *world, unsigned level, uint64_t *rng)
{
    unsigned page = splitmix_below(rng, world->pages);

    for (unsigned i = 0; level > 0 && i < world->pages && !chance(rng, 4); i++) {
        if (world->level_of[page] + 1 == level)
            break;
        page = (page + 1) % world->pages;
    }
    return page_ppn(world, page);
}

static uint64_t leaf_pte(struct world *world, unsigned level, uint64_t *rng)
{
    static const uint8_t permissions[] = {MMU_PTE_R, MMU_PTE_R | MMU_PTE_W, MMU_PTE_X,
                                          MMU_PTE_R | MMU_PTE_X, MMU_PTE_R | MMU_PTE_W | MMU_PTE_X};
    uint64_t ppn = any_ppn(world, rng) >> (level * vpn_bits(world)) << (level * vpn_bits(world));
    uint64_t pte = ppn << MMU_PTE_PPN_SHIFT | splitmix_below(rng, 4) << 8 | MMU_PTE_V;

    if (chance(rng, world->user))
        pte |= MMU_PTE_U;
    if (chance(rng, 12))
        pte |= MMU_PTE_G;
    if (chance(rng, world->benign))
        return pte | MMU_PTE_R | MMU_PTE_W | MMU_PTE_X | MMU_PTE_A | MMU_PTE_D;
    pte |= permissions[splitmix_below(rng, 5)];
    if (chance(rng, 85))
        pte |= MMU_PTE_A;
    return chance(rng, 75) ? pte | MMU_PTE_D : pte;
}

static uint64_t pointer_pte(struct world *world, unsigned level, uint64_t *rng)
{
    uint64_t pte = table_ppn(world, level, rng) << MMU_PTE_PPN_SHIFT | MMU_PTE_V;

    return chance(rng, 6) ? pte | MMU_PTE_G : pte;
}

/* What faults: invalid, W without R, reserved bits, a misaligned superpage, A, D or U in a pointer,
 * a pointer at level 0 or out of memory. */
static uint64_t bad_pte(struct world *world, unsigned level, uint64_t *rng)
{
    uint64_t misalign = level > 0 ? splitmix_below(rng, level * vpn_bits(world)) : 0;

    switch (splitmix_below(rng, 8)) {
    case 0:
    case 1:
        return leaf_pte(world, level, rng) & ~MMU_PTE_V;
    case 2:
        return (leaf_pte(world, level, rng) & ~MMU_PTE_R) | MMU_PTE_W;
    case 3:
        if (world->model.xlen == 64)
            return leaf_pte(world, level, rng) | UINT64_C(1) << (54 + splitmix_below(rng, 10));
        return 0;
    case 4:
        if (level > 0)
            return leaf_pte(world, level, rng) ^ UINT64_C(1) << (MMU_PTE_PPN_SHIFT + misalign);
        return pointer_pte(world, level, rng);
    case 5:
        return pointer_pte(world, level, rng) |
               (const uint64_t[]){MMU_PTE_A, MMU_PTE_D, MMU_PTE_U}[splitmix_below(rng, 3)];
    case 6:
        if (world->model.xlen == 64)
            return pointer_pte(world, level, rng) | UINT64_C(1) << (54 + splitmix_below(rng, 10));
        return splitmix_next(rng) & UINT32_MAX & ~MMU_PTE_V;
    default:
        if (chance(rng, 50))
            return 0;
        return beyond_ppn(world, rng) << MMU_PTE_PPN_SHIFT | MMU_PTE_V;
    }
}

static uint64_t fresh_pte(struct world *world, unsigned level, uint64_t *rng)
{
    if (chance(rng, world->bad))
        return bad_pte(world, level, rng);
    if (level > 0 && chance(rng, world->pointers))
        return pointer_pte(world, level, rng);
    return leaf_pte(world, level, rng);
}

uint64_t world_pte(struct world *world, unsigned level, uint64_t old, uint64_t *rng)
{
    if (chance(rng, 45))
        return fresh_pte(world, level, rng);
    if (chance(rng, 25) && old & (MMU_PTE_R | MMU_PTE_X)) /* the same page, elsewhere */
        return (old & 0x3ff) | (leaf_pte(world, level, rng) & ~UINT64_C(0x3ff));
    old ^= UINT64_C(1) << splitmix_below(rng, 8);
    return chance(rng, 20) ? old ^ UINT64_C(1) << splitmix_below(rng, 8) : old;
}

/* A mode, by its number of levels; Bare, which is all alike, less often than the others. */
static unsigned any_levels(struct world *world, uint64_t *rng)
{
    unsigned levels;

    if (world->modes & 1 && chance(rng, 6))
        return 0;
    if (world->modes == 1)
        return 0;
    do
        levels = 1 + splitmix_below(rng, MMU_MAX_LEVELS);
    while (!(world->modes >> levels & 1));
    return levels;
}

uint64_t world_satp(struct world *world, uint64_t *rng)
{
    return world->satp[splitmix_below(rng, world->roots)];
}

static uint64_t new_satp(struct world *world, const unsigned *asids, unsigned count)
{
    uint64_t *rng = &world->rng;
    unsigned levels = any_levels(world, rng);
    uint64_t asid = asids[splitmix_below(rng, count)];
    uint64_t ppn = chance(rng, 3) ? any_ppn(world, rng) : table_ppn(world, levels, rng);

    if (levels == 0) /* Bare with anything else set is reserved */
        return 0;
    if (world->model.xlen == 32)
        return UINT64_C(1) << 31 | asid << 22 | ppn;
    return (uint64_t)(levels + 5) << 60 | asid << 44 | ppn;
}

static void make_roots(struct world *world)
{
    unsigned asids[6], count = 1 + splitmix_below(&world->rng, 6);
    uint64_t mask = (UINT64_C(1) << world->asid_bits) - 1;

    for (unsigned i = 0; i < count; i++)
        asids[i] = (i == 0 ? 0 : i == 1 ? UINT64_MAX : splitmix_next(&world->rng)) & mask;
    world->roots = 2 + splitmix_below(&world->rng, WORLD_ROOTS - 1);
    for (unsigned i = 0; i < world->roots; i++)
        world->satp[i] = new_satp(world, asids, count);
}

/* The page of the working set whose VPNs are random ones of those used. */
static uint64_t new_va(struct world *world)
{
    unsigned levels = any_levels(world, &world->rng);
    uint64_t vpn = 0;

    if (levels == 0)
        levels = world->model.levels;
    for (unsigned level = levels; level-- > 0;) {
        unsigned used = level == 0 ? world->last_indexes : world->indexes;
        vpn = vpn << vpn_bits(world) | world->index[splitmix_below(&world->rng, used)];
    }
    if (world->model.xlen == 32)
        return vpn << MMU_PAGE_SHIFT;
    unsigned unused = 64 - MMU_PAGE_SHIFT - levels * vpn_bits(world);
    return (uint64_t)((int64_t)(vpn << (MMU_PAGE_SHIFT + unused)) >> unused);
}

/* A page whose number differs from that of another in the index of one level. */
static uint64_t neighbour_va(struct world *world, uint64_t va)
{
    unsigned level = splitmix_below(&world->rng, world->model.levels);
    unsigned at = MMU_PAGE_SHIFT + level * vpn_bits(world);
    unsigned used = level == 0 ? world->last_indexes : world->indexes;
    uint64_t mask = ((UINT64_C(1) << vpn_bits(world)) - 1) << at;

    va = (va & ~mask) | (uint64_t)world->index[splitmix_below(&world->rng, used)] << at;
    if (world->model.xlen == 32)
        return va;
    unsigned unused = 64 - MMU_PAGE_SHIFT - world->model.levels * vpn_bits(world);
    return (uint64_t)((int64_t)(va << unused) >> unused);
}

uint64_t world_va(struct world *world, unsigned page, uint64_t *rng)
{
    uint64_t va = world->va[page % world->vas] | (splitmix_next(rng) & 0xfff);

    if (world->model.xlen == 64 && splitmix_below(rng, 64) == 0)
        va ^= UINT64_C(1) << (38 + splitmix_below(rng, 26));
    return va;
}

static void make_tables(struct world *world)
{
    for (unsigned page = 0; page < world->pages; page++) {
        unsigned level = world->level_of[page];
        unsigned used = level == 0 ? world->last_indexes : world->indexes;
        for (unsigned i = 0; i < used; i++)
            world->words[((uint64_t)page << vpn_bits(world)) + world->index[i]] =
                fresh_pte(world, level, &world->rng);
    }
}

/* Two places for the pages, apart from each other; in some worlds the top of physical memory. */
static void place_pages(struct world *world)
{
    unsigned width = world->model.pa_bits - MMU_PAGE_SHIFT;
    uint64_t room = UINT64_C(1) << width;

    do {
        for (unsigned i = 0; i < 2; i++)
            world->base[i] = splitmix_below(&world->rng, room - WORLD_PAGES);
        if (chance(&world->rng, 30))
            world->base[1] = room - (world->pages - world->pages / 2);
    } while (world->base[0] - world->base[1] < WORLD_PAGES ||
             world->base[1] - world->base[0] < WORLD_PAGES);
}

bool world_open(struct world *world, const struct mmu_config *model, unsigned asid_bits,
                unsigned modes, uint64_t seed)
{
    *world = (struct world){.model = *model, .asid_bits = asid_bits, .modes = modes, .rng = seed};
    uint64_t *rng = &world->rng;
    unsigned entries = 1u << vpn_bits(world);

    world->pages = 6 * model->levels + splitmix_below(rng, WORLD_PAGES - 6 * model->levels + 1);
    world->words = calloc((size_t)world->pages * entries, sizeof *world->words);
    if (!world->words)
        return false;
    world->benign = (const unsigned[]){20, 60, 80, 95}[splitmix_below(rng, 4)];
    world->user = (const unsigned[]){10, 50, 90}[splitmix_below(rng, 3)];
    world->pointers = (const unsigned[]){60, 80, 92}[splitmix_below(rng, 3)];
    world->bad = (const unsigned[]){1, 3, 8, 20}[splitmix_below(rng, 4)];
    world->indexes = 3 + splitmix_below(rng, 4);
    world->last_indexes = world->indexes + splitmix_below(rng, WORLD_INDEXES - 5);
    for (unsigned i = 0; i < WORLD_INDEXES; i++)
        world->index[i] = i == 0 ? 0 : i == 1 ? entries - 1 : splitmix_below(rng, entries);
    for (unsigned i = 3; i < WORLD_INDEXES; i += 2) /* one bit apart, for each bit to matter */
        world->index[i] =
            world->index[i - 1] ^
            (chance(rng, 50) ? entries / 2 : 1u << splitmix_below(rng, vpn_bits(world)));
    for (unsigned page = 0; page < world->pages; page++)
        world->level_of[page] = page % model->levels;
    place_pages(world);
    make_tables(world);
    make_roots(world);
    world->vas = 8u << splitmix_below(rng, 6);
    for (unsigned i = 0; i < world->vas; i++)
        world->va[i] = i > 0 && chance(rng, 25)
                           ? neighbour_va(world, world->va[splitmix_below(rng, i)])
                           : new_va(world);
    return true;
}

void world_close(struct world *world)
{
    free(world->words);
    world->words = NULL;
}

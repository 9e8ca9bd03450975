// SPDX-License-Identifier: Apache-2.0
/* Random page tables, addresses and roots. */
#include "random_draw.h"
#include "random_pte.h"

#include <stdlib.h>

unsigned world_vpn_bits(const struct world *world)
{
    return world->model.xlen == 32 ? 10 : 9;
}

unsigned world_pte_bytes(const struct world *world)
{
    return world->model.xlen == 32 ? 4 : 8;
}

uint64_t world_page_ppn(const struct world *world, unsigned page)
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
    return (int64_t)((page << world_vpn_bits(world)) + (pa & 0xfff) / world_pte_bytes(world));
}

bool world_read(const struct world *world, uint64_t pa, unsigned bytes, uint64_t *word)
{
    int64_t at = word_at(world, pa);

    if (at < 0 || bytes != world_pte_bytes(world))
        return false;
    *word = world->words[at];
    return true;
}

void world_write(struct world *world, uint64_t pa, uint64_t word)
{
    int64_t at = word_at(world, pa);

    if (at >= 0)
        world->words[at] = word;
}

uint64_t world_word(const struct world *world, struct world_table table, uint64_t pte)
{
    if (!table.big)
        return pte;
    return world->model.xlen == 32 ? __builtin_bswap32(pte) : __builtin_bswap64(pte);
}

struct world_table world_table_at(const struct world *world, uint64_t pa)
{
    int64_t at = word_at(world, pa);

    return at < 0 ? (struct world_table){0} : world->table[at >> world_vpn_bits(world)];
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

void world_note_target(struct world *world, uint64_t pa)
{
    world->recent[world->next_recent++ % WORLD_RECENT] = pa;
}

uint64_t world_any_target(const struct world *world, uint64_t *rng)
{
    unsigned back = chance(rng, 50) ? 1 : 1 + splitmix_below(rng, WORLD_RECENT);

    return world->recent[(world->next_recent - back) % WORLD_RECENT];
}

const struct world_root *world_any_root(const struct world *world, uint64_t *rng)
{
    return &world->root[splitmix_below(rng, world->roots)];
}

static struct world_root new_root(struct world *world, const unsigned *asids, unsigned count)
{
    uint64_t *rng = &world->rng;
    unsigned levels = any_levels(world, rng);
    uint64_t asid = asids[splitmix_below(rng, count)];
    bool big = world->big_endian && world->table[splitmix_below(rng, world->pages)].big;
    uint64_t ppn = chance(rng, 3) ? pte_any_ppn(world, rng)
                                  : pte_table_ppn(world, (struct world_table){levels, big}, rng);

    if (levels == 0) /* Bare with anything else set is reserved */
        return (struct world_root){0, big};
    if (world->model.xlen == 32)
        return (struct world_root){UINT64_C(1) << 31 | asid << 22 | ppn, big};
    return (struct world_root){(uint64_t)(levels + 5) << 60 | asid << 44 | ppn, big};
}

static void make_roots(struct world *world)
{
    unsigned asids[6], count = 1 + splitmix_below(&world->rng, 6);
    uint64_t mask = (UINT64_C(1) << world->asid_bits) - 1;

    for (unsigned i = 0; i < count; i++)
        asids[i] = (i == 0 ? 0 : i == 1 ? UINT64_MAX : splitmix_next(&world->rng)) & mask;
    world->roots = 2 + splitmix_below(&world->rng, WORLD_ROOTS - 1);
    for (unsigned i = 0; i < world->roots; i++)
        world->root[i] = new_root(world, asids, count);
}

/* One of the entries used at a level; at level 0 as often one of the line, if it is used. */
static uint64_t any_index(struct world *world, unsigned level)
{
    uint64_t *rng = &world->rng;

    if (level > 0)
        return world->index[splitmix_below(rng, world->indexes)];
    if (world->last_indexes > WORLD_LINE && chance(rng, 50))
        return world->index[WORLD_LINE + splitmix_below(rng, WORLD_INDEXES - WORLD_LINE)];
    return world->index[splitmix_below(rng, world->last_indexes)];
}

/* The page of the working set whose VPNs are random ones of those used. */
static uint64_t new_va(struct world *world)
{
    unsigned levels = any_levels(world, &world->rng);
    uint64_t vpn = 0;

    if (levels == 0)
        levels = world->model.levels;
    for (unsigned level = levels; level-- > 0;)
        vpn = vpn << world_vpn_bits(world) | any_index(world, level);
    if (world->model.xlen == 32)
        return vpn << MMU_PAGE_SHIFT;
    unsigned unused = 64 - MMU_PAGE_SHIFT - levels * world_vpn_bits(world);
    return (uint64_t)((int64_t)(vpn << (MMU_PAGE_SHIFT + unused)) >> unused);
}

/* A page whose number differs from that of another in the index of one level. */
static uint64_t neighbour_va(struct world *world, uint64_t va)
{
    unsigned level = splitmix_below(&world->rng, world->model.levels);
    unsigned at = MMU_PAGE_SHIFT + level * world_vpn_bits(world);
    uint64_t mask = ((UINT64_C(1) << world_vpn_bits(world)) - 1) << at;

    va = (va & ~mask) | any_index(world, level) << at;
    if (world->model.xlen == 32)
        return va;
    unsigned unused = 64 - MMU_PAGE_SHIFT - world->model.levels * world_vpn_bits(world);
    return (uint64_t)((int64_t)(va << unused) >> unused);
}

uint64_t world_va(struct world *world, unsigned page, uint64_t *rng)
{
    uint64_t va = world->va[page % world->vas] | (splitmix_next(rng) & 0xfff);

    if (world->model.xlen == 64 && splitmix_below(rng, 64) == 0)
        va ^= UINT64_C(1) << (38 + splitmix_below(rng, 26));
    return va;
}

/* As an operating system writes a 64 KiB page: the same PTE sixteen times. */
static void repeat_napot(uint64_t *words, unsigned index)
{
    for (unsigned i = 0; i < 16; i++)
        words[(index & ~15u) + i] = words[index];
}

/* New values for so many percent of the PTEs in use. */
static void make_tables(struct world *world, unsigned percent, uint64_t *rng)
{
    for (unsigned page = 0; page < world->pages; page++) {
        struct world_table table = world->table[page];
        uint64_t *words = world->words + ((uint64_t)page << world_vpn_bits(world));
        unsigned used = table.level == 0 ? world->last_indexes : world->indexes;
        for (unsigned i = 0; i < used; i++) {
            if (percent < 100 && !chance(rng, percent))
                continue;
            uint64_t pte = pte_fresh(world, table, rng);
            words[world->index[i]] = world_word(world, table, pte);
            if (world->model.svnapot && pte & MMU_PTE_N && chance(rng, 80))
                repeat_napot(words, world->index[i]);
        }
    }
}

void world_stir(struct world *world, uint64_t *rng)
{
    make_tables(world, 30, rng);
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

static void draw_mix(struct world *world)
{
    static const unsigned benign[] = {20, 60, 80, 95}, user[] = {10, 50, 90};
    static const unsigned pointers[] = {60, 80, 92}, bad[] = {1, 3, 8, 20};
    static const unsigned near[] = {25, 60, 85}, global[] = {1, 6, 25};
    static const unsigned clear[] = {5, 30, 60}, aging[] = {10, 50, 80}, few[] = {0, 5, 20, 40},
                          napot[] = {0, 10, 40, 70};
    uint64_t *rng = &world->rng;

    world->benign = pick(rng, benign, 4);
    world->near = pick(rng, near, 3);
    world->user = pick(rng, user, 3);
    world->global = pick(rng, global, 3);
    world->pointers = pick(rng, pointers, 3);
    world->bad = pick(rng, bad, 4);
    if (world->svadu) {
        world->clear = pick(rng, clear, 3);
        world->aging = pick(rng, aging, 3);
    }
    if (world->model.svnapot)
        world->napot = pick(rng, napot, 4);
    if (world->model.svpbmt)
        world->typed = pick(rng, few, 4);
    if (world->zicfiss)
        world->shadow = pick(rng, few, 4);
    if (world->model.pmp_entries > 0)
        world->frames = 1 + splitmix_below(rng, WORLD_FRAMES);
    for (unsigned i = 0; i < world->frames; i++)
        world->frame[i] = splitmix_next(rng) >> (64 - world->model.pa_bits + MMU_PAGE_SHIFT);
}

static void draw_indexes(struct world *world)
{
    uint64_t *rng = &world->rng;
    unsigned entries = 1u << world_vpn_bits(world);

    world->indexes = 3 + splitmix_below(rng, 4);
    world->last_indexes =
        chance(rng, 50) ? WORLD_INDEXES : world->indexes + splitmix_below(rng, WORLD_LINE - 5);
    for (unsigned i = 0; i < WORLD_LINE; i++)
        world->index[i] = i == 0 ? 0 : i == 1 ? entries - 1 : splitmix_below(rng, entries);
    for (unsigned i = 3; i < WORLD_LINE; i += 2) /* one bit apart, for each bit to matter */
        world->index[i] =
            world->index[i - 1] ^
            (chance(rng, 50) ? entries / 2 : 1u << splitmix_below(rng, world_vpn_bits(world)));
    for (unsigned i = WORLD_LINE; i < WORLD_INDEXES; i++)
        world->index[i] = (world->index[2] & ~7u) + (i - WORLD_LINE);
}

/* The pages that requests are for: those that are near each other follow each other. */
static void draw_pages(struct world *world)
{
    uint64_t *rng = &world->rng;

    world->vas = 8u << splitmix_below(rng, 6);
    for (unsigned i = 0; i < world->vas; i++) {
        unsigned back = 1 + splitmix_below(rng, i < 8 ? i + 1 : 8);
        world->va[i] = back <= i && chance(rng, world->near)
                           ? neighbour_va(world, world->va[i - back])
                           : new_va(world);
    }
}

/* Tables of each level by turns; big-endian are none of them, all, or half of each level. */
static void draw_kinds(struct world *world)
{
    unsigned levels = world->model.levels;
    unsigned order = world->big_endian ? splitmix_below(&world->rng, 4) : 0;

    for (unsigned page = 0; page < world->pages; page++)
        world->table[page] = (struct world_table){
            page % levels, order == 1 || (order > 1 && page / levels % 2 == 1)};
}

bool world_open(struct world *world, const struct mmu_config *model,
                const struct dut_parameters *build, unsigned modes, uint64_t seed)
{
    *world = (struct world){.model = *model,
                            .extended = build->svnapot || build->svpbmt,
                            .svadu = build->svadu,
                            .zicfiss = build->zicfiss,
                            .big_endian = build->big_endian,
                            .asid_bits = build->asid_bits,
                            .pmp_built = build->pmp_entries,
                            .modes = modes,
                            .rng = seed};
    uint64_t *rng = &world->rng;

    world->pages = 6 * model->levels + splitmix_below(rng, WORLD_PAGES - 6 * model->levels + 1);
    world->words = calloc((size_t)world->pages << world_vpn_bits(world), sizeof *world->words);
    if (!world->words)
        return false;
    draw_mix(world);
    draw_indexes(world);
    draw_kinds(world);
    place_pages(world);
    make_tables(world, 100, rng);
    make_roots(world);
    draw_pages(world);
    return true;
}

void world_close(struct world *world)
{
    free(world->words);
    world->words = NULL;
}

// SPDX-License-Identifier: Apache-2.0
/* Random PMP CSRs. */
#include "random_pmp.h"
#include "random_draw.h"

#include <string.h>

/* 2^`shift` bytes, aligned. */
struct region {
    uint64_t base;
    unsigned shift;
};

static uint64_t low_bits(unsigned count)
{
    return (UINT64_C(1) << count) - 1;
}

static unsigned address_bits(const struct world *world)
{
    return world->model.pa_bits - 2;
}

static bool read_word(void *user, uint64_t pa, unsigned bytes, uint64_t *word)
{
    return world_read(user, pa, bytes, word);
}

/* Where an access went lately; or what a walk of the working set touches: one of its PTEs, or where
 * it leads. */
static uint64_t reached(struct world *world, uint64_t *rng)
{
    const struct world_root *root = world_any_root(world, rng);
    const struct mmu_memory memory = {.user = world, .read = read_word};
    const struct mmu_context context = {
        .satp = root->satp, .privilege = MMU_S, .sum = true, .mxr = true, .sbe = root->big};
    const struct mmu_request request = {world_va(world, splitmix_below(rng, world->vas), rng),
                                        MMU_LOAD, 1};
    struct mmu_config model = world->model;
    struct mmu_answer answer;

    if (chance(rng, 25))
        return world_any_target(world, rng);
    model.pmp_entries = 0;
    mmu_translate(&model, &context, &memory, &request, &answer);
    if (answer.result == MMU_GRANTED && chance(rng, 50))
        return answer.pa;
    if (answer.steps > 0) /* either half of the PTE, where it has two */
        return answer.step[chance(rng, 50) ? answer.steps - 1 : splitmix_below(rng, answer.steps)]
                   .pte_pa +
               (chance(rng, 50) ? 4 : 0);
    return splitmix_next(rng);
}

/* From a few bytes over half a page, pages and superpages to all there is. */
static struct region any_region(struct world *world, uint64_t *rng)
{
    unsigned vpn = world_vpn_bits(world);
    const unsigned shifts[] = {2,
                               2,
                               2,
                               3,
                               3,
                               4,
                               5,
                               6,
                               8,
                               11,
                               12,
                               12,
                               12,
                               13,
                               14,
                               16,
                               18,
                               11 + vpn,
                               12 + vpn,
                               12 + 2 * vpn,
                               world->model.pa_bits - 1};
    unsigned shift = pick(rng, shifts, sizeof shifts / sizeof *shifts);
    unsigned least = 2 + world->model.pmp_grain;
    uint64_t pa = reached(world, rng) & low_bits(world->model.pa_bits);

    if (shift < least)
        shift = least;
    if (shift > world->model.pa_bits)
        shift = world->model.pa_bits;
    return (struct region){pa & ~low_bits(shift), shift};
}

/* Small regions deny more often, large ones less, and most leave loads alone: a table or a
 * superpage lost is a world lost. A PTE lost is not much. */
static uint8_t any_permissions(const struct mmu_pmp *pmp, const struct pmp_style *style,
                               unsigned shift, uint64_t *rng)
{
    enum { R = MMU_PMP_R, W = MMU_PMP_W, X = MMU_PMP_X };
    static const unsigned denying[] = {0, X, R, R, R, R | X, R | X, R | W, R | W | X, W, W | X};
    unsigned deny = shift < 12 ? 40 + style->deny / 2 : shift > 18 ? style->deny / 2 : style->deny;
    uint8_t cfg = chance(rng, deny) ? pick(rng, denying, 11) : R | W | X;

    if (shift <= 3 && chance(rng, 40))
        cfg = chance(rng, 50) ? X : 0;
    if (pmp->mml && chance(rng, 70)) /* where L and each of the eight mean something else */
        return splitmix_below(rng, 8) | (chance(rng, 50) ? MMU_PMP_L : 0);
    if (!pmp->mml && cfg & W) /* W without R is reserved */
        cfg |= R;
    return chance(rng, style->locked) ? cfg | MMU_PMP_L : cfg;
}

/* "Physical Memory Protection CSRs": with a grain of more than four bytes the low bits of pmpaddr
 * read as ones in NAPOT and as zeros else. */
static void read_back(struct mmu_pmp *pmp, const struct world *world, unsigned entry)
{
    unsigned grain = world->model.pmp_grain;
    bool napot = pmp->cfg[entry] >> MMU_PMP_A_SHIFT & 2;

    pmp->addr[entry] &= low_bits(address_bits(world));
    if (napot && grain > 1)
        pmp->addr[entry] |= low_bits(grain - 1);
    else if (!napot)
        pmp->addr[entry] &= ~low_bits(grain);
}

static void set_entry(struct mmu_pmp *pmp, const struct world *world, unsigned entry,
                      enum mmu_pmp_mode mode, uint8_t permissions, uint64_t addr)
{
    pmp->cfg[entry] = permissions | mode << MMU_PMP_A_SHIFT;
    pmp->addr[entry] = addr;
    read_back(pmp, world, entry);
}

/* A region as NAPOT or, if it is one word and the grain permits, NA4. */
static void set_aligned(struct mmu_pmp *pmp, const struct world *world, unsigned entry,
                        uint8_t permissions, struct region region)
{
    if (region.shift == 2)
        set_entry(pmp, world, entry, MMU_PMP_NA4, permissions, region.base >> 2);
    else
        set_entry(pmp, world, entry, MMU_PMP_NAPOT, permissions,
                  region.base >> 2 | low_bits(region.shift - 3));
}

/* TOR up to some word of the region; the entry below, if it is off or then becomes so, says where
 * from. Now and then the region is empty. */
static void set_top(struct mmu_pmp *pmp, const struct world *world, unsigned entry,
                    uint8_t permissions, struct region region, uint64_t *rng)
{
    uint64_t words = UINT64_C(1) << (region.shift - 2);
    uint64_t top = (region.base >> 2) + 1 + splitmix_below(rng, words);

    set_entry(pmp, world, entry, MMU_PMP_TOR, permissions, top);
    if (entry > 0 && (!(pmp->cfg[entry - 1] & MMU_PMP_A) || chance(rng, 50)))
        set_entry(pmp, world, entry - 1, MMU_PMP_OFF, pmp->cfg[entry - 1] & ~MMU_PMP_A,
                  chance(rng, 5) ? top + 1 : top - 1 - splitmix_below(rng, words));
}

static void draw_entry(struct mmu_pmp *pmp, const struct pmp_style *style, struct world *world,
                       unsigned entry, uint64_t *rng)
{
    struct region region = any_region(world, rng);
    uint8_t permissions = any_permissions(pmp, style, region.shift, rng);

    if (!chance(rng, style->used))
        set_entry(pmp, world, entry, MMU_PMP_OFF, permissions, region.base >> 2);
    else if (chance(rng, 40))
        set_top(pmp, world, entry, permissions, region, rng);
    else
        set_aligned(pmp, world, entry, permissions, region);
}

/* What no other entry says: mostly all is allowed, in some draws for half of memory only. */
static void draw_last(struct mmu_pmp *pmp, const struct world *world, unsigned entry, uint64_t *rng)
{
    unsigned bits = world->model.pa_bits;
    uint8_t all = MMU_PMP_R | MMU_PMP_W | MMU_PMP_X;
    struct region region = {0, bits + 1};

    if (pmp->mml && chance(rng, 50)) /* there M-mode has no other way to write */
        all = MMU_PMP_W | MMU_PMP_X;
    if (chance(rng, 15))
        region = (struct region){splitmix_below(rng, 2) << (bits - 1), bits - 1};
    set_aligned(pmp, world, entry, all, region);
}

void pmp_draw_style(struct pmp_style *style, bool open, uint64_t *rng)
{
    static const unsigned used[] = {40, 70, 95}, deny[] = {10, 30, 70};
    static const unsigned locked[] = {5, 20, 50}, smepmp[] = {0, 30, 80};

    *style = (struct pmp_style){.open = open,
                                .used = pick(rng, used, 3),
                                .deny = pick(rng, deny, 3),
                                .locked = pick(rng, locked, 3),
                                .smepmp = pick(rng, smepmp, 3)};
}

void pmp_draw(struct mmu_pmp *pmp, const struct pmp_style *style, struct world *world,
              uint64_t *rng)
{
    unsigned count = world->model.pmp_entries;

    memset(pmp, 0, sizeof *pmp);
    if (count > 0 && !style->open) {
        pmp->mml = chance(rng, style->smepmp);
        pmp->mmwp = chance(rng, style->smepmp);
    }
    for (unsigned entry = 0; entry < world->pmp_built && !style->open; entry++)
        draw_entry(pmp, style, world, entry, rng);
    if (count > 0 && (style->open || chance(rng, 95)))
        draw_last(pmp, world, count - 1, rng);
}

/* Without MML, W without R is reserved. */
static void leave_mml(struct mmu_pmp *pmp)
{
    pmp->mml = false;
    for (unsigned entry = 0; entry < MMU_PMP_MAX_ENTRIES; entry++)
        if (pmp->cfg[entry] & MMU_PMP_W)
            pmp->cfg[entry] |= MMU_PMP_R;
}

void pmp_change(struct mmu_pmp *pmp, const struct pmp_style *style, struct world *world,
                uint64_t *rng)
{
    unsigned count = world->model.pmp_entries;
    unsigned entry = splitmix_below(rng, count);

    switch (splitmix_below(rng, 4)) {
    case 0:
        pmp_draw(pmp, style, world, rng);
        return;
    case 1:
        pmp->cfg[entry] = (pmp->cfg[entry] & MMU_PMP_A) | any_permissions(pmp, style, 12, rng);
        return;
    case 2:
        if (style->smepmp && !pmp->mml)
            pmp->mml = true;
        else if (style->smepmp)
            leave_mml(pmp);
        return;
    default:
        if (entry + 1 < count || chance(rng, 10))
            draw_entry(pmp, style, world, entry, rng);
    }
}

uint64_t pmp_edge(const struct mmu_pmp *pmp, const struct world *world, uint64_t *rng)
{
    unsigned count = world->model.pmp_entries;
    uint64_t edge = splitmix_next(rng);
    unsigned first = count > 0 ? splitmix_below(rng, count) : 0;

    for (unsigned i = 0; i < count; i++) {
        unsigned entry = (first + i) % count;
        uint64_t addr = pmp->addr[entry], ones = addr ^ (addr + 1);
        unsigned mode = pmp->cfg[entry] >> MMU_PMP_A_SHIFT & 3;
        if (mode == MMU_PMP_OFF)
            continue;
        edge = addr << 2;
        if (mode == MMU_PMP_NAPOT)
            edge = ((addr & ~ones) + (chance(rng, 50) ? ones + 1 : 0)) << 2;
        break;
    }
    unsigned width = world->model.xlen == 32 ? 32 : world->model.pa_bits;
    unsigned near = chance(rng, 50) ? 8 : 64;
    return (edge + splitmix_below(rng, 2 * near) - near) & low_bits(width);
}

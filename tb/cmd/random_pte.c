// SPDX-License-Identifier: Apache-2.0
/* Random values for PTEs. */
#include "random_pte.h"
#include "random_draw.h"

#define NAPOT_PPN UINT64_C(8) /* the low four bits of a 64 KiB page's */

static unsigned ppn_bits(const struct world *world)
{
    return world->model.xlen == 32 ? MMU_PTE_PPN_BITS_SV32 : MMU_PTE_PPN_BITS_SV39;
}

uint64_t pte_any_ppn(struct world *world, uint64_t *rng)
{
    unsigned width = world->model.pa_bits - MMU_PAGE_SHIFT;
    uint64_t ppn = splitmix_next(rng);

    if (world->frames > 0 && chance(rng, 50))
        return world->frame[splitmix_below(rng, world->frames)];
    if (width < ppn_bits(world) && chance(rng, 2))
        return ppn & ((UINT64_C(1) << ppn_bits(world)) - 1);
    return ppn & ((UINT64_C(1) << width) - 1);
}

/* A page number beyond physical memory, if a PTE can say one; else any. */
static uint64_t beyond_ppn(struct world *world, uint64_t *rng)
{
    unsigned width = world->model.pa_bits - MMU_PAGE_SHIFT;
    uint64_t ppn = pte_any_ppn(world, rng);

    if (width < ppn_bits(world))
        ppn |= UINT64_C(1) << (width + splitmix_below(rng, ppn_bits(world) - width));
    return ppn;
}

uint64_t pte_table_ppn(struct world *world, struct world_table table, uint64_t *rng)
{
    unsigned page = splitmix_below(rng, world->pages);

    for (unsigned i = 0; table.level > 0 && i < world->pages && !chance(rng, 4); i++) {
        if (world->table[page].level + 1 == table.level && world->table[page].big == table.big)
            break;
        page = (page + 1) % world->pages;
    }
    return world_page_ppn(world, page);
}

static uint64_t as_napot(uint64_t pte)
{
    return (pte & ~(UINT64_C(15) << MMU_PTE_PPN_SHIFT)) | NAPOT_PPN << MMU_PTE_PPN_SHIFT |
           MMU_PTE_N;
}

/* What the leaf gets from the extensions that the build has. */
static uint64_t extend_leaf(struct world *world, struct world_table table, uint64_t pte,
                            uint64_t *rng)
{
    if (world->model.svrsw60t59b && chance(rng, 30))
        pte |= splitmix_below(rng, 4) << 59;
    if (world->model.svpbmt && chance(rng, world->typed))
        pte |= (1 + splitmix_below(rng, 2)) << MMU_PTE_PBMT_SHIFT;
    if (world->model.svnapot && table.level == 0 && chance(rng, world->napot))
        pte = as_napot(pte);
    if (world->zicfiss && chance(rng, world->shadow))
        pte = (pte & ~(MMU_PTE_R | MMU_PTE_X)) | MMU_PTE_W;
    if (world->svadu && chance(rng, world->clear))
        pte &= chance(rng, 50) ? ~MMU_PTE_D : ~(MMU_PTE_A | MMU_PTE_D);
    return pte;
}

static uint64_t leaf_pte(struct world *world, struct world_table table, uint64_t *rng)
{
    static const uint8_t permissions[] = {MMU_PTE_R, MMU_PTE_R | MMU_PTE_W, MMU_PTE_X,
                                          MMU_PTE_R | MMU_PTE_X, MMU_PTE_R | MMU_PTE_W | MMU_PTE_X};
    unsigned within = table.level * world_vpn_bits(world);
    uint64_t ppn = pte_any_ppn(world, rng) >> within << within;
    uint64_t pte = ppn << MMU_PTE_PPN_SHIFT | splitmix_below(rng, 4) << 8 | MMU_PTE_V;

    if (chance(rng, world->user))
        pte |= MMU_PTE_U;
    if (chance(rng, 12))
        pte |= MMU_PTE_G;
    if (chance(rng, world->benign)) {
        pte |= MMU_PTE_R | MMU_PTE_W | MMU_PTE_X | MMU_PTE_A | MMU_PTE_D;
        return extend_leaf(world, table, pte, rng);
    }
    pte |= permissions[splitmix_below(rng, 5)];
    if (chance(rng, 85))
        pte |= MMU_PTE_A;
    if (chance(rng, 75))
        pte |= MMU_PTE_D;
    return extend_leaf(world, table, pte, rng);
}

static uint64_t pointer_pte(struct world *world, struct world_table table, uint64_t *rng)
{
    uint64_t pte = pte_table_ppn(world, table, rng) << MMU_PTE_PPN_SHIFT | MMU_PTE_V;

    if (world->model.svrsw60t59b && chance(rng, 20))
        pte |= splitmix_below(rng, 4) << 59;
    return chance(rng, world->global) ? pte | MMU_PTE_G : pte;
}

/* What Svnapot and Svpbmt reserve: a PPN that is not quite that of 64 KiB, N above level 0, PBMT=3,
 * and either in a pointer. And N where the straps say that there is none. */
static uint64_t bad_extended_pte(struct world *world, struct world_table table, uint64_t *rng)
{
    uint64_t leaf = leaf_pte(world, table, rng);

    switch (splitmix_below(rng, 4)) {
    case 0:
        return leaf | MMU_PTE_PBMT;
    case 1:
        if (!world->model.svnapot)
            return as_napot(leaf);
        return as_napot(leaf) ^ UINT64_C(1) << (MMU_PTE_PPN_SHIFT + splitmix_below(rng, 4));
    case 2:
        return pointer_pte(world, table, rng) | MMU_PTE_N;
    default:
        return pointer_pte(world, table, rng) | (1 + splitmix_below(rng, 3)) << MMU_PTE_PBMT_SHIFT;
    }
}

/* What faults: invalid, W without R, reserved bits, a misaligned superpage, A, D or U in a pointer,
 * a pointer at level 0 or out of memory. */
static uint64_t bad_pte(struct world *world, struct world_table table, uint64_t *rng)
{
    unsigned within = table.level * world_vpn_bits(world);
    uint64_t misalign = table.level > 0 ? splitmix_below(rng, within) : 0;

    if (world->extended && chance(rng, 40))
        return bad_extended_pte(world, table, rng);
    switch (splitmix_below(rng, 8)) {
    case 0:
    case 1:
        return leaf_pte(world, table, rng) & ~MMU_PTE_V;
    case 2:
        return (leaf_pte(world, table, rng) & ~MMU_PTE_R) | MMU_PTE_W;
    case 3:
        if (world->model.xlen == 64)
            return leaf_pte(world, table, rng) | UINT64_C(1) << (54 + splitmix_below(rng, 10));
        return 0;
    case 4:
        if (table.level > 0)
            return leaf_pte(world, table, rng) ^ UINT64_C(1) << (MMU_PTE_PPN_SHIFT + misalign);
        return pointer_pte(world, table, rng);
    case 5:
        return pointer_pte(world, table, rng) |
               (const uint64_t[]){MMU_PTE_A, MMU_PTE_D, MMU_PTE_U}[splitmix_below(rng, 3)];
    case 6:
        if (world->model.xlen == 64)
            return pointer_pte(world, table, rng) | UINT64_C(1) << (54 + splitmix_below(rng, 10));
        return splitmix_next(rng) & UINT32_MAX & ~MMU_PTE_V;
    default:
        if (chance(rng, 50))
            return 0;
        return beyond_ppn(world, rng) << MMU_PTE_PPN_SHIFT | MMU_PTE_V;
    }
}

uint64_t pte_fresh(struct world *world, struct world_table table, uint64_t *rng)
{
    if (chance(rng, world->bad))
        return bad_pte(world, table, rng);
    if (table.level > 0 && chance(rng, world->pointers))
        return pointer_pte(world, table, rng);
    return leaf_pte(world, table, rng);
}

uint64_t pte_probe(struct world *world, struct world_table table, uint64_t *rng)
{
    unsigned within = table.level * world_vpn_bits(world);
    uint64_t ppn = pte_any_ppn(world, rng) >> within << within;

    if (chance(rng, 15))
        return chance(rng, 60) ? bad_pte(world, table, rng) : pointer_pte(world, table, rng);
    uint64_t pte = ppn << MMU_PTE_PPN_SHIFT | (splitmix_next(rng) & 0x3fe) | MMU_PTE_V;
    return chance(rng, 30) ? extend_leaf(world, table, pte, rng) : pte;
}

/* One of the low eight bits; where the high ones mean something, now and then one of them. */
static uint64_t any_bit(const struct world *world, uint64_t *rng)
{
    bool extended = world->model.svnapot || world->model.svpbmt || world->model.svrsw60t59b;
    unsigned bit = splitmix_below(rng, 8);

    if (extended && chance(rng, 15))
        bit = 59 + splitmix_below(rng, 5);
    return UINT64_C(1) << bit;
}

static bool is_pointer(const struct world *world, struct world_table table, uint64_t pte)
{
    return table.level > 0 && pte & MMU_PTE_V && !pte_is_leaf(world, pte);
}

/* The pointer to another table, or made global, or local again. */
static uint64_t move_table(struct world *world, struct world_table table, uint64_t old,
                           uint64_t *rng)
{
    if (chance(rng, 25))
        return old ^ MMU_PTE_G;
    return (old & 0x3ff) | pte_table_ppn(world, table, rng) << MMU_PTE_PPN_SHIFT;
}

uint64_t pte_change(struct world *world, struct world_table table, uint64_t old, uint64_t *rng)
{
    if (is_pointer(world, table, old) && chance(rng, 60))
        return move_table(world, table, old, rng);
    if (world->svadu && pte_is_leaf(world, old) && chance(rng, world->aging))
        return old & (chance(rng, 50) ? ~MMU_PTE_D : ~(MMU_PTE_A | MMU_PTE_D));
    if (chance(rng, 45))
        return pte_fresh(world, table, rng);
    if (chance(rng, 25) && pte_is_leaf(world, old)) /* the same page, elsewhere */
        return (old & 0x3ff) | (leaf_pte(world, table, rng) & ~UINT64_C(0x3ff));
    old ^= any_bit(world, rng);
    return chance(rng, 20) ? old ^ any_bit(world, rng) : old;
}

uint64_t pte_race(struct world *world, struct world_table table, uint64_t old, uint64_t *rng)
{
    switch (splitmix_below(rng, 8)) {
    case 0:
    case 1:
    case 2: /* one of RSW: the swap fails, and what it was for is still to be done */
        return old ^ UINT64_C(1) << (8 + splitmix_below(rng, 2));
    case 3:
        return old | MMU_PTE_A;
    case 4:
        return old | MMU_PTE_A | MMU_PTE_D;
    case 5:
        return chance(rng, 50) ? old & ~MMU_PTE_V : old & ~MMU_PTE_A;
    case 6:
        return old ^ (MMU_PTE_W | (chance(rng, 50) ? MMU_PTE_R : 0));
    default:
        return pte_change(world, table, old, rng);
    }
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Probes of a random run: one request, under CSRs drawn for it, through a PTE that was given any
 * flags for it. All combinations of them come so, the rare ones as often as the others.
 */
#include "random_pte.h"
#include "random_traffic.h"

void traffic_draw_probe(struct traffic *t)
{
    const struct dut_parameters *p = dut_parameters(t->dut);
    uint64_t *rng = &t->rng[STREAM_PROBES];

    t->probes = chance(rng, t->rates.probe);
    if (!t->probes || !traffic_has(t, RANDOM_CONTEXTS))
        return;
    t->context.sum = splitmix_below(rng, 2);
    t->context.mxr = splitmix_below(rng, 2);
    t->context.adue = p->svadu && chance(rng, 75);
    t->context.sse = p->zicfiss && chance(rng, 75);
}

/* Moves the target of the leaf, and the address within its page, to where PMP denies the access;
 * not if it denies nothing around a few edges. */
static uint64_t lead_to_denied(struct traffic *t, struct dut_request *request, unsigned level,
                               uint64_t pte)
{
    uint64_t *rng = &t->rng[STREAM_PROBES];
    unsigned shift = MMU_PAGE_SHIFT + level * world_vpn_bits(&t->world);
    uint64_t within = (UINT64_C(1) << shift) - 1;

    for (unsigned tries = 0; t->world.model.pmp_entries > 0 && tries < 8; tries++) {
        uint64_t pa = pmp_edge(&t->pmp, &t->world, rng) & -(uint64_t)request->size;
        if (mmu_pmp_allows(&t->world.model, &t->pmp, request->privilege, request->access, pa,
                           request->size))
            continue;
        request->va = (request->va & ~within) | (pa & within);
        return (pte & 0x3ff) | (pa & ~within) >> MMU_PAGE_SHIFT << MMU_PTE_PPN_SHIFT;
    }
    return pte;
}

static void restore_probed(struct traffic *t)
{
    if (t->probed.due == 0 || t->probed.due > t->cycle)
        return;
    t->probed.due = 0;
    traffic_store_word(t, t->probed.pa, t->probed.word);
}

/* Changes a PTE that the request goes through. The tables above level 0 get back what they had,
 * since a world without pointers is a small one. */
static void change_pte(struct traffic *t, struct dut_request *request)
{
    uint64_t *rng = &t->rng[STREAM_PROBES];
    const struct mmu_memory memory = traffic_peek(t);
    const struct mmu_context view = traffic_view(t, request->privilege);
    const struct mmu_request asked = {request->va, MMU_LOAD, 1};
    struct mmu_answer walk;
    uint64_t old;

    mmu_translate(&t->world.model, &view, &memory, &asked, &walk);
    if (walk.steps == 0)
        return;
    const struct mmu_step *step =
        &walk.step[chance(rng, 60) ? walk.steps - 1 : splitmix_below(rng, walk.steps)];
    if ((step->level > 0 && t->probed.due > 0) ||
        !world_read(&t->world, step->pte_pa, world_pte_bytes(&t->world), &old))
        return;
    struct world_table table = world_table_at(&t->world, step->pte_pa);
    table.level = step->level;
    uint64_t pte = pte_probe(&t->world, table, rng);
    if (chance(rng, 25))
        pte = lead_to_denied(t, request, step->level, pte);
    if (traffic_store_word(t, step->pte_pa, world_word(&t->world, table, pte)) && step->level > 0)
        t->probed = (struct probed_pte){
            step->pte_pa, old, t->cycle + 1 + splitmix_below(rng, 4 * traffic_walk_cycles(t))};
}

void traffic_probe(struct traffic *t, enum dut_port port, struct dut_request *request)
{
    uint64_t *rng = &t->rng[STREAM_PROBES];

    t->probes = false;
    restore_probed(t);
    if (port == DUT_DATA) {
        unsigned kind = splitmix_below(rng, 3 + t->exotic_kinds);
        request->access = kind < 3 ? MMU_LOAD + kind : t->exotic[kind - 3];
    }
    request->privilege = splitmix_below(rng, 2) ? MMU_U : MMU_S;
    request->speculative = chance(rng, 30);
    request->size = request->access >= MMU_CBO_MANAGE ? t->block : 4;
    request->va &= -(uint64_t)request->size;
    change_pte(t, request);
}

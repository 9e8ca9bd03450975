// SPDX-License-Identifier: Apache-2.0
/* What makes walks begin again or drain in a random run: fences and changes of PMP. */
#include "random_traffic.h"

/* A fence as software may write it: sfence.vma, sinval.vma alone or between the two that order it,
 * and now and then one of those alone. */
static void want(struct traffic *t, struct dut_fence what)
{
    uint64_t *rng = &t->rng[STREAM_FENCES];
    unsigned draw = splitmix_below(rng, 16);

    t->fences_wanted = 1;
    t->fence[0] = what;
    if (draw == 0) {
        t->fence[0].op = chance(rng, 50) ? DUT_SFENCE_W_INVAL : DUT_SFENCE_INVAL_IR;
    } else if (draw < 4) {
        t->fence[0].op = DUT_SINVAL_VMA;
    } else if (draw < 7) {
        what.op = DUT_SINVAL_VMA;
        t->fences_wanted = 3;
        t->fence[0] = (struct dut_fence){.op = DUT_SFENCE_W_INVAL};
        t->fence[1] = what;
        t->fence[2] = (struct dut_fence){.op = DUT_SFENCE_INVAL_IR};
    }
}

static bool may_want(struct traffic *t, unsigned percent)
{
    return traffic_has(t, RANDOM_FENCES) && t->fences_wanted == 0 && !t->fence_waits &&
           chance(&t->rng[STREAM_FENCES], percent);
}

void traffic_fence_asid(struct traffic *t)
{
    if (may_want(t, t->rates.fence_after))
        want(t, (struct dut_fence){.use_asid = splitmix_below(&t->rng[STREAM_FENCES], 4) > 0,
                                   .asid = mmu_satp_asid(&t->world.model, t->context.satp)});
}

void traffic_fence_all(struct traffic *t, unsigned percent)
{
    if (may_want(t, percent))
        want(t, (struct dut_fence){.op = DUT_SFENCE_VMA});
}

/* Any address of the page that the leaf maps is as good. */
static uint64_t same_page(struct traffic *t, uint64_t va, const struct mmu_step *leaf)
{
    unsigned shift = MMU_PAGE_SHIFT + leaf->level * world_vpn_bits(&t->world);

    if (t->world.model.svnapot && leaf->pte & MMU_PTE_N)
        shift += 4;
    uint64_t within = (UINT64_C(1) << shift) - 1;
    return chance(&t->rng[STREAM_FENCES], 50)
               ? va
               : (va & ~within) | (splitmix_next(&t->rng[STREAM_FENCES]) & within);
}

void traffic_fence_pte(struct traffic *t, uint64_t satp, uint64_t va, const struct mmu_step *step,
                       bool soon)
{
    bool leaf = step->level == 0 || step->pte & (MMU_PTE_R | MMU_PTE_X);

    if (!may_want(t, t->rates.fence_after))
        return;
    /* By address it does little for a pointer: now and then one is given all the same. */
    want(t, (struct dut_fence){.use_va = leaf || chance(&t->rng[STREAM_FENCES], 20),
                               .va = same_page(t, va, step),
                               .use_asid = splitmix_below(&t->rng[STREAM_FENCES], 2),
                               .asid = mmu_satp_asid(&t->world.model, satp)});
    uint64_t early = t->fence_done + traffic_walk_cycles(t);
    if (soon && t->fence_not_before > early)
        t->fence_not_before = early;
}

/* Any of the four forms, with bits that do not count set at random. */
static void draw_fence(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_FENCES];
    const struct burst *burst = &t->port[splitmix_below(rng, DUT_PORTS)].burst;
    uint64_t satp = splitmix_below(rng, 2) ? t->context.satp : world_any_root(&t->world, rng)->satp;
    unsigned asid_max = t->world.model.xlen == 32 ? 9 : 16;
    unsigned unused = ((1u << asid_max) - 1) & ~((1u << t->world.asid_bits) - 1);

    want(t, (struct dut_fence){
                .use_va = splitmix_below(rng, 2),
                .use_asid = splitmix_below(rng, 2),
                .va = burst->left > 0 ? burst->page : traffic_va(t, rng),
                .asid = mmu_satp_asid(&t->world.model, satp) | (splitmix_next(rng) & unused),
            });
}

/* Fences keep a distance that lets the walks between them end: each makes older walks begin
 * again. */
static uint64_t fence_distance(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_FENCES];
    unsigned walk = traffic_walk_cycles(t);
    uint64_t distance =
        splitmix_below(rng, 4) ? splitmix_below(rng, 4 * walk) : splitmix_below(rng, walk);

    if (++t->fences_near < FENCES_IN_A_ROW)
        return distance;
    t->fences_near = 0;
    return distance + traffic_drain_cycles(t);
}

static void present_fence(struct traffic *t)
{
    t->fence_waits = true;
    t->statistics->fences[t->fence[0].use_va + 2 * t->fence[0].use_asid]++;
    t->statistics->fence_ops[t->fence[0].op]++;
    check_note_fence(t->check, &t->fence[0], t->cycle);
}

static void fence_ended(struct traffic *t)
{
    t->fence_waits = false;
    t->fence_done = t->cycle;
    t->fence_not_before = t->cycle + 1;
    if (--t->fences_wanted == 0)
        t->fence_not_before += fence_distance(t);
    else if (chance(&t->rng[STREAM_FENCES], 50))
        t->fence_not_before += splitmix_below(&t->rng[STREAM_FENCES], 4);
    t->fence[0] = t->fence[1];
    t->fence[1] = t->fence[2];
    t->seen.fences++;
    check_note_fence_done(t->check, t->cycle);
}

/* While many follow one walk, a fence comes more often. */
static unsigned fence_rate(const struct traffic *t)
{
    return t->phase == PHASE_BURSTS && t->rates.fence > 60 ? 60 : t->rates.fence;
}

void traffic_fence(struct traffic *t)
{
    if (!t->fence_waits) {
        if (t->quiet > 0)
            return;
        if (t->fences_wanted == 0 && one_in(&t->rng[STREAM_FENCES], fence_rate(t)))
            draw_fence(t);
        if (t->fences_wanted == 0 || t->cycle < t->fence_not_before)
            return;
        present_fence(t);
    }
    if (dut_fence(t->dut, &t->fence[0]))
        fence_ended(t);
}

static void pmp_changed(struct traffic *t)
{
    t->pmp = t->pmp_next;
    t->pmp_waits = false;
    t->pmp_not_before = t->cycle + 20; /* what waits is accepted by then */
    t->statistics->pmp_changes++;
    check_note_pmp(t->check, &t->pmp, t->cycle);
    traffic_fence_all(t, t->rates.fence_after_pmp);
}

void traffic_draw_pmp(struct traffic *t, struct mmu_pmp *pmp, traffic_pmp_draw *draw)
{
    const struct mmu_pmp before = *pmp;

    for (unsigned tries = 0; tries < 4; tries++) {
        *pmp = before;
        draw(pmp, &t->pmp_style, &t->world, &t->rng[STREAM_PMP]);
        if (traffic_is_alive(t, pmp))
            return;
    }
}

/* Machine mode sets PMP, and sees it at once. */
static unsigned pmp_rate(const struct traffic *t)
{
    return t->privilege == MMU_M ? (t->rates.pmp + 9) / 10 : t->rates.pmp;
}

void traffic_pmp(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_PMP];

    if (!t->pmp_waits) {
        if (t->quiet > 0 || t->cycle < t->pmp_not_before || !one_in(rng, pmp_rate(t)))
            return;
        t->pmp_next = t->pmp;
        traffic_draw_pmp(t, &t->pmp_next, pmp_change);
        t->pmp_waits = true;
        t->pmp_since = t->cycle;
    }
    if (dut_change_pmp(t->dut, &t->pmp_next))
        pmp_changed(t);
}

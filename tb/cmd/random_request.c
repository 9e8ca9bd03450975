// SPDX-License-Identifier: Apache-2.0
/* The requests of a random run. */
#include "random_traffic.h"

#define CHOICES 12 /* requests looked at for one that is granted */

static bool wants_request(struct traffic *t, enum dut_port port, uint64_t *rng)
{
    static const unsigned percent[PHASES] = {[PHASE_SATURATED] = 100,
                                             [PHASE_BURSTS] = 100,
                                             [PHASE_MIXED] = 50,
                                             [PHASE_IDLE] = 4,
                                             [PHASE_ONE_AT_A_TIME] = 100};

    if (t->accepted + t->port[!port].waits >= t->what->count ||
        !traffic_has(t, port == DUT_FETCH ? RANDOM_FETCH : RANDOM_DATA))
        return false;
    if (t->phase == PHASE_ONE_AT_A_TIME &&
        (check_outstanding(t->check, DUT_FETCH) || check_outstanding(t->check, DUT_DATA) ||
         t->port[!port].waits))
        return false;
    return splitmix_below(rng, 100) < percent[t->phase];
}

/* A tag that is free now; false if there is none. */
static bool free_tag(const struct traffic *t, enum dut_port port, uint64_t *rng, unsigned *tag)
{
    unsigned tags = 1u << dut_parameters(t->dut)->tag_bits;
    uint64_t taken = check_outstanding(t->check, port) | t->port[port].killed;
    unsigned first = splitmix_below(rng, tags);

    for (unsigned i = 0; i < tags; i++) {
        *tag = (first + i) % tags;
        if (!(taken >> *tag & 1))
            return true;
    }
    return false;
}

/* Mostly that of the phase; M-mode, which translates nothing, is rare. */
static enum mmu_privilege any_privilege(const struct traffic *t, uint64_t *rng)
{
    unsigned draw = splitmix_below(rng, 32);

    if (draw == 0)
        return MMU_M;
    return draw > 8 ? t->privilege : draw > 4 ? MMU_U : MMU_S;
}

static void draw_access(struct traffic *t, enum dut_port port, struct dut_request *request,
                        uint64_t *rng)
{
    request->access = port == DUT_FETCH ? MMU_FETCH : 1 + splitmix_below(rng, 3);
    if (port == DUT_DATA && t->exotic_kinds > 0 && chance(rng, t->rates.exotic))
        request->access = t->exotic[splitmix_below(rng, t->exotic_kinds)];
    switch (request->access) {
    case MMU_AMO:
    case MMU_SS_SWAP:
        request->size = 4u << splitmix_below(rng, 2);
        break;
    case MMU_SS_PUSH:
    case MMU_SS_CHECK:
        request->size = world_pte_bytes(&t->world); /* XLEN */
        break;
    case MMU_CBO_MANAGE:
    case MMU_CBO_ZERO:
    case MMU_PREFETCH:
        request->size = t->block;
        break;
    default:
        request->size = 1u << splitmix_below(rng, 4);
    }
}

uint64_t traffic_va(struct traffic *t, uint64_t *rng)
{
    const struct mmu_config *model = &t->world.model;
    uint64_t va = 0;

    if (splitmix_below(rng, 8) == 0) /* once more what was asked last */
        return t->port[splitmix_below(rng, DUT_PORTS)].request.va;
    for (unsigned tries = 0; tries < 4; tries++) {
        unsigned page = splitmix_below(rng, 4) ? t->hot + splitmix_below(rng, t->hot_pages)
                                               : splitmix_below(rng, t->world.vas);
        va = world_va(&t->world, page, rng);
        if (model->svnapot && chance(rng, 25)) /* another of the 64 KiB around it */
            va ^= splitmix_below(rng, 16) << MMU_PAGE_SHIFT;
        if (mmu_canonical(model, mmu_satp_levels(model, t->context.satp), va) ||
            splitmix_below(rng, 16) == 0)
            break;
    }
    return va;
}

/* One of the pages that PMP is likely to have something to say about. */
static uint64_t known_page(struct traffic *t, uint64_t *rng)
{
    uint64_t page = world_any_target(&t->world, rng) >> MMU_PAGE_SHIFT;

    if (chance(rng, 20))
        page = t->world.frame[splitmix_below(rng, t->world.frames)];
    else if (chance(rng, 20))
        page = world_page_ppn(&t->world, splitmix_below(rng, t->world.pages));
    return t->world.model.xlen == 32 ? (uint32_t)(page << MMU_PAGE_SHIFT) : page << MMU_PAGE_SHIFT;
}

/* Where PMP has something to say: the address itself where none is translated, else its offset in
 * the page. */
static uint64_t near_edge(struct traffic *t, const struct mmu_context *view, uint64_t va,
                          uint64_t *rng)
{
    bool translated = mmu_levels_in_force(&t->world.model, view) > 0;

    if (t->world.model.pmp_entries == 0 || !chance(rng, translated ? 25 : 85))
        return va;
    uint64_t edge = pmp_edge(&t->pmp, &t->world, rng);
    if (!translated && chance(rng, 50))
        return edge;
    return ((translated ? va : known_page(t, rng)) & ~UINT64_C(0xfff)) | (edge & 0xfff);
}

/* A tag in the bits that pointer masking ignores. */
static uint64_t tagged(const struct mmu_context *view, uint64_t va, uint64_t *rng)
{
    if (view->pmlen == 0 || !chance(rng, 50))
        return va;
    uint64_t mask = UINT64_MAX << (64 - view->pmlen);
    return (va & ~mask) | (splitmix_next(rng) & mask);
}

static uint64_t aligned(const struct dut_request *request, uint64_t va)
{
    bool block = request->access >= MMU_CBO_MANAGE; /* any address within it will do */

    return block ? va : va & ~(uint64_t)(request->size - 1);
}

static uint64_t any_address(struct traffic *t, const struct mmu_context *view,
                            const struct dut_request *request, uint64_t *rng)
{
    return aligned(request, tagged(view, near_edge(t, view, traffic_va(t, rng), rng), rng));
}

static bool would_grant(struct traffic *t, const struct mmu_context *view,
                        const struct dut_request *request)
{
    const struct mmu_memory memory = traffic_peek(t);
    const struct mmu_request asked = {request->va, request->access, request->size};
    struct mmu_answer answer;

    return mmu_translate(&t->world.model, view, &memory, &asked, &answer) == MMU_GRANTED;
}

static void draw_any(struct traffic *t, enum dut_port port, struct dut_request *request,
                     uint64_t *rng)
{
    draw_access(t, port, request, rng);
    request->privilege = any_privilege(t, rng);
    const struct mmu_context view = traffic_view(t, request->privilege);
    request->va = any_address(t, &view, request, rng);
}

/* Up to the seed's percentage a request that is granted, since only those fill a TLB. */
static void draw_granted(struct traffic *t, enum dut_port port, struct dut_request *request,
                         uint64_t *rng)
{
    for (unsigned tries = 0; tries < CHOICES; tries++) {
        const struct mmu_context view = traffic_view(t, request->privilege);
        if (would_grant(t, &view, request))
            return;
        if (tries % 4 == 3)
            draw_any(t, port, request, rng);
        else
            request->va = any_address(t, &view, request, rng);
    }
}

static bool draw_request(struct traffic *t, enum dut_port port, struct dut_request *request)
{
    uint64_t *rng = &t->rng[STREAM_FETCH + port];

    if (!wants_request(t, port, rng) || !free_tag(t, port, rng, &request->tag))
        return false;
    draw_any(t, port, request, rng);
    request->speculative = chance(rng, t->rates.speculative);
    if (t->probes) {
        traffic_probe(t, port, request);
    } else if (traffic_in_burst(t, port)) {
        request->va = aligned(request, traffic_follow(t, port, rng));
    } else {
        if (chance(rng, t->rates.grant))
            draw_granted(t, port, request, rng);
        traffic_begin_burst(t, port, request->va, rng);
    }
    return true;
}

void traffic_request(struct traffic *t, enum dut_port port)
{
    struct dut_request *request = &t->port[port].request;

    if (!t->port[port].waits && !draw_request(t, port, request))
        return;
    t->port[port].waits = !dut_submit(t->dut, port, request);
    if (t->port[port].waits) {
        check_note_refusal(t->check, port, t->cycle);
        return;
    }
    check_note_accept(t->check, port, request, &t->context, t->cycle);
    t->accepted++;
    t->seen.accepted++;
    t->statistics->accepted++;
}

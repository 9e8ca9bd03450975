// SPDX-License-Identifier: Apache-2.0
/* The stimuli of a random run. */
#include "random_traffic.h"
#include "mmu_pte.h"

#include <string.h>

static bool is_on(const struct traffic *t, enum random_class class)
{
    return !(t->what->without >> class & 1);
}

static bool one_in(uint64_t *rng, unsigned n)
{
    return n > 0 && splitmix_below(rng, n) == 0;
}

static unsigned pick(uint64_t *rng, const unsigned *from, unsigned count)
{
    return from[splitmix_below(rng, count)];
}

static void draw_timing(struct traffic *t)
{
    static const unsigned longest[] = {1, 1, 1, 2, 3, 5, 8, 12, 20, 40};
    static const unsigned stalls[] = {0, 0, 0, 20, 50, 80};
    uint64_t *rng = &t->rng[STREAM_PHASE];

    t->timing.latency_max = pick(rng, longest, 10);
    t->timing.latency_min = splitmix_below(rng, 2) ? 1 + splitmix_below(rng, t->timing.latency_max)
                                                   : t->timing.latency_max;
    t->timing.stall_percent = pick(rng, stalls, 6);
    t->timing.seed = splitmix_next(rng);
    if (!is_on(t, RANDOM_LATENCY))
        t->timing.latency_min = t->timing.latency_max = 1;
    if (!is_on(t, RANDOM_STALLS))
        t->timing.stall_percent = 0;
}

static void draw_rates(struct traffic *t)
{
    static const unsigned context[] = {0, 2000, 200, 40, 10, 2};
    static const unsigned kill[] = {0, 0, 0, 5000, 500, 500, 50, 12};
    static const unsigned store[] = {0, 2000, 300, 80, 15};
    static const unsigned fence[] = {10000, 3000, 800, 200, 30};
    static const unsigned after[] = {0, 20, 70, 100};
    static const unsigned grants[] = {0, 60, 90, 98};
    static const unsigned satps[] = {10, 40, 90};
    static const unsigned errors[] = {0, 0, 1, 10};
    uint64_t *rng = &t->rng[STREAM_PHASE];

    t->context_rate = pick(rng, context, 6);
    t->kill_rate = pick(rng, kill, 8);
    t->store_rate = pick(rng, store, 5);
    t->fence_rate = pick(rng, fence, 5);
    t->fence_after = pick(rng, after, 4);
    t->grant_percent = pick(rng, grants, 4);
    t->satp_percent = pick(rng, satps, 3);
    t->error_permille = pick(rng, errors, 4);
    if (!is_on(t, RANDOM_KILLS))
        t->kill_rate = 0;
    if (!is_on(t, RANDOM_STORES))
        t->store_rate = 0;
    if (!is_on(t, RANDOM_FENCES))
        t->fence_rate = t->fence_after = 0;
    if (!is_on(t, RANDOM_ERRORS))
        t->error_permille = 0;
}

static void draw_context(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_CONTEXT];

    bool bare = mmu_satp_levels(&t->world.model, t->context.satp) == 0;

    if (bare || splitmix_below(rng, 100) < t->satp_percent)
        t->context.satp = world_satp(&t->world, rng);
    t->context.sum = splitmix_below(rng, 2);
    t->context.mxr = splitmix_below(rng, 2);
}

bool traffic_open(struct traffic *t, struct dut *dut, const struct random_case *what,
                  struct random_statistics *statistics)
{
    const struct dut_parameters *p = dut_parameters(dut);
    const struct mmu_config model = {.xlen = p->xlen, .levels = p->levels, .pa_bits = p->pa_bits};
    uint64_t seed = what->seed;

    *t = (struct traffic){.dut = dut, .what = what, .statistics = statistics};
    for (unsigned i = 0; i < STREAMS; i++)
        t->rng[i] = splitmix_next(&seed);
    draw_timing(t);
    draw_rates(t);
    if (!world_open(&t->world, &model, p->asid_bits, what->modes, splitmix_next(&seed)))
        return false;
    if (splitmix_below(&t->rng[STREAM_KILLS], 2))
        t->spared = UINT64_C(1) << splitmix_below(&t->rng[STREAM_KILLS], 1u << p->tag_bits);
    t->context.satp = t->world.satp[0];
    draw_context(t);
    return true;
}

void traffic_close(struct traffic *t)
{
    world_close(&t->world);
}

void traffic_phase(struct traffic *t)
{
    static const unsigned phases[] = {PHASE_SATURATED,     PHASE_SATURATED, PHASE_SATURATED,
                                      PHASE_MIXED,         PHASE_MIXED,     PHASE_ONE_AT_A_TIME,
                                      PHASE_ONE_AT_A_TIME, PHASE_IDLE};
    static const unsigned hot_pages[] = {3, 6, 20, 60};
    uint64_t *rng = &t->rng[STREAM_PHASE];

    t->port[DUT_FETCH].killed = t->port[DUT_DATA].killed = 0;
    if (t->cycle < t->phase_ends)
        return;
    t->phase = pick(rng, phases, sizeof phases / sizeof *phases);
    t->phase_ends = t->cycle + 20 + splitmix_below(rng, 400);
    t->hot_pages = pick(rng, hot_pages, sizeof hot_pages / sizeof *hot_pages);
    t->hot = splitmix_below(rng, t->world.vas);
    if (splitmix_below(rng, 8) == 0)
        draw_rates(t);
    t->privilege = splitmix_below(rng, 100) < t->world.user ? MMU_U : MMU_S;
}

/* What an operating system does that gives an ASID to another root: satp first, then the fence. */
static void want_recycling_fence(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_FENCES];

    if (t->fence_wanted || t->fence_waits || splitmix_below(rng, 100) >= t->fence_after)
        return;
    t->fence = (struct dut_fence){.use_asid = splitmix_below(rng, 4) > 0,
                                  .asid = mmu_satp_asid(&t->world.model, t->context.satp)};
    t->fence_wanted = true;
}

/* Bare, in which every request is answered at once, would have most of them: it does not stay. */
static unsigned context_rate(const struct traffic *t)
{
    bool bare = mmu_satp_levels(&t->world.model, t->context.satp) == 0;

    return bare && (t->context_rate == 0 || t->context_rate > 20) ? 20 : t->context_rate;
}

void traffic_context(struct traffic *t)
{
    uint64_t before = t->context.satp;

    if (t->cycle > 0 && is_on(t, RANDOM_CONTEXTS) &&
        one_in(&t->rng[STREAM_CONTEXT], context_rate(t))) {
        draw_context(t);
        t->statistics->contexts++;
    }
    dut_set_context(t->dut, &t->context);
    check_note_context(t->check, &t->context, t->cycle);
    if (t->context.satp != before)
        want_recycling_fence(t);
}

void traffic_kill(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_KILLS];

    for (unsigned port = 0; port < DUT_PORTS; port++) {
        if (!one_in(rng, t->kill_rate) || t->accepted >= t->what->count)
            continue; /* what was asked last is to be answered */
        uint64_t live = check_outstanding(t->check, port);
        uint64_t all = (UINT64_C(1) << (1u << dut_parameters(t->dut)->tag_bits)) - 1;
        uint64_t tags = (splitmix_below(rng, 2) ? all : splitmix_next(rng) & all) & ~t->spared;
        t->port[port].killed = tags;
        t->statistics->kills++;
        t->statistics->killed += __builtin_popcountll(tags & live);
        dut_kill(t->dut, port, tags);
        check_note_kill(t->check, port, tags, t->cycle);
    }
}

/* A page of the part in use, mostly; mostly one that satp.MODE can reach. */
static uint64_t any_va(struct traffic *t, uint64_t *rng)
{
    const struct mmu_config *model = &t->world.model;
    uint64_t va = 0;

    if (splitmix_below(rng, 8) == 0) /* once more what was asked last */
        return t->port[splitmix_below(rng, DUT_PORTS)].request.va;
    for (unsigned tries = 0; tries < 4; tries++) {
        unsigned page = splitmix_below(rng, 4) ? t->hot + splitmix_below(rng, t->hot_pages)
                                               : splitmix_below(rng, t->world.vas);
        va = world_va(&t->world, page, rng);
        if (mmu_canonical(model, mmu_satp_levels(model, t->context.satp), va) ||
            splitmix_below(rng, 16) == 0)
            break;
    }
    return va;
}

static bool model_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct traffic *t = user;

    return world_read(&t->world, pa, bytes, value);
}

/* The fence that an operating system gives after changing this PTE; sometimes another. */
static void want_fence(struct traffic *t, uint64_t satp, uint64_t va, const struct mmu_step *step)
{
    uint64_t *rng = &t->rng[STREAM_FENCES];
    unsigned asid = mmu_satp_asid(&t->world.model, satp);
    bool leaf = step->level == 0 || step->pte & (MMU_PTE_R | MMU_PTE_X);

    if (t->fence_wanted || t->fence_waits || splitmix_below(rng, 100) >= t->fence_after)
        return;
    t->fence = (struct dut_fence){
        .use_va = leaf, .va = va, .use_asid = splitmix_below(rng, 2), .asid = asid};
    t->fence_wanted = true;
}

/* The PTE to be changed: one that the walk of some address reads, mostly the last. */
struct target {
    uint64_t satp, va;
    bool race; /* that of an address asked last: its walk may be on its way */
    struct mmu_step step;
};

static bool pick_target(struct traffic *t, struct target *target)
{
    uint64_t *rng = &t->rng[STREAM_STORES];
    const struct mmu_memory memory = {.user = t, .read = model_read};
    struct mmu_answer walk;

    *target = (struct target){
        .satp = t->context.satp, .va = any_va(t, rng), .race = splitmix_below(rng, 2)};
    if (target->race)
        target->va = t->port[splitmix_below(rng, DUT_PORTS)].request.va;
    else if (splitmix_below(rng, 4) == 0) /* tables that are not in use now */
        target->satp = world_satp(&t->world, rng);
    const struct mmu_context context = {.satp = target->satp, .privilege = MMU_S};
    const struct mmu_request request = {.va = target->va, .access = MMU_LOAD, .size = 1};
    mmu_translate(&t->world.model, &context, &memory, &request, &walk);
    if (walk.steps == 0)
        return false;
    target->step =
        walk.step[splitmix_below(rng, 3) ? walk.steps - 1 : splitmix_below(rng, walk.steps)];
    return true;
}

void traffic_store(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_STORES];
    unsigned bytes = t->world.model.xlen == 32 ? 4 : 8;
    struct target target;

    if (!one_in(rng, t->store_rate) || !pick_target(t, &target))
        return;
    const struct mmu_step *step = &target.step;
    uint64_t value = world_pte(&t->world, step->level, step->pte, rng);
    check_note_store(t->check, step->pte_pa, bytes, value, t->cycle);
    world_write(&t->world, step->pte_pa, value);
    t->statistics->stores++;
    want_fence(t, target.satp, target.va, step);
    uint64_t soon = t->fence_done + traffic_walk_cycles(t);
    if (target.race && t->fence_wanted && t->fence_not_before > soon)
        t->fence_not_before = soon;
}

/* Any of the four forms, with bits that do not count set at random. */
static void draw_fence(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_FENCES];
    uint64_t satp = splitmix_below(rng, 2) ? t->context.satp : world_satp(&t->world, rng);
    unsigned asid_max = t->world.model.xlen == 32 ? 9 : 16;
    unsigned unused = ((1u << asid_max) - 1) & ~((1u << t->world.asid_bits) - 1);

    t->fence = (struct dut_fence){
        .use_va = splitmix_below(rng, 2),
        .use_asid = splitmix_below(rng, 2),
        .va = any_va(t, rng),
        .asid = mmu_satp_asid(&t->world.model, satp) | (splitmix_next(rng) & unused),
    };
    t->fence_wanted = true;
}

unsigned traffic_walk_cycles(const struct traffic *t)
{
    return t->world.model.levels * (t->timing.latency_max + 2) * 100 /
           (100 - t->timing.stall_percent);
}

/* Fences keep a distance that lets the walks between them end: each makes older walks begin
 * again. */
static uint64_t fence_distance(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_FENCES];
    unsigned walk =
        t->world.model.levels * (t->timing.latency_max + 2) * 100 / (100 - t->timing.stall_percent);

    return splitmix_below(rng, 4) ? splitmix_below(rng, 4 * walk) : splitmix_below(rng, walk);
}

void traffic_fence(struct traffic *t)
{
    if (!t->fence_waits) {
        if (t->quiet > 0)
            return;
        if (!t->fence_wanted && one_in(&t->rng[STREAM_FENCES], t->fence_rate))
            draw_fence(t);
        if (!t->fence_wanted || t->cycle < t->fence_not_before)
            return;
        t->fence_wanted = false;
        t->fence_waits = true;
        t->statistics->fences[t->fence.use_va + 2 * t->fence.use_asid]++;
        check_note_fence(t->check, &t->fence, t->cycle);
    }
    if (dut_fence(t->dut, &t->fence)) {
        t->fence_waits = false;
        t->fence_done = t->cycle;
        t->fence_not_before = t->cycle + 1 + fence_distance(t);
        check_note_fence_done(t->check, t->cycle);
    }
}

static bool wants_request(struct traffic *t, enum dut_port port, uint64_t *rng)
{
    static const unsigned percent[PHASES] = {
        [PHASE_SATURATED] = 100, [PHASE_MIXED] = 50, [PHASE_IDLE] = 4, [PHASE_ONE_AT_A_TIME] = 100};

    if (t->accepted + t->port[!port].waits >= t->what->count ||
        !is_on(t, port == DUT_FETCH ? RANDOM_FETCH : RANDOM_DATA))
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

/* Whether the access would be granted by the memory of now. */
static bool would_grant(struct traffic *t, const struct dut_request *request)
{
    const struct mmu_memory memory = {.user = t, .read = model_read};
    const struct mmu_context context = {.satp = t->context.satp,
                                        .privilege = request->privilege,
                                        .sum = t->context.sum,
                                        .mxr = t->context.mxr};
    const struct mmu_request asked = {request->va, request->access, request->size};
    struct mmu_answer answer;

    return mmu_translate(&t->world.model, &context, &memory, &asked, &answer) == MMU_GRANTED;
}

/* An address; up to the seed's percentage one that is granted, since only those fill a TLB. */
static void draw_va(struct traffic *t, struct dut_request *request, uint64_t *rng)
{
    bool choosy = splitmix_below(rng, 100) < t->grant_percent;

    for (unsigned tries = 0; tries < (choosy ? 6 : 1); tries++) {
        request->va = any_va(t, rng) & ~(uint64_t)(request->size - 1);
        if (choosy && would_grant(t, request))
            return;
    }
}

static bool draw_request(struct traffic *t, enum dut_port port, struct dut_request *request)
{
    uint64_t *rng = &t->rng[STREAM_FETCH + port];

    if (!wants_request(t, port, rng) || !free_tag(t, port, rng, &request->tag))
        return false;
    request->access = port == DUT_FETCH ? MMU_FETCH : 1 + splitmix_below(rng, 3);
    request->size =
        request->access == MMU_AMO ? 4u << splitmix_below(rng, 2) : 1u << splitmix_below(rng, 4);
    request->privilege = any_privilege(t, rng);
    request->speculative = splitmix_below(rng, 8) == 0;
    draw_va(t, request, rng);
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
    t->statistics->accepted++;
}

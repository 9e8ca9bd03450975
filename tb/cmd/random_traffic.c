// SPDX-License-Identifier: Apache-2.0
/* What a random run is like: world, straps, rates, phases; and its contexts and kills. */
#include "random_traffic.h"

#include <string.h>

#define CHOICES 4 /* looked at for one that is good */

bool traffic_has(const struct traffic *t, enum random_class class)
{
    return !(t->what->without >> class & 1);
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
    if (!traffic_has(t, RANDOM_LATENCY))
        t->timing.latency_min = t->timing.latency_max = 1;
    if (!traffic_has(t, RANDOM_STALLS))
        t->timing.stall_percent = 0;
}

/* Those of the features, from other streams than those that every build uses. */
static void draw_feature_rates(struct traffic *t)
{
    static const unsigned environment[] = {1, 10, 60}, race[] = {0, 10, 50, 90};
    static const unsigned pmp_after[] = {10, 60, 100};
    static const unsigned exotic[] = {0, 15, 60}, speculative[] = {0, 12, 60};
    static const unsigned pmp[] = {0, 6000, 1500, 300}, probe[] = {1, 10, 40};
    struct rates *r = &t->rates;

    r->environment = pick(&t->rng[STREAM_RACES], environment, 3);
    r->race = pick(&t->rng[STREAM_RACES], race, 4);
    r->exotic = pick(&t->rng[STREAM_RACES], exotic, 3);
    r->speculative = pick(&t->rng[STREAM_RACES], speculative, 3);
    r->probe = pick(&t->rng[STREAM_PROBES], probe, 3);
    r->pmp = pick(&t->rng[STREAM_PMP], pmp, 4);
    r->fence_after_pmp = pick(&t->rng[STREAM_PMP], pmp_after, 3);
    if (!traffic_has(t, RANDOM_STORES))
        r->probe = 0;
    if (!traffic_has(t, RANDOM_RACES) || !t->world.svadu)
        r->race = 0;
    if (!traffic_has(t, RANDOM_PMP) || t->world.model.pmp_entries == 0)
        r->pmp = 0;
}

static void draw_rates(struct traffic *t)
{
    static const unsigned context[] = {0, 2000, 200, 40, 10, 2, 1};
    static const unsigned kill[] = {0, 0, 0, 5000, 500, 500, 50, 12};
    static const unsigned store[] = {0, 2000, 300, 80, 15};
    static const unsigned fence[] = {10000, 3000, 800, 200, 30};
    static const unsigned after[] = {0, 20, 70, 100};
    static const unsigned grants[] = {0, 60, 90, 98};
    static const unsigned satps[] = {10, 40, 90};
    static const unsigned errors[] = {0, 0, 1, 10};
    uint64_t *rng = &t->rng[STREAM_PHASE];
    struct rates *r = &t->rates;

    r->context = pick(rng, context, 7);
    r->kill = pick(rng, kill, 8);
    r->store = pick(rng, store, 5);
    r->fence = pick(rng, fence, 5);
    r->fence_after = pick(rng, after, 4);
    r->grant = pick(rng, grants, 4);
    r->satp = pick(rng, satps, 3);
    r->error = pick(rng, errors, 4);
    if (!traffic_has(t, RANDOM_KILLS))
        r->kill = 0;
    if (!traffic_has(t, RANDOM_STORES))
        r->store = 0;
    if (!traffic_has(t, RANDOM_FENCES))
        r->fence = 0;
    if (!traffic_has(t, RANDOM_ERRORS))
        r->error = 0;
    draw_feature_rates(t);
}

static unsigned any_pmm(uint64_t *rng)
{
    static const unsigned values[] = {0, 0, 2, 3};

    return pick(rng, values, 4);
}

bool traffic_is_alive(struct traffic *t, const struct mmu_pmp *pmp)
{
    const struct mmu_memory memory = traffic_peek(t);
    struct mmu_context view = traffic_view(t, t->privilege == MMU_M ? MMU_S : t->privilege);
    struct mmu_answer answer;

    view.sum = view.mxr = true;
    view.pmp = pmp;
    for (unsigned tries = 0; tries < 2 * CHOICES; tries++) {
        const struct mmu_request request = {traffic_va(t, &t->rng[STREAM_CONTEXT]) & ~UINT64_C(7),
                                            MMU_LOAD, 1};
        if (mmu_translate(&t->world.model, &view, &memory, &request, &answer) == MMU_GRANTED)
            return true;
    }
    return false;
}

/* The CSRs that seldom change, and only where the build has them: each in so many percent. */
static void draw_environment(struct traffic *t, unsigned percent)
{
    const struct dut_parameters *p = dut_parameters(t->dut);
    uint64_t *rng = &t->rng[STREAM_CONTEXT];
    struct dut_context *c = &t->context;

    if (p->svadu && chance(rng, percent))
        c->adue = chance(rng, 75);
    if (p->svpbmt && chance(rng, percent))
        c->pbmte = chance(rng, 75);
    if (p->zicfiss && chance(rng, percent))
        c->sse = chance(rng, 75);
    if (p->pointer_masking && chance(rng, percent))
        c->pmm_u = any_pmm(rng);
    if (p->pointer_masking && chance(rng, percent))
        c->pmm_s = any_pmm(rng);
    if (p->pointer_masking && chance(rng, percent))
        c->pmm_m = any_pmm(rng);
    c->sbe = t->root->big ^ (p->big_endian && chance(rng, 3)); /* rarely the wrong byte order */
}

/* Mostly one of three, so that what was cached for them is met again. */
static const struct world_root *near_root(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_CONTEXT];

    if (chance(rng, 40))
        return world_any_root(&t->world, rng);
    return &t->world.root[(t->hot_root + splitmix_below(rng, 3)) % t->world.roots];
}

/* One that leads somewhere, if a few looks find it and it is to stay for long enough to be worth
 * them. */
static void draw_root(struct traffic *t)
{
    bool stays = t->rates.context == 0 || t->rates.context >= 40;

    for (unsigned tries = 0; tries < CHOICES; tries++) {
        t->root = near_root(t);
        t->context.satp = t->root->satp;
        t->context.sbe = t->root->big;
        if (!stays || traffic_is_alive(t, &t->pmp))
            return;
    }
}

static void draw_context(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_CONTEXT];
    bool bare = mmu_satp_levels(&t->world.model, t->context.satp) == 0;

    if (bare || chance(rng, t->rates.satp))
        draw_root(t);
    t->context.sum = splitmix_below(rng, 2);
    t->context.mxr = splitmix_below(rng, 2);
    draw_environment(t, t->rates.environment);
}

/* What the design admits to, for the whole run. */
static void draw_straps(struct traffic *t, struct mmu_config *model)
{
    static const unsigned coarser[] = {0, 0, 0, 1, 2, 3, 8, 10, 12};
    const struct dut_parameters *p = dut_parameters(t->dut);
    uint64_t *rng = &t->rng[STREAM_PMP];
    struct dut_straps straps = {
        .svnapot = p->svnapot && chance(rng, 80),
        .svrsw60t59b = p->svrsw60t59b && chance(rng, 70),
        .pmp_count = chance(rng, 50) ? p->pmp_entries : splitmix_below(rng, p->pmp_entries + 1),
        .pmp_grain = p->pmp_grain + (p->pmp_entries ? pick(rng, coarser, 9) : 0),
    };

    *model = (struct mmu_config){.xlen = p->xlen,
                                 .levels = p->levels,
                                 .pa_bits = p->pa_bits,
                                 .svnapot = straps.svnapot,
                                 .svpbmt = p->svpbmt,
                                 .svrsw60t59b = straps.svrsw60t59b,
                                 .pmp_entries = straps.pmp_count,
                                 .pmp_grain = straps.pmp_grain};
    dut_set_straps(t->dut, &straps);
}

static void list_exotic(struct traffic *t)
{
    const struct dut_parameters *p = dut_parameters(t->dut);

    for (enum mmu_access access = MMU_SS_PUSH; access < MMU_ACCESSES; access++)
        if (access < MMU_CBO_MANAGE ? p->zicfiss : p->zicbo)
            t->exotic[t->exotic_kinds++] = access;
    t->block = 16u << splitmix_below(&t->rng[STREAM_RACES], 3);
}

bool traffic_open(struct traffic *t, struct dut *dut, const struct random_case *what,
                  struct random_statistics *statistics)
{
    static const unsigned resets[] = {0, 0, 20000, 4000};
    const struct dut_parameters *p = dut_parameters(dut);
    struct mmu_config model;
    uint64_t seed = what->seed;

    *t = (struct traffic){.dut = dut, .what = what, .statistics = statistics};
    for (unsigned i = 0; i < STREAMS; i++)
        t->rng[i] = splitmix_next(&seed);
    draw_timing(t);
    draw_straps(t, &model);
    if (!world_open(&t->world, &model, p, what->modes, splitmix_next(&seed)))
        return false;
    draw_rates(t);
    list_exotic(t);
    pmp_draw_style(&t->pmp_style, !traffic_has(t, RANDOM_PMP), &t->rng[STREAM_PMP]);
    if (traffic_has(t, RANDOM_RESETS))
        t->rates.reset = pick(&t->rng[STREAM_RESETS], resets, 4);
    if (splitmix_below(&t->rng[STREAM_KILLS], 2))
        t->spared = UINT64_C(1) << splitmix_below(&t->rng[STREAM_KILLS], 1u << p->tag_bits);
    t->root = &t->world.root[0];
    draw_environment(t, 100);
    draw_context(t);
    traffic_draw_pmp(t, &t->pmp, pmp_draw);
    return true;
}

void traffic_close(struct traffic *t)
{
    world_close(&t->world);
}

void traffic_restart(struct traffic *t, bool new_pmp)
{
    t->before += t->cycle;
    t->cycle = t->phase_ends = 0;
    t->pmp_waits = t->fence_waits = false;
    t->fences_wanted = t->fences_near = 0;
    t->fence_done = t->fence_not_before = t->pmp_not_before = 0;
    memset(t->raced, 0, sizeof t->raced);
    memset(&t->seen, 0, sizeof t->seen);
    t->probed.due = 0;
    if (new_pmp)
        traffic_draw_pmp(t, &t->pmp, pmp_draw);
    world_stir(&t->world, &t->rng[STREAM_RESETS]);
    memset(t->port, 0, sizeof t->port);
}

void traffic_phase(struct traffic *t)
{
    static const unsigned phases[] = {PHASE_SATURATED,    PHASE_SATURATED, PHASE_SATURATED,
                                      PHASE_BURSTS,       PHASE_BURSTS,    PHASE_MIXED,
                                      PHASE_MIXED,        PHASE_IDLE,      PHASE_ONE_AT_A_TIME,
                                      PHASE_ONE_AT_A_TIME};
    static const unsigned hot_pages[] = {3, 6, 20, 60};
    uint64_t *rng = &t->rng[STREAM_PHASE];

    t->port[DUT_FETCH].killed = t->port[DUT_DATA].killed = 0;
    if (t->cycle < t->phase_ends)
        return;
    t->phase = pick(rng, phases, sizeof phases / sizeof *phases);
    t->phase_ends = t->cycle + 20 + splitmix_below(rng, 400);
    t->hot_pages = pick(rng, hot_pages, sizeof hot_pages / sizeof *hot_pages);
    t->hot = splitmix_below(rng, t->world.vas);
    t->port[DUT_FETCH].burst.left = t->port[DUT_DATA].burst.left = 0;
    if (splitmix_below(rng, 8) == 0)
        t->hot_root = splitmix_below(rng, t->world.roots);
    if (splitmix_below(rng, 8) == 0)
        draw_rates(t);
    t->privilege = splitmix_below(rng, 100) < t->world.user ? MMU_U : MMU_S;
    if (t->world.model.pmp_entries > 0 && splitmix_below(rng, 6) == 0)
        t->privilege = MMU_M;
}

/* Bare, in which every request is answered at once, would have most of them: it does not stay. */
static unsigned context_rate(const struct traffic *t)
{
    bool bare = mmu_satp_levels(&t->world.model, t->context.satp) == 0;

    return bare && (t->rates.context == 0 || t->rates.context > 20) ? 20 : t->rates.context;
}

/* Between requests for one page: SUM or MXR alone. */
static void change_status(struct traffic *t)
{
    unsigned draw = splitmix_below(&t->rng[STREAM_CONTEXT], 12);

    t->context.sum ^= draw == 0;
    t->context.mxr ^= draw == 1;
}

void traffic_context(struct traffic *t)
{
    uint64_t before = t->context.satp;

    if (t->cycle > 0 && traffic_has(t, RANDOM_CONTEXTS) &&
        one_in(&t->rng[STREAM_CONTEXT], context_rate(t))) {
        draw_context(t);
        t->statistics->contexts++;
    }
    if (t->phase == PHASE_BURSTS && traffic_has(t, RANDOM_CONTEXTS))
        change_status(t);
    traffic_draw_probe(t);
    dut_set_context(t->dut, &t->context);
    check_note_context(t->check, &t->context, t->cycle);
    if (t->context.satp != before)
        traffic_fence_asid(t);
}

/* All tags, any of them, or one that is outstanding. */
static uint64_t draw_tags(struct traffic *t, uint64_t live)
{
    uint64_t *rng = &t->rng[STREAM_KILLS];
    uint64_t all = (UINT64_C(1) << (1u << dut_parameters(t->dut)->tag_bits)) - 1;
    unsigned draw = splitmix_below(rng, 4), skip = splitmix_below(rng, 4);

    if (draw < 2)
        return draw == 0 ? all : splitmix_next(rng) & all;
    while (skip-- > 0 && (live & (live - 1)))
        live &= live - 1;
    return live & -live;
}

/* Those who follow a walk, and the one whose walk it is, are killed more often. */
static unsigned kill_rate(const struct traffic *t)
{
    return t->phase == PHASE_BURSTS && t->rates.kill > 30 ? 30 : t->rates.kill;
}

void traffic_kill(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_KILLS];

    for (unsigned port = 0; port < DUT_PORTS; port++) {
        if (!one_in(rng, kill_rate(t)) || t->accepted >= t->what->count)
            continue; /* what was asked last is to be answered */
        uint64_t live = check_outstanding(t->check, port);
        uint64_t tags = draw_tags(t, live & ~t->spared) & ~t->spared;
        t->port[port].killed = tags;
        t->statistics->kills++;
        t->statistics->killed += __builtin_popcountll(tags & live);
        dut_kill(t->dut, port, tags);
        check_note_kill(t->check, port, tags, t->cycle);
    }
}

struct mmu_context traffic_view(const struct traffic *t, enum mmu_privilege privilege)
{
    static const unsigned pmlen[] = {[2] = 7, [3] = 16};
    const struct dut_context *c = &t->context;
    unsigned pmm = privilege == MMU_U ? c->pmm_u : privilege == MMU_S ? c->pmm_s : c->pmm_m;

    return (struct mmu_context){.satp = c->satp,
                                .privilege = privilege,
                                .sum = c->sum,
                                .mxr = c->mxr,
                                .adue = c->adue,
                                .pbmte = c->pbmte,
                                .sse = c->sse,
                                .sbe = c->sbe,
                                .pmlen = pmlen[pmm],
                                .pmp = &t->pmp};
}

static bool peek_read(void *user, uint64_t pa, unsigned bytes, uint64_t *word)
{
    const struct traffic *t = user;

    return world_read(&t->world, pa, bytes, word);
}

static bool peek_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                      uint64_t *found)
{
    (void)desired;
    *found = expected;
    return peek_read(user, pa, bytes, &expected);
}

struct mmu_memory traffic_peek(struct traffic *t)
{
    return (struct mmu_memory){.user = t, .read = peek_read, .compare_and_swap = peek_swap};
}

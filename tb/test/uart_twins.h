// SPDX-License-Identifier: Apache-2.0
/* Two designs that should be the same, asked the same in each cycle: contexts, requests, kills,
 * fences, changes of PMP, resets with other straps, memory that stalls and errs. */
#ifndef UART_TWINS_H
#define UART_TWINS_H

#include "dut.h"
#include "mmu_pte.h"
#include "splitmix.h"

#include <stdio.h>
#include <string.h>

#define TWINS_WORDS 4096

/* One of the two: the words that its memory has changed, and all that it asked of it. */
struct twins_one {
    struct dut *dut;
    uint64_t seed;
    struct {
        uint64_t pa, value;
    } changed[TWINS_WORDS];
    unsigned count;
    uint64_t asked; /* a hash */
};

struct twins {
    struct twins_one one[2];
    const struct dut_parameters *p;
    uint64_t rng;
    uint64_t busy[DUT_PORTS]; /* tags */
    bool waits[DUT_PORTS];    /* a request is to be accepted */
    struct dut_request request[DUT_PORTS];
    bool fences, changes;
    struct dut_fence fence;
    struct mmu_pmp pmp;
};

static uint64_t twins_mix(uint64_t a, uint64_t b)
{
    uint64_t state = a ^ b * 0x9e3779b97f4a7c15u;

    return splitmix_next(&state);
}

/* Of 8 bytes: N, of a range that there is, a bit of software's, or a memory type. */
static uint64_t twins_high_bits(uint64_t random)
{
    switch (random & 7) {
    case 0:
        return UINT64_C(1) << 63 | 8 << 10;
    case 1:
        return UINT64_C(1) << (59 + (random >> 3 & 1));
    case 2:
        return UINT64_C(1) << (61 + (random >> 3 & 1));
    default:
        return 0;
    }
}

/* Few pages, as many leaves as pointers, most of them good for something. */
static uint64_t twins_pte(const struct twins_one *one, uint64_t pa, unsigned bytes)
{
    uint64_t random = twins_mix(one->seed, pa);
    bool leaf = random & 1, aligned = random & 2; /* aligned: as a superpage, too */
    uint64_t pte = MMU_PTE_V;

    if (!leaf || !aligned)
        pte |= (random >> 8 & 7) << 10;
    if (leaf)
        pte |= (random >> 16 & 0xff) | MMU_PTE_R | MMU_PTE_W;
    if (bytes == 8 && leaf)
        pte |= twins_high_bits(random >> 32);
    return (random >> 40 & 31) ? pte : pte & ~(uint64_t)MMU_PTE_V;
}

static bool twins_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct twins_one *one = user;

    one->asked = twins_mix(one->asked, pa ^ dut_cycle(one->dut) << 40);
    *value = twins_pte(one, pa, bytes);
    for (unsigned i = 0; i < one->count; i++)
        if (one->changed[i].pa == pa)
            *value = one->changed[i].value;
    return true;
}

static bool twins_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                       uint64_t *found)
{
    struct twins_one *one = user;

    one->asked = twins_mix(one->asked, expected ^ twins_mix(desired, 1));
    twins_read(user, pa, bytes, found);
    if (*found == expected && one->count < TWINS_WORDS) {
        one->changed[one->count].pa = pa;
        one->changed[one->count++].value = desired;
    }
    return true;
}

static bool twins_chance(struct twins *t, unsigned one_in)
{
    return splitmix_below(&t->rng, one_in) == 0;
}

/* Bare, or one of four address spaces, each with its mode and its root. */
static uint64_t twins_satp(struct twins *t)
{
    uint64_t space = splitmix_below(&t->rng, 4);

    if (twins_chance(t, 16))
        return 0;
    if (t->p->xlen == 32)
        return UINT64_C(1) << 31 | (space & 1) << 22 | (space >> 1) << 30 | space;
    return (8 + space % (t->p->levels - 2)) << 60 | (space & 1) << 44 | (space >> 1) << 59 | space;
}

static void twins_context(struct twins *t)
{
    static const unsigned pmm[] = {0, 0, 2, 3};
    uint64_t random = splitmix_next(&t->rng);
    const struct dut_context context = {
        .satp = twins_satp(t),
        .sum = random & 1,
        .mxr = random >> 1 & 1,
        .adue = random >> 2 & 1 && t->p->svadu,
        .pbmte = random >> 3 & 1 && t->p->svpbmt,
        .sse = random >> 4 & 1 && t->p->zicfiss,
        .sbe = (random >> 5 & 31) == 0 && t->p->big_endian,
        .pmm_u = t->p->pointer_masking ? pmm[random >> 16 & 3] : 0,
        .pmm_s = t->p->pointer_masking ? pmm[random >> 18 & 3] : 0,
        .pmm_m = t->p->pointer_masking ? pmm[random >> 20 & 3] : 0,
    };

    for (int i = 0; i < 2; i++)
        dut_set_context(t->one[i].dut, &context);
}

static uint64_t twins_va(struct twins *t, unsigned size)
{
    uint64_t random = splitmix_next(&t->rng), va = random & 0x3fff;

    for (unsigned bit = 21; bit < (t->p->xlen == 32 ? 32 : 48); bit += t->p->xlen == 32 ? 10 : 9)
        va |= (random >> bit & 1) << bit;
    if (t->p->xlen == 64 && (random >> 60) == 0)
        va |= UINT64_MAX << 56; /* a pointer's upper bits */
    return va & ~(uint64_t)(size - 1);
}

static enum mmu_access twins_access(struct twins *t, enum dut_port port)
{
    unsigned most = t->p->zicbo ? MMU_ACCESSES : t->p->zicfiss ? MMU_CBO_MANAGE : MMU_SS_PUSH;

    if (port == DUT_FETCH)
        return MMU_FETCH;
    return (enum mmu_access)(MMU_LOAD + splitmix_below(&t->rng, most - MMU_LOAD));
}

/* A new request, if a tag is free. */
static void twins_request(struct twins *t, enum dut_port port)
{
    static const enum mmu_privilege privilege[] = {MMU_U, MMU_S, MMU_S, MMU_M};
    unsigned tag = (unsigned)splitmix_below(&t->rng, UINT64_C(1) << t->p->tag_bits);
    unsigned size = 1u << splitmix_below(&t->rng, port == DUT_FETCH ? 3 : 4);

    if (t->busy[port] >> tag & 1)
        return;
    t->waits[port] = true;
    t->request[port] = (struct dut_request){
        .tag = tag,
        .va = twins_va(t, size),
        .access = twins_access(t, port),
        .size = size,
        .privilege = privilege[splitmix_below(&t->rng, 4)],
        .speculative = twins_chance(t, 6),
    };
}

static void twins_new_pmp(struct twins *t)
{
    memset(&t->pmp, 0, sizeof t->pmp);
    for (unsigned i = 0; i < t->p->pmp_entries; i++) {
        uint64_t random = splitmix_next(&t->rng);
        bool last = i + 1 == t->p->pmp_entries;
        t->pmp.cfg[i] = last ? 0x1f : random & 0x1f;
        t->pmp.addr[i] = last ? UINT64_MAX : random >> 48;
    }
}

static void twins_reset(struct twins *t)
{
    uint64_t random = splitmix_next(&t->rng);
    const struct dut_straps straps = {
        .svnapot = t->p->svnapot && random & 1,
        .svrsw60t59b = t->p->svrsw60t59b && random >> 1 & 1,
        .pmp_count = t->p->pmp_entries,
        .pmp_grain = t->p->pmp_grain + (random >> 2 & 1),
    };

    for (int i = 0; i < 2; i++) {
        dut_set_straps(t->one[i].dut, &straps);
        dut_reset(t->one[i].dut);
    }
    t->busy[0] = t->busy[1] = 0;
    t->waits[0] = t->waits[1] = t->fences = t->changes = false;
}

/* ---- A cycle, in parts; each gives what differs, or null. */

static void twins_kill(struct twins *t)
{
    for (int port = 0; port < DUT_PORTS; port++) {
        uint64_t tags = splitmix_next(&t->rng) & ((UINT64_C(2) << t->p->tag_bits) - 1);
        tags &= t->busy[port];
        if (!twins_chance(t, 40))
            continue;
        dut_kill(t->one[0].dut, port, tags);
        dut_kill(t->one[1].dut, port, tags);
        t->busy[port] &= ~tags;
    }
}

static const char *twins_answers(struct twins *t)
{
    for (int port = 0; port < DUT_PORTS; port++) {
        struct dut_response a, b;
        bool has = dut_poll(t->one[0].dut, port, &a);

        if (dut_ready(t->one[0].dut, port) != dut_ready(t->one[1].dut, port))
            return "ready";
        if (dut_poll(t->one[1].dut, port, &b) != has)
            return "an answer";
        if (!has)
            continue;
        if (a.tag != b.tag || a.result != b.result || a.pa != b.pa ||
            a.memory_type != b.memory_type || a.page_shift != b.page_shift || a.cause != b.cause ||
            a.tval != b.tval)
            return "what is answered";
        t->busy[port] &= ~(UINT64_C(1) << a.tag);
    }
    return NULL;
}

static const char *twins_fence(struct twins *t)
{
    uint64_t random = splitmix_next(&t->rng);

    if (!t->fences && twins_chance(t, 60)) {
        t->fences = true;
        t->fence = (struct dut_fence){.op = (enum dut_fence_op)(random & 3),
                                      .use_va = random >> 2 & 1,
                                      .use_asid = random >> 3 & 1,
                                      .va = twins_va(t, 4096),
                                      .asid = random >> 32 & (t->p->xlen == 32 ? 0x101 : 0x8001)};
        if (t->fence.op >= DUT_SFENCE_W_INVAL)
            t->fence.use_va = t->fence.use_asid = false;
    }
    if (!t->fences)
        return NULL;
    bool done = dut_fence(t->one[0].dut, &t->fence);
    t->fences = !done;
    return dut_fence(t->one[1].dut, &t->fence) == done ? NULL : "the end of a fence";
}

static const char *twins_pmp(struct twins *t)
{
    if (!t->changes && t->p->pmp_entries && twins_chance(t, 300)) {
        t->changes = true;
        twins_new_pmp(t);
    }
    if (!t->changes)
        return NULL;
    bool done = dut_change_pmp(t->one[0].dut, &t->pmp);
    t->changes = !done;
    return dut_change_pmp(t->one[1].dut, &t->pmp) == done ? NULL : "a change of PMP";
}

static const char *twins_ask(struct twins *t, enum dut_port port)
{
    if (!t->waits[port] && !twins_chance(t, 3))
        twins_request(t, port);
    if (!t->waits[port])
        return NULL;
    bool taken = dut_submit(t->one[0].dut, port, &t->request[port]);
    if (dut_submit(t->one[1].dut, port, &t->request[port]) != taken)
        return "acceptance";
    if (taken) {
        t->busy[port] |= UINT64_C(1) << t->request[port].tag;
        t->waits[port] = false;
    }
    return NULL;
}

static const char *twins_end(struct twins *t)
{
    struct twins_one *a = &t->one[0], *b = &t->one[1];

    dut_step(a->dut);
    dut_step(b->dut);
    if (a->asked != b->asked)
        return "what is asked of memory";
    if (dut_memory_port_stable(a->dut) != dut_memory_port_stable(b->dut))
        return "whether memory requests are stable";
    for (unsigned event = 0; event < DUT_EVENTS; event++)
        if (dut_events(a->dut, event) != dut_events(b->dut, event))
            return "a count of events";
    return dut_cycle(a->dut) == dut_cycle(b->dut) ? NULL : "the cycle";
}

static const char *twins_cycle(struct twins *t)
{
    if (twins_chance(t, 400))
        twins_reset(t);
    if (twins_chance(t, 8))
        twins_context(t);
    twins_kill(t);
    const char *difference = twins_answers(t);
    if (!difference)
        difference = twins_fence(t);
    if (!difference)
        difference = twins_pmp(t);
    if (!difference)
        difference = twins_ask(t, DUT_FETCH);
    if (!difference)
        difference = twins_ask(t, DUT_DATA);
    return difference ? difference : twins_end(t);
}

/* Runs the two side by side. What differs first, and when (static), or null. */
static const char *twins_run(struct dut *a, struct dut *b, uint64_t seed, uint64_t cycles)
{
    static const struct dut_memory_timing timing = {
        .latency_min = 1, .latency_max = 4, .stall_percent = 20, .error_permille = 10, .seed = 7};
    static struct twins t;
    static char text[100];

    t = (struct twins){.p = dut_parameters(a), .rng = seed};
    t.one[0].dut = a;
    t.one[1].dut = b;
    for (int i = 0; i < 2; i++) {
        const struct dut_memory memory = {
            .user = &t.one[i], .read = twins_read, .compare_and_swap = twins_swap};
        t.one[i].seed = seed;
        dut_set_memory(t.one[i].dut, &memory, &timing);
    }
    for (uint64_t cycle = 0; cycle < cycles; cycle++) {
        const char *difference = twins_cycle(&t);
        if (!difference)
            continue;
        snprintf(text, sizeof text, "%s differs in cycle %ju", difference, (uintmax_t)cycle);
        return text;
    }
    return NULL;
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* Fences: how long they take, and what they cost the accesses beside and behind them. */
#include "bench_rows.h"
#include "bench_stream.h"

#include "mmu_pte.h"

#include <stdio.h>

#define FENCED     UINT64_C(0x40000678) /* what the fence is about */
#define KEPT       UINT64_C(0x40005678) /* a global page: fences by ASID leave it */
#define BEHIND     UINT64_C(0x40007678) /* what misses */
#define LATENCY    10                   /* of memory */
#define IDLE       20                   /* cycles after which nothing goes on */
#define BEYOND     100                  /* hits asked for after the fence should be complete */
#define FENCE_MOST 100000               /* cycles in which a fence must complete */

enum { MOST_HITS = 8192 };

struct form {
    const char *name;
    struct dut_fence fence;
    bool keeps;  /* the page KEPT */
    bool tables; /* pointers */
};

static const struct form forms[] = {
    {"full fence", {0}, false, false},
    {"fence by address", {.use_va = true, .va = FENCED}, true, true},
    {"fence by ASID", {.use_asid = true, .asid = BENCH_ASID}, true, false},
};

/* Both ports have both pages in their L1. */
static void warm(struct bench_hart *hart)
{
    bench_hart_start(hart, LATENCY);
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        bench_ask(hart, port, FENCED);
        bench_ask(hart, port, KEPT);
    }
    bench_idle(hart, IDLE);
}

/* Presents the fence until it completes; cycles that it took. In each of them, and then until all
 * is answered, the streams ask. */
static unsigned fence(struct bench_hart *hart, const struct dut_fence *fence,
                      struct bench_stream *streams, size_t nstreams)
{
    unsigned took = 0;
    bool complete = false, more = true;

    for (unsigned cycle = 1; (more || !complete) && !hart->error[0]; cycle++) {
        if (!complete && dut_fence(hart->dut, fence)) {
            complete = true;
            took = cycle;
        }
        more = false;
        for (size_t i = 0; i < nstreams; i++) {
            bench_stream_cycle(&streams[i]);
            more |= streams[i].answered < streams[i].count;
        }
        dut_step(hart->dut);
        if (cycle > FENCE_MOST)
            bench_hart_fail(hart, "a fence has not ended in %u cycles", FENCE_MOST);
    }
    return took;
}

/* Cycles in which a port that asks for KEPT in each is not answered; those of the worse port. */
static double hits_lost(struct bench_hart *hart, const struct dut_fence *what, unsigned took)
{
    uint64_t accesses[DUT_PORTS][MOST_HITS];
    struct bench_stream streams[DUT_PORTS];
    size_t count = took + BEYOND < MOST_HITS ? took + BEYOND : MOST_HITS;
    uint64_t lost = 0;

    warm(hart);
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        for (size_t i = 0; i < count; i++)
            accesses[port][i] = bench_access(KEPT, port == DUT_FETCH ? MMU_FETCH : MMU_LOAD);
        bench_stream_begin(&streams[port], hart, port, accesses[port], count, 2);
    }
    fence(hart, what, streams, DUT_PORTS);
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        uint64_t more = streams[port].end - streams[port].begin - count;

        lost = more > lost ? more : lost;
    }
    return (double)lost;
}

/* A miss of the data port without a fence, where the same is cached as after it. */
static unsigned plain_miss(struct bench_hart *hart, const struct form *form)
{
    if (form->tables)
        warm(hart);
    else
        bench_hart_start(hart, LATENCY);
    return bench_ask(hart, DUT_DATA, BEHIND);
}

/* A miss asked for in the first cycle of the fence. */
static unsigned miss_beside(struct bench_hart *hart, const struct dut_fence *what)
{
    const uint64_t access = bench_access(BEHIND, MMU_LOAD);
    struct bench_stream stream;

    warm(hart);
    bench_stream_begin(&stream, hart, DUT_DATA, &access, 1, 1);
    fence(hart, what, &stream, 1);
    return (unsigned)(stream.end - stream.begin);
}

/* A miss asked for in the cycle after the fence. */
static unsigned miss_behind(struct bench_hart *hart, const struct dut_fence *what)
{
    warm(hart);
    fence(hart, what, NULL, 0);
    return bench_ask(hart, DUT_DATA, BEHIND);
}

static struct bench_target completion(const struct dut_parameters *p, const struct dut_fence *fence)
{
    return fence->use_va     ? bench_target_fence_va(p)
           : fence->use_asid ? bench_target_fence_asid(p)
                             : bench_target_exactly(1);
}

static bool add(struct bench_hart *hart, const struct form *form, const char *what, double cycles,
                struct bench_target target, struct bench_rows *rows)
{
    struct bench_row row = {
        .group = "fence", .port = BENCH_NO_PORT, .cycles = cycles, .target = target};

    snprintf(row.name, sizeof row.name, "%s%s", form->name, what);
    return bench_rows_add(rows, hart, &row);
}

static bool form_rows(struct bench_hart *hart, const struct form *form, struct bench_rows *rows)
{
    const struct bench_target free = bench_target_exactly(0), none = {0};
    double plain = plain_miss(hart, form);

    warm(hart);
    unsigned took = fence(hart, &form->fence, NULL, 0);
    double beside = miss_beside(hart, &form->fence), behind = miss_behind(hart, &form->fence);

    return add(hart, form, "", took, completion(hart->p, &form->fence), rows) &&
           (!form->keeps || add(hart, form, ": L1 hits meanwhile and behind, delay",
                                hits_lost(hart, &form->fence, took), free, rows)) &&
           add(hart, form, ": a miss beside it, delay", beside - plain, none, rows) &&
           add(hart, form, ": a miss behind it, delay", behind - plain, free, rows);
}

bool bench_measure_fences(struct bench_hart *hart, struct bench_rows *rows)
{
    bool room = true;

    bench_hart_unmap(hart);
    bench_hart_map(hart, FENCED, 0, 0);
    bench_hart_map(hart, KEPT, 0, MMU_PTE_G);
    bench_hart_map(hart, BEHIND, 0, 0);
    for (size_t i = 0; room && i < sizeof forms / sizeof forms[0]; i++)
        room = form_rows(hart, &forms[i], rows);
    return room;
}

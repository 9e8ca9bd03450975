// SPDX-License-Identifier: Apache-2.0
/* Hits, second-level hits, walks and walks of neighbouring pages. */
#include "bench_rows.h"
#include "bench_stream.h"

#include <stdio.h>

#define VA       UINT64_C(0x40000000) /* the first of the pages that are asked for */
#define HITS     100
#define MISSES   16   /* miss slots at most */
#define FAR      1000 /* latency of memory under which a miss outlasts the hits */
#define IDLE     20   /* cycles after which nothing goes on */
#define WARM_TAG 2    /* hits of a stream that are unanswered at once */

static uint64_t page(unsigned i)
{
    return VA + ((uint64_t)i << 12) + 0x678;
}

static void map_pages(struct bench_hart *hart, unsigned count)
{
    bench_hart_unmap(hart);
    for (unsigned i = 0; i < count; i++)
        bench_hart_map(hart, page(i), 0, 0);
}

/* Both ports have pages 0 and 1 in their L1. */
static void warm(struct bench_hart *hart)
{
    for (unsigned i = 0; i < 2; i++)
        for (unsigned port = 0; port < DUT_PORTS; port++)
            bench_ask(hart, port, page(i));
    bench_idle(hart, IDLE);
}

/* Accesses to pages 0 and 1 in turn behind `misses` to other pages; returns how many in all. */
static size_t fill(uint64_t *accesses, enum dut_port port, unsigned misses)
{
    enum mmu_access kind = port == DUT_FETCH ? MMU_FETCH : MMU_LOAD;

    for (unsigned i = 0; i < misses; i++)
        accesses[i] = bench_access(page(2 + i), kind);
    for (unsigned i = 0; i < HITS; i++)
        accesses[misses + i] = bench_access(page(i % 2), kind);
    return misses + HITS;
}

/* Cycles a hit, both ports asking in each cycle, under so many misses of each. */
static void hits(struct bench_hart *hart, const unsigned misses[DUT_PORTS],
                 double cycles[DUT_PORTS])
{
    uint64_t accesses[DUT_PORTS][MISSES + HITS];
    struct bench_stream stream[DUT_PORTS];

    map_pages(hart, 2 + MISSES);
    bench_hart_start(hart, FAR);
    warm(hart);
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        size_t count = fill(accesses[port], port, misses[port]);

        bench_stream_begin(&stream[port], hart, port, accesses[port], count,
                           misses[port] + WARM_TAG);
    }
    bench_streams_run(stream, DUT_PORTS, HITS);
    for (unsigned port = 0; port < DUT_PORTS; port++)
        cycles[port] = (double)(stream[port].end - stream[port].begin - misses[port]) / HITS;
}

static bool hit_rows(struct bench_hart *hart, struct bench_rows *rows)
{
    const unsigned *slots = hart->p->miss_slots;
    unsigned none[DUT_PORTS] = {0, 0}, misses[DUT_PORTS];
    double alone[DUT_PORTS], under[DUT_PORTS];
    bool room = true;

    for (unsigned port = 0; port < DUT_PORTS; port++)
        misses[port] = slots[port] > 1 ? slots[port] - 1 : 0;
    hits(hart, none, alone);
    hits(hart, misses, under);
    for (unsigned port = 0; room && port < DUT_PORTS; port++) {
        struct bench_row row = {.group = "latency",
                                .name = "L1 hits, both ports at once, each",
                                .port = port,
                                .cycles = alone[port],
                                .target = bench_target_exactly(1)};

        room = bench_rows_add(rows, hart, &row);
        if (!misses[port])
            continue;
        snprintf(row.name, sizeof row.name, "L1 hits under %u miss%s, both ports at once, each",
                 misses[port], misses[port] > 1 ? "es" : "");
        row.cycles = under[port];
        room = room && bench_rows_add(rows, hart, &row);
    }
    return room;
}

/* An access of one port whose page is in its own L1, or only in the L2. */
static bool cached_rows(struct bench_hart *hart, struct bench_rows *rows)
{
    bool room = true;

    map_pages(hart, DUT_PORTS);
    bench_hart_start(hart, 1);
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        bench_ask(hart, !port, page(port));
        bench_idle(hart, IDLE);
        double second = bench_ask(hart, port, page(port));
        bench_idle(hart, IDLE);
        double first = bench_ask(hart, port, page(port));
        struct bench_row row = {.group = "latency",
                                .name = "L1 hit",
                                .port = port,
                                .cycles = first,
                                .target = bench_target_exactly(1)};

        room = room && bench_rows_add(rows, hart, &row);
        if (!hart->p->l2_ways)
            continue;
        row = (struct bench_row){.group = "latency",
                                 .name = "L2 hit",
                                 .port = port,
                                 .cycles = second,
                                 .target = bench_target_l2_hit(hart->p)};
        room = room && bench_rows_add(rows, hart, &row);
    }
    return room;
}

/* The latency of the slower port from reset on; behind an access to page 0 if `after`. */
static double walk(struct bench_hart *hart, unsigned latency, bool after, uint64_t va)
{
    unsigned slowest = 0;

    for (unsigned port = 0; port < DUT_PORTS; port++) {
        bench_hart_start(hart, latency);
        if (after) {
            bench_ask(hart, port, page(0));
            bench_idle(hart, IDLE);
        }
        unsigned cycles = bench_ask(hart, port, va);
        slowest = cycles > slowest ? cycles : slowest;
    }
    return slowest;
}

static bool walk_row(struct bench_hart *hart, unsigned level, unsigned latency,
                     struct bench_rows *rows)
{
    static const char units[] = "KMG";
    unsigned shift = 12 + level * hart->mode->vpn_bits;
    struct bench_row row = {.group = "latency",
                            .port = BENCH_NO_PORT,
                            .latency = latency,
                            .target =
                                bench_target_walk(hart->p, hart->mode->levels - level, latency)};

    bench_hart_unmap(hart);
    bench_hart_map(hart, VA, level, 0);
    row.cycles = walk(hart, latency, false, page(0));
    snprintf(row.name, sizeof row.name, "walk of a page of %u %ciB", 1u << shift % 10,
             units[shift / 10 - 1]);
    return bench_rows_add(rows, hart, &row);
}

static bool neighbour_row(struct bench_hart *hart, unsigned latency, struct bench_rows *rows)
{
    struct bench_row row = {.group = "latency",
                            .name = "walk of the neighbour of a page",
                            .port = BENCH_NO_PORT,
                            .latency = latency,
                            .target = bench_target_neighbour(hart->p, latency)};

    map_pages(hart, 2);
    row.cycles = walk(hart, latency, true, page(1));
    return bench_rows_add(rows, hart, &row);
}

bool bench_measure_latency(struct bench_hart *hart, const unsigned *latencies, size_t count,
                           struct bench_rows *rows)
{
    bool room = cached_rows(hart, rows) && hit_rows(hart, rows);

    for (unsigned level = 0; level < hart->mode->levels; level++)
        for (size_t i = 0; room && i < count; i++)
            room = walk_row(hart, level, latencies[i], rows);
    for (size_t i = 0; room && i < count; i++)
        room = neighbour_row(hart, latencies[i], rows);
    return room;
}

// SPDX-License-Identifier: Apache-2.0
/* What random runs do to caches of pointers, to misses that follow each other and to lines of PTEs,
 * on a twin of the design; and that events which do not fit are found. */
#include "traffic_bench.h"

#define PAGES UINT64_C(0xfff)

/* Traffic of a seed. */
static struct traffic *open_bench(struct traffic_bench *b, uint64_t seed)
{
    return traffic_bench_open(b, traffic_bench_twin(), seed, 100000);
}

/* The next request of the data port, which is accepted and killed. */
static const struct dut_request *next_request(struct traffic *t)
{
    uint64_t before = t->accepted;

    while (t->accepted == before)
        traffic_request(t, DUT_DATA);
    dut_kill(t->dut, DUT_DATA, UINT64_MAX);
    check_note_kill(t->check, DUT_DATA, UINT64_MAX, t->cycle);
    return &t->port[DUT_DATA].request;
}

/* Pages asked for again at once, of 1000 requests, and the kinds of access that did. */
static unsigned asked_again(struct traffic *t, unsigned *kinds)
{
    uint64_t page = 1;
    unsigned again = 0;

    *kinds = 0;
    for (unsigned i = 0; i < 1000; i++) {
        const struct dut_request *request = next_request(t);
        again += (request->va & ~PAGES) == page;
        if ((request->va & ~PAGES) == page)
            *kinds |= 1u << request->access;
        page = request->va & ~PAGES;
    }
    return again;
}

static void bursts_are_for_one_page_and_of_every_kind(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);
    unsigned kinds;

    (void)state;
    t->rates.probe = 0;
    t->hot_pages = t->world.vas = 64;
    t->phase = PHASE_BURSTS;
    assert_true(asked_again(t, &kinds) > 600);
    assert_int_equal(kinds & (1 << MMU_LOAD | 1 << MMU_STORE | 1 << MMU_AMO),
                     1 << MMU_LOAD | 1 << MMU_STORE | 1 << MMU_AMO);
    t->phase = PHASE_SATURATED;
    asked_again(t, &kinds);
    assert_true(asked_again(t, &kinds) < 400);
    traffic_bench_close(&b);
}

/* Between them SUM and MXR change, satp does not. */
static void status_changes_in_bursts(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);
    struct dut_context before = t->context;
    unsigned sum = 0, mxr = 0;

    (void)state;
    t->cycle = 1;
    t->rates.context = t->rates.probe = 0;
    t->phase = PHASE_BURSTS;
    for (unsigned i = 0; i < 1000; i++) {
        traffic_context(t);
        sum += t->context.sum != before.sum;
        mxr += t->context.mxr != before.mxr;
        assert_int_equal(t->context.satp, before.satp);
    }
    assert_in_range(sum, 300, 700);
    assert_in_range(mxr, 300, 700);
    traffic_bench_close(&b);
}

/* All, any, or one of those that are outstanding. */
static void kills_take_all_or_one(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);
    unsigned all = 0, one = 0;

    (void)state;
    t->phase = PHASE_SATURATED;
    t->rates.kill = 1;
    t->spared = 0;
    for (unsigned i = 0; i < 400; i++) {
        for (unsigned tag = 0; tag < 4; tag++)
            traffic_request(t, DUT_DATA);
        uint64_t live = check_outstanding(t->check, DUT_DATA);
        traffic_kill(t);
        uint64_t left = check_outstanding(t->check, DUT_DATA);
        all += left == 0;
        one += __builtin_popcountll(live & ~left) == 1 && __builtin_popcountll(live) > 2;
        t->port[DUT_DATA].killed = t->port[DUT_FETCH].killed = 0;
    }
    assert_true(all > 80);
    assert_true(one > 80);
    traffic_bench_close(&b);
}

/* A pointer is moved to another table of the same kind, is made global, and local again. */
static void tables_move(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);
    struct world *world = &t->world;
    const struct world_table table = {.level = 1};
    uint64_t pointer = world_page_ppn(world, 0) << MMU_PTE_PPN_SHIFT | MMU_PTE_V, rng = 1;
    unsigned moved = 0, turned = 0;

    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        uint64_t pte = pte_change(world, table, pointer, &rng);
        moved += pte != pointer && (pte & 0x3ff) == (pointer & 0x3ff);
        turned += pte == (pointer ^ MMU_PTE_G);
        pointer ^= MMU_PTE_G * (i % 2);
    }
    assert_in_range(moved, 300, 600);
    assert_in_range(turned, 90, 250);
    traffic_bench_close(&b);
}

/* In half of the worlds there are pages whose PTEs share a line. */
static void pages_share_lines(void **state)
{
    unsigned worlds = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct traffic_bench b;
        struct world *world = &open_bench(&b, seed)->world;
        unsigned line = world->index[WORLD_LINE] / 8, seen = 0;
        for (unsigned i = 0; i < world->vas; i++)
            if ((world->va[i] >> 15 & 63) == line)
                seen |= 1u << (world->va[i] >> 12 & 7);
        for (unsigned i = 0; i < 8; i++)
            assert_int_equal(world->index[WORLD_LINE + i], 8 * line + i);
        worlds += __builtin_popcount(seen) > 3;
        traffic_bench_close(&b);
    }
    assert_in_range(worlds, 10, 30);
}

/* Each count too high or too low by one, but for bounds that are not met exactly. */
static void events_that_do_not_fit_are_found(void **state)
{
    static const struct {
        enum dut_event event;
        uint64_t good, bad;
    } rows[] = {
        {DUT_PTE_READ, 100, 99},  {DUT_PTE_READ, 102, 103}, {DUT_UPDATE, 7, 8},
        {DUT_UPDATE, 7, 6},       {DUT_FENCE_DONE, 3, 4},   {DUT_FENCE_DONE, 3, 2},
        {DUT_DATA_HIT, 940, 951}, {DUT_MERGE, 50, 51},      {DUT_WALK_FAULT, 40, 41},
        {DUT_WALK_CACHE, 40, 41}, {DUT_PREFETCH, 700, 715}, {DUT_L2_HIT, 1, 1},
    };
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);
    char text[200];

    (void)state;
    t->seen = (struct seen){.accepted = 1000, .fences = 3, .reads = 100, .stored = 7};
    b.dut->p.svadu = true;
    b.dut->p.walkers = 2;
    b.dut->p.miss_slots[DUT_DATA] = 4;
    b.dut->p.walk_cache_entries = 8;
    b.dut->p.prefetch = 7;
    b.dut->p.l2_ways = 4;
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t *events = b.dut->events;
        memset(events, 0, sizeof b.dut->events);
        events[DUT_PTE_READ] = 100;
        events[DUT_UPDATE] = 7;
        events[DUT_FENCE_DONE] = 3;
        events[DUT_DATA_MISS] = 50;
        events[DUT_WALK] = 40;
        events[rows[i].event] = rows[i].good;
        assert_true(traffic_events_agree(t, text, sizeof text));
        events[rows[i].event] = rows[i].bad;
        b.dut->p.l2_ways = rows[i].event == DUT_L2_HIT ? 0 : 4;
        assert_false(traffic_events_agree(t, text, sizeof text));
        b.dut->p.l2_ways = 4;
    }
    traffic_bench_close(&b);
}

/* What a build has no part for is never strobed, and need not be. */
static void events_of_what_is_not_there(void **state)
{
    static const enum dut_event parts[] = {DUT_L2_HIT, DUT_L2_MISS,    DUT_L2_CONFLICT, DUT_UPDATE,
                                           DUT_MERGE,  DUT_WALK_CACHE, DUT_PREFETCH};
    const struct dut_parameters all = {
        .miss_slots = {1, 2}, .l2_ways = 1, .svadu = true, .walk_cache_entries = 2, .prefetch = 1};
    const struct dut_parameters none = {.miss_slots = {1, 1}};

    (void)state;
    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_true(random_event_possible(&all, parts[i]));
        assert_false(random_event_possible(&none, parts[i]));
    }
    assert_true(random_event_possible(&none, DUT_WALK));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bursts_are_for_one_page_and_of_every_kind),
        cmocka_unit_test(status_changes_in_bursts),
        cmocka_unit_test(kills_take_all_or_one),
        cmocka_unit_test(tables_move),
        cmocka_unit_test(pages_share_lines),
        cmocka_unit_test(events_that_do_not_fit_are_found),
        cmocka_unit_test(events_of_what_is_not_there),
    };

    return cmocka_run_group_tests_name("bursts", tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* The timing that the ports promise, in cycles, on every preset. L is the latency of memory, R = 1
 * if the L2 has a register behind its RAM; a walk reads n PTEs. */
#include "rtl_pages.h"
#include "rtl_suite.h"

static unsigned latency_of(const struct bench_answer *answer)
{
    return (unsigned)(answer->answered - answer->asked);
}

/* What the way through the L2 adds to a walk. */
static unsigned l2_delay(const struct bench *b)
{
    return b->p->l2_ways ? 1 + b->p->l2_register : 0;
}

/* ---- Hits. */

static void timing_l1_hit_1(struct bench *b)
{
    map_pages(b, 1, ALL);
    bench_ask(b, MMU_LOAD, VA);
    bench_ask(b, MMU_FETCH, VA);
    for (unsigned i = 0; i < 20; i++) {
        bench_steps(b, i);
        check_equal(b, bench_latency(b, MMU_LOAD, VA + i), 1);
        check_equal(b, bench_latency(b, MMU_FETCH, VA + i), 1);
    }
    b->privilege = MMU_M; /* and what is not translated; with PMP, from its second access on */
    if (b->p->pmp_entries)
        bench_ask(b, MMU_STORE, VA);
    check_equal(b, bench_latency(b, MMU_STORE, VA), 1);
}

/* A hit on each port in each cycle, for `cycles`. */
static void hits_in_each_cycle(struct bench *b, unsigned cycles, unsigned free_tag, bool fetch)
{
    for (unsigned i = 0; i < cycles; i++) {
        unsigned tag = i % 2 ? free_tag : free_tag + 1;
        assert_true(bench_submit(b, i % 3 ? MMU_LOAD : MMU_STORE, tag, va(i % 2)));
        if (fetch)
            assert_true(bench_submit(b, MMU_FETCH, tag, va(i % 2)));
        bench_step(b);
        for (unsigned port = 0; i > 0 && port < DUT_PORTS; port++) {
            const struct bench_answer *last = &b->answers[port][i % 2 ? free_tag + 1 : free_tag];
            if (port == DUT_FETCH && !fetch)
                continue;
            check_equal(b, last->live, false);
            check_equal(b, latency_of(last), 1);
            check_equal(b, last->response.pa, pa((i - 1) % 2));
        }
    }
    bench_step(b);
}

static void timing_one_hit_a_cycle_on_each_port(struct bench *b)
{
    map_pages(b, 2, ALL);
    for (unsigned i = 0; i < 2; i++) {
        bench_ask(b, MMU_LOAD, va(i));
        bench_ask(b, MMU_FETCH, va(i));
    }
    hits_in_each_cycle(b, 200, 0, true);
}

/* A page that shares no table but the root with those of map_pages. */
static uint64_t far(const struct bench *b, unsigned i)
{
    return va(i) + (UINT64_C(1) << bench_shift(b, b->p->levels - 1));
}

/* With a second miss slot, hits of the data port go on under a miss. */
static void timing_hits_go_on_under_a_miss(struct bench *b)
{
    unsigned slots = b->p->miss_slots[DUT_DATA];

    if (slots == 1)
        return;
    map_pages(b, 2, ALL);
    for (unsigned i = 0; i < 16; i++)
        bench_map(b, far(b, i), 0, PAGE + ((uint64_t)i << 12), ALL);
    bench_timing(b, 40, 0);
    for (unsigned i = 0; i < 2; i++) {
        bench_ask(b, MMU_LOAD, va(i));
        bench_ask(b, MMU_FETCH, va(i));
    }
    for (unsigned i = 0; i < slots - 1 && i < bench_tags(b) - 2; i++)
        bench_enter(b, MMU_LOAD, 2 + i, far(b, i));
    hits_in_each_cycle(b, 40 * b->p->levels - 10, 0, b->p->miss_slots[DUT_FETCH] > 0);
    answer_pa(b, DUT_DATA, 2, pa(0), 12);
}

/* Hits in every cycle from now on, but for one pause, until the miss under tag 2 is answered; the
 * cycles until then, and those in which the port refused. */
static unsigned hits_until_answered(struct bench *b, unsigned pause, unsigned *refused)
{
    uint64_t start = dut_cycle(b->dut);

    *refused = 0;
    for (unsigned i = 0; b->answers[DUT_DATA][2].live; i++) {
        assert_true(i < BENCH_BOUND);
        if (i != pause)
            *refused += !bench_submit(b, MMU_LOAD, i % 2, va(i % 2));
        bench_step(b);
    }
    return (unsigned)(dut_cycle(b->dut) - 1 - start);
}

/* The answer of a miss lets hits go on for `Patience` cycles, then has a cycle of the port to
 * itself; if one comes free before, it takes that, and nobody is refused. */
static void timing_answered_miss_has_patience(struct bench *b)
{
    const unsigned latency = 10;

    map_pages(b, 2, ALL);
    bench_map(b, far(b, 0), 0, PAGE, ALL);
    bench_timing(b, latency, 0);
    for (unsigned pause = 0; pause < 4; pause++) {
        unsigned refused, walk = b->p->levels * (latency + 1) + l2_delay(b);
        unsigned at = walk + pause * pause * 5;
        bench_fence(b, (struct dut_fence){0});
        for (unsigned i = 0; i < 2; i++)
            bench_ask(b, MMU_LOAD, va(i));
        bench_steps(b, 10);
        bench_enter(b, MMU_LOAD, 2, far(b, 0));
        unsigned waited = hits_until_answered(b, pause ? at : BENCH_BOUND, &refused);
        if (pause) {
            check_equal(b, waited, at + 1);
            check_equal(b, refused, 0);
        } else {
            assert_in_range(waited, walk + b->p->patience, walk + b->p->patience + 3);
            assert_in_range(refused, 1, 2);
        }
    }
}

/* Asks for 200 pages of this level, and for the first of them between any two others. */
static void use_one_of_many(struct bench *b, enum mmu_access access, unsigned level)
{
    uint64_t size = UINT64_C(1) << bench_shift(b, level);

    for (unsigned i = 0; i < 200; i++)
        bench_map(b, VA + i * size, level, PAGE + i * size, ALL);
    bench_fence(b, (struct dut_fence){0});
    bench_ask(b, access, VA);
    for (unsigned i = 1; i < 200; i++) {
        bench_ask(b, access, VA + i * size);
        check_equal(b, bench_latency(b, access, VA), 1);
    }
}

/* A page that is used between any two misses is never the one replaced; but base pages in sets
 * give way at random. */
static void timing_page_in_use_stays(struct bench *b)
{
    if (b->p->replacement == 2) /* random */
        return;
    for (unsigned level = 0; level < 2; level++)
        for (unsigned port = 0; port < DUT_PORTS; port++)
            if (level > 0 || !b->p->ways[port])
                use_one_of_many(b, port == DUT_FETCH ? MMU_FETCH : MMU_LOAD, level);
}

static void timing_l2_hit_2_or_3(struct bench *b)
{
    if (!b->p->l2_ways)
        return;
    for (unsigned level = 0; level < 2; level++) { /* the RAM, and the array of larger pages */
        uint64_t at = VA + ((uint64_t)level << 30);
        bench_map(b, at, level, PAGE, ALL);
        bench_ask(b, MMU_LOAD, at);
        bench_steps(b, 10);
        uint64_t hits = dut_events(b->dut, DUT_L2_HIT);
        check_equal(b, bench_latency(b, MMU_FETCH, at), 2 + b->p->l2_register);
        check_equal(b, dut_events(b->dut, DUT_L2_HIT) - hits, 1);
    }
}

/* Both ports miss in the L1 at once: the one that finds the L2 busy is a cycle later, or two with
 * a register in the way. */
static void timing_l2_conflict(struct bench *b)
{
    if (!b->p->l2_ways)
        return;
    map_pages(b, 2, ALL);
    bench_ask(b, MMU_LOAD, va(0));
    bench_steps(b, 10);
    bench_ask(b, MMU_FETCH, va(1));
    bench_steps(b, 10);
    bench_submit(b, MMU_FETCH, 0, va(0));
    bench_submit(b, MMU_LOAD, 0, va(1));
    unsigned fetch = latency_of(bench_wait(b, DUT_FETCH, 0));
    unsigned data = latency_of(bench_wait(b, DUT_DATA, 0));
    unsigned first = fetch < data ? fetch : data, second = fetch < data ? data : fetch;
    check_equal(b, first, 2 + b->p->l2_register);
    assert_in_range(second - first, 1, 1 + b->p->l2_register);
    print_message("%s: L2 hits of both ports at once after %u and %u cycles\n", b->preset, first,
                  second);
}

/* The request that comes when the one that found the L2 busy has just had its turn waits no longer
 * than that: a slot that has looked leaves the L2 to it, and what it has not looked up itself it
 * does not wait for. */
static void timing_behind_an_l2_conflict(struct bench *b)
{
    map_pages(b, 3, ALL);
    for (unsigned round = 0; round < 2; round++) {
        bench_fence(b, (struct dut_fence){0});
        for (unsigned i = 0; i < 3; i++) { /* in the L2, and in the L1 of the other port */
            bench_ask(b, i ? MMU_FETCH : MMU_LOAD, va(i));
            bench_steps(b, 10);
        }
        if (round % 2) /* then the fetch port looks first */
            bench_ask(b, MMU_LOAD, va(0));
        bench_submit(b, MMU_FETCH, 0, va(0));
        bench_submit(b, MMU_LOAD, 0, va(1));
        bench_steps(b, 2);
        assert_true(bench_submit(b, MMU_LOAD, 1, va(2)));
        unsigned behind = latency_of(bench_wait(b, DUT_DATA, 1));
        assert_in_range(behind, 2, 3 + 3 * b->p->l2_register);
        bench_drain(b);
    }
}

/* ---- Walks. */

static void timing_walk(struct bench *b)
{
    static const unsigned latencies[] = {1, 10, 40};

    for (unsigned level = 0; level < b->p->levels; level++) {
        unsigned n = b->p->levels - level, port = level % 2;
        bench_satp(b, b->p->levels, 1 + level, bench_table(b));
        bench_map(b, VA, level, 0, ALL);
        for (unsigned i = 0; i < 3; i++)
            for (unsigned k = 0; k < 2; k++) {
                unsigned latency = latencies[i];
                bench_timing(b, latency, 0);
                bench_fence(b, (struct dut_fence){0}); /* and asked in the cycle behind it */
                check_equal(b, bench_latency(b, (k + port) % 2 ? MMU_FETCH : MMU_STORE, VA),
                            n * (latency + 1) + 1 + l2_delay(b));
            }
    }
}

/* A walk that faults takes as long; an address that is not canonical reads nothing. */
static void timing_fault(struct bench *b)
{
    for (unsigned level = 0; level < b->p->levels; level++) {
        bench_map(b, VA, level, 0, 0);
        bench_timing(b, 10, 0);
        for (unsigned errs = 0; errs < 2; errs++) {
            bench_fence(b, (struct dut_fence){0});
            b->memory.broken = errs ? bench_pte_pa(b, b->root, VA, level) : 0;
            check_equal(b, bench_latency(b, MMU_LOAD, VA),
                        (b->p->levels - level) * 11 + 1 + l2_delay(b));
        }
        b->memory.broken = 0;
    }
    if (b->p->xlen == 64)
        print_message("%s: an address that is not canonical faults after %u cycles\n", b->preset,
                      bench_latency(b, MMU_LOAD, VA ^ UINT64_C(1) << 63));
}

/* ---- Fences. */

static void timing_fence(struct bench *b)
{
    map_pages(b, 2, ALL | G);
    bench_ask(b, MMU_LOAD, VA);
    unsigned by_asid = bench_fence(b, (struct dut_fence){.use_asid = true, .asid = 1});
    unsigned by_va = bench_fence(b, (struct dut_fence){.use_va = true, .va = VA});
    check_equal(b, bench_fence(b, (struct dut_fence){0}), 1);
    if (b->p->l2_ways == 0) {
        check_equal(b, by_asid, 1);
        check_equal(b, by_va, 1);
    } else {
        check_equal(b, by_va, 3 + b->p->l2_register);
        check_equal(b, by_asid, b->p->l2_sets + 2 + b->p->l2_register);
    }
    if (b->p->xlen == 64) /* an address that is canonical in no mode: nothing to do */
        check_equal(b, bench_fence(b, (struct dut_fence){.use_va = true, .va = UINT64_C(1) << 62}),
                    1);
    print_message("%s: fence 1, by address %u, by ASID %u cycles\n", b->preset, by_va, by_asid);
}

static void timing_hits_go_on_under_a_fence(struct bench *b)
{
    struct dut_fence fence = {.use_asid = true, .asid = 1};

    map_pages(b, 2, ALL | G);
    for (unsigned i = 0; i < 2; i++)
        bench_ask(b, MMU_LOAD, va(i));
    bench_step(b); /* what was answered enters the TLB a cycle later at the latest */
    /* An L1 with one slot finds nothing in the fence's first cycle. */
    bool done = false;
    for (unsigned i = 0, first = b->p->miss_slots[DUT_DATA] > 1 ? 0 : 1; !done; i++) {
        done = dut_fence(b->dut, &fence);
        if (i < first)
            bench_step(b);
        else if (bench_submit(b, MMU_LOAD, i % 2, va(i % 2)))
            bench_step(b);
        else
            assert_true(false);
        check_equal(b, i > first && b->answers[DUT_DATA][1 - i % 2].live, false);
        if (i > first)
            check_equal(b, latency_of(&b->answers[DUT_DATA][1 - i % 2]), 1);
    }
}

/* ---- Kill. */

static void timing_kill(struct bench *b)
{
    map_pages(b, 8, ALL);
    for (unsigned warm = 0; warm < 2; warm++)
        for (unsigned moment = 0; moment < 40; moment++)
            for (unsigned port = 0; port < DUT_PORTS; port++) {
                enum mmu_access access = port == DUT_FETCH ? MMU_FETCH : MMU_LOAD;
                bench_drain(b);
                bench_timing(b, 5, 0);
                bench_fence(b, (struct dut_fence){0});
                if (warm)
                    expect_pa(b, access, va(0), pa(0), 12);
                bench_enter(b, access, 1, va(0));
                bench_steps(b, moment);
                bench_kill(b, port, 3u); /* never answered, from this cycle on */
                bool survivor = bench_submit(b, access, 0, va(1));
                bench_step(b);
                bool again = bench_submit(b, access, 1, va(2)); /* its tag is free */
                bench_step(b);
                assert_true(survivor || !warm);
                if (survivor)
                    answer_pa(b, port, 0, pa(1), 12);
                if (again)
                    answer_pa(b, port, 1, pa(2), 12);
                bench_steps(b, 40);
                check_equal(b, b->unwanted, 0);
            }
}

/* ---- Memory. */

/* Reads that wait for ready stay as they are, whatever else happens. */
static void timing_memory_port_is_stable(struct bench *b)
{
    static const unsigned stalls[] = {20, 50, 80, 95};
    unsigned tags = bench_tags(b);

    map_pages(b, 64, ALL);
    for (unsigned i = 0; i < 4; i++) {
        bench_drain(b);
        bench_timing(b, 3, stalls[i]);
        for (unsigned cycle = 0; cycle < 5000; cycle++) {
            for (unsigned port = 0; port < DUT_PORTS; port++)
                if (cycle % 97 == 50 + port)
                    bench_kill(b, port, cycle);
            for (unsigned port = 0; port < DUT_PORTS; port++)
                if (cycle % 97 != 50 + port && !b->answers[port][cycle % tags].live)
                    bench_submit(b, port ? MMU_LOAD : MMU_FETCH, cycle % tags, va(cycle * 7 % 80));
            if (cycle % 61 == 0)
                dut_fence(b->dut, &(struct dut_fence){0});
            bench_step(b);
        }
        check_equal(b, dut_memory_port_stable(b->dut), true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(timing_l1_hit_1),
        SUITE_TEST(timing_one_hit_a_cycle_on_each_port),
        SUITE_TEST(timing_hits_go_on_under_a_miss),
        SUITE_TEST_WITH(HAS_MERGING, timing_answered_miss_has_patience),
        SUITE_TEST(timing_page_in_use_stays),
        SUITE_TEST(timing_l2_hit_2_or_3),
        SUITE_TEST(timing_l2_conflict),
        SUITE_TEST_WITH(HAS_L2 | HAS_MERGING, timing_behind_an_l2_conflict),
        SUITE_TEST(timing_walk),
        SUITE_TEST(timing_fault),
        SUITE_TEST(timing_fence),
        SUITE_TEST(timing_hits_go_on_under_a_fence),
        SUITE_TEST(timing_kill),
        SUITE_TEST(timing_memory_port_is_stable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

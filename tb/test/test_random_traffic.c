// SPDX-License-Identifier: Apache-2.0
/* The stimuli of random runs, on a twin of the design: that each class of them comes, and stays
 * away when it is left out; how the other agent races walks; and how long things may take. */
#include "traffic_bench.h"

#define SEEDS 12
#define COUNT 3000

/* Traffic of a seed, on a design of one walker that sets A and D. */
static struct traffic *open_bench(struct traffic_bench *b, uint64_t seed)
{
    struct dut *dut = traffic_bench_twin();

    dut->p.svadu = true;
    dut->p.walkers = 1;
    dut->p.miss_slots[DUT_FETCH] = dut->p.miss_slots[DUT_DATA] = 2;
    return traffic_bench_open(b, dut, seed, COUNT);
}

static struct random_statistics run(unsigned without)
{
    struct random_statistics statistics = {0};
    struct random_outcome outcome;
    struct dut *dut = traffic_bench_twin();

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct random_case what = {
            .seed = seed, .count = COUNT, .modes = ~0u, .without = without};
        assert_int_equal(random_drive(dut, &what, &statistics, NULL, &outcome), RANDOM_AGREES);
    }
    dut_close(dut);
    assert_int_equal(statistics.accepted, SEEDS * COUNT);
    return statistics;
}

static uint64_t fences(const struct random_statistics *s)
{
    return s->fences[0] + s->fences[1] + s->fences[2] + s->fences[3];
}

static void every_class_comes(void **state)
{
    const struct random_statistics s = run(0);

    (void)state;
    assert_true(s.kills > 0 && s.killed > 0);
    for (unsigned form = 0; form < 4; form++)
        assert_true(s.fences[form] > 0 && s.fence_ops[form] > 0);
    assert_true(s.stores > 0 && s.contexts > 0 && s.errors > 0 && s.resets > 0);
    assert_true(s.stale > 0 && s.granted > s.answered / 2);
}

static void classes_can_be_left_out(void **state)
{
    (void)state;
    assert_int_equal(run(1u << RANDOM_KILLS).kills, 0);
    assert_int_equal(run(1u << RANDOM_STORES).stores, 0);
    assert_int_equal(run(1u << RANDOM_CONTEXTS).contexts, 0);
    assert_int_equal(run(1u << RANDOM_ERRORS).errors, 0);
    assert_int_equal(run(1u << RANDOM_RESETS).resets, 0);
    const struct random_statistics s = run(1u << RANDOM_FENCES);
    assert_int_equal(fences(&s), 0);
}

/* A leaf in the first table page, with these flags beside V and R. */
static uint64_t place_leaf(struct traffic *t, uint64_t flags)
{
    uint64_t pa = world_page_ppn(&t->world, 0) << MMU_PAGE_SHIFT;

    world_write(&t->world, pa, MMU_PTE_V | MMU_PTE_R | flags);
    return pa;
}

static uint64_t word_at_pa(struct traffic *t, uint64_t pa)
{
    uint64_t word = 0;

    assert_true(world_read(&t->world, pa, 8, &word));
    return word;
}

/* Cycles until the agent stores to the PTE; 0 if it does not. */
static unsigned until_race(struct traffic *t)
{
    uint64_t before = t->statistics->races;

    for (unsigned cycles = 1; cycles < 100; cycles++) {
        t->cycle = ++t->dut->cycle;
        traffic_race(t);
        if (t->statistics->races > before)
            return cycles;
    }
    return 0;
}

/* Over the seeds in every cycle in which the swap may be on its way. */
static void store_comes_before_the_swap(void **state)
{
    uint64_t seen = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 100; seed++) {
        struct traffic_bench b;
        struct traffic *t = open_bench(&b, seed);
        t->rates.race = 100;
        t->timing.latency_max = 5;
        uint64_t pa = place_leaf(t, MMU_PTE_D);
        traffic_saw_read(t, pa, word_at_pa(t, pa));
        unsigned cycles = until_race(t);
        assert_in_range(cycles, 1, t->timing.latency_max + 3);
        seen |= 1u << cycles;
        assert_int_equal(until_race(t), 0);
        traffic_bench_close(&b);
    }
    assert_int_equal(seen, 0x1fe);
}

static void no_race_for_what_needs_no_swap(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);

    (void)state;
    t->rates.race = 100;
    uint64_t pa = place_leaf(t, MMU_PTE_A | MMU_PTE_D);
    traffic_saw_read(t, pa, word_at_pa(t, pa));
    assert_int_equal(until_race(t), 0);
    traffic_bench_close(&b);
}

/* A walk that has lost so many swaps is left alone, whoever would store; one that has won is not.
 */
static void races_end(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);
    unsigned lost = 0;

    (void)state;
    t->rates.race = 100;
    uint64_t pa = place_leaf(t, MMU_PTE_D);
    traffic_saw_read(t, pa, word_at_pa(t, pa));
    while (lost < 2 * RACES_IN_A_ROW && until_race(t) > 0) {
        lost++;
        traffic_saw_swap(t, pa, true);
    }
    assert_int_equal(lost, RACES_IN_A_ROW);
    t->rates.store = 1;
    t->context.satp = UINT64_C(8) << 60 | pa >> MMU_PAGE_SHIFT; /* VA 0 goes through the PTE */
    t->context.sbe = false;
    t->port[DUT_FETCH].request.va = t->port[DUT_DATA].request.va = 0;
    uint64_t word = word_at_pa(t, pa);
    for (unsigned i = 0; i < 200; i++)
        traffic_store(t);
    assert_int_equal(word_at_pa(t, pa), word);
    traffic_saw_swap(t, pa, false);
    for (unsigned i = 0; i < 200; i++)
        traffic_store(t);
    assert_int_not_equal(word_at_pa(t, pa), word);
    traffic_bench_close(&b);
}

/* A walk that goes on swapping with a value that is no longer there. */
static void swaps_that_fail_for_ever_are_found(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);

    (void)state;
    uint64_t pa = place_leaf(t, MMU_PTE_D);
    traffic_saw_read(t, pa, word_at_pa(t, pa));
    for (unsigned i = 0; i < traffic_lost_bound(t); i++)
        traffic_saw_swap(t, pa, true);
    assert_int_equal(t->swap_verdict, CHECK_OK);
    traffic_saw_swap(t, pa, true);
    assert_int_equal(t->swap_verdict, CHECK_UNANSWERED);
    traffic_bench_close(&b);
}

static void races_heed_the_class_of_fences(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);

    (void)state;
    b.what.without = 1u << RANDOM_FENCES;
    traffic_fence_all(t, 100);
    assert_int_equal(t->fences_wanted, 0);
    b.what.without = 0;
    traffic_fence_all(t, 100);
    assert_int_not_equal(t->fences_wanted, 0);
    traffic_bench_close(&b);
}

static void bounds_follow_the_build(void **state)
{
    struct traffic_bench b;
    struct traffic *t = open_bench(&b, 1);
    struct dut_parameters *p = &b.dut->p;

    (void)state;
    t->timing = (struct dut_memory_timing){.latency_min = 1, .latency_max = 1};
    uint64_t answer = traffic_answer_bound(t), fence = traffic_fence_bound(t);
    assert_in_range(answer, 5 * traffic_walk_cycles(t), 2000);
    assert_in_range(fence, traffic_walk_cycles(t), answer);
    t->timing.latency_max = 40;
    assert_in_range(traffic_answer_bound(t), 5 * traffic_walk_cycles(t), 20 * answer);
    t->timing.latency_max = 1;
    t->timing.stall_percent = 80;
    assert_true(traffic_answer_bound(t) > 2 * answer);
    t->timing.stall_percent = 0;
    p->miss_slots[DUT_DATA] = 8;
    uint64_t eight = traffic_answer_bound(t);
    assert_true(eight > answer);
    p->walkers = 4;
    assert_true(traffic_answer_bound(t) < eight);
    p->walkers = 8; /* and each follows the one before, in vain */
    assert_true(traffic_drain_cycles(t) > 8 * (p->levels + 1 + RACES_IN_A_ROW) * 3);
    p->l2_sets = 100;
    assert_int_equal(traffic_fence_bound(t), fence + 100);
    traffic_bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_comes),
        cmocka_unit_test(classes_can_be_left_out),
        cmocka_unit_test(store_comes_before_the_swap),
        cmocka_unit_test(no_race_for_what_needs_no_swap),
        cmocka_unit_test(races_end),
        cmocka_unit_test(swaps_that_fail_for_ever_are_found),
        cmocka_unit_test(races_heed_the_class_of_fences),
        cmocka_unit_test(bounds_follow_the_build),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

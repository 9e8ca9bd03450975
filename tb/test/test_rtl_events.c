// SPDX-License-Identifier: Apache-2.0
/* The events, for a core's counters: each is strobed once for what it stands for, and not for
 * anything else. */
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)
#define LOW  UINT64_C(0x678)

static const struct dut_fence full = {0};

/* How many strobes came of each event while the steps of a test ran. */
struct strobes {
    uint64_t count[DUT_EVENTS];
};

static struct strobes strobes_now(const struct bench *b)
{
    struct strobes now;

    for (unsigned event = 0; event < DUT_EVENTS; event++)
        now.count[event] = dut_events(b->dut, event);
    return now;
}

/* Lets everything end, and expects of each event as many strobes as named, of others none. */
static void expect_strobes(struct bench *b, const struct strobes *before,
                           const struct strobes *expected)
{
    bench_drain(b);
    struct strobes now = strobes_now(b);
    for (unsigned event = 0; event < DUT_EVENTS; event++) {
        uint64_t came = now.count[event] - before->count[event];
        if (came != expected->count[event])
            print_error("%s: event %u\n", b->preset, event);
        check_equal(b, came, expected->count[event]);
    }
}

static uint64_t if_l2(const struct bench *b, uint64_t count)
{
    return b->p->l2_ways ? count : 0;
}

#define expect_events(b, before, ...)                                                              \
    do {                                                                                           \
        const struct strobes should_ = {.count = {__VA_ARGS__}};                                   \
        expect_strobes(b, &(before), &should_);                                                    \
    } while (0)

/* A walk from the root, a hit, the other port's way to the same page, a walk of its neighbour. */
static void each_way_to_an_answer(struct bench *b)
{
    bool l2 = b->p->l2_ways, cached = b->p->walk_cache_entries;

    if (b->p->prefetch) /* the neighbour would be there: test_rtl_prefetch */
        return;
    bench_map(b, VA, 0, PAGE, ALL);
    bench_map(b, VA + 0x1000, 0, PAGE + 0x1000, ALL);
    bench_fence(b, full);
    struct strobes before = strobes_now(b);
    expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
    expect_events(b, before, [DUT_DATA_MISS] = 1, [DUT_L2_MISS] = l2, [DUT_WALK] = 1,
                  [DUT_PTE_READ] = b->p->levels);
    before = strobes_now(b);
    expect_pa(b, MMU_STORE, VA, PAGE + LOW, 12);
    expect_events(b, before, [DUT_DATA_HIT] = 1);
    before = strobes_now(b);
    expect_pa(b, MMU_FETCH, VA, PAGE + LOW, 12);
    if (l2)
        expect_events(b, before, [DUT_FETCH_MISS] = 1, [DUT_L2_HIT] = 1);
    else
        expect_events(b, before, [DUT_FETCH_MISS] = 1, [DUT_WALK] = 1, [DUT_WALK_CACHE] = cached,
                      [DUT_PTE_READ] = bench_reads_left(b, 0));
    before = strobes_now(b);
    expect_pa(b, MMU_FETCH, VA + 0x1000, PAGE + 0x1000 + LOW, 12);
    expect_events(b, before, [DUT_FETCH_MISS] = 1, [DUT_L2_MISS] = l2, [DUT_WALK] = 1,
                  [DUT_WALK_CACHE] = cached, [DUT_PTE_READ] = bench_reads_left(b, 0));
}

/* A miss that follows another counts as a miss; who walks counts the walk. */
static void followers_are_merges(struct bench *b)
{
    unsigned slots = b->p->miss_slots[DUT_DATA];

    bench_map(b, VA, 0, PAGE, ALL);
    bench_timing(b, 5, 0);
    bench_fence(b, full);
    struct strobes before = strobes_now(b);
    for (unsigned tag = 0; tag < slots; tag++)
        bench_enter(b, MMU_LOAD, tag, VA);
    expect_events(b, before, [DUT_DATA_MISS] = slots, [DUT_MERGE] = slots - 1,
                  [DUT_L2_MISS] = if_l2(b, 1), [DUT_WALK] = 1, [DUT_PTE_READ] = b->p->levels);
}

static void faults_and_fences(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, 0);
    bench_fence(b, full);
    struct strobes before = strobes_now(b);
    expect_fault(b, MMU_LOAD, VA, 13);
    expect_events(b, before, [DUT_DATA_MISS] = 1, [DUT_L2_MISS] = if_l2(b, 1), [DUT_WALK] = 1,
                  [DUT_WALK_FAULT] = 1, [DUT_PTE_READ] = b->p->levels);
    for (enum dut_fence_op op = DUT_SFENCE_VMA; op <= DUT_SFENCE_INVAL_IR; op++) {
        before = strobes_now(b);
        bench_fence(b, (struct dut_fence){.op = op});
        expect_events(b, before, [DUT_FENCE_DONE] = 1);
    }
}

/* A swap that stores is an update; one that loses or errs is none. */
static void stored_swaps_are_updates(struct bench *b)
{
    static const uint64_t other[] = {V | R | W | X | 1 << 8};
    uint64_t *leaf = bench_pte(b, VA, 0), l2 = if_l2(b, 1);

    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    for (unsigned i = 0; i < 3; i++) {
        *leaf = V | R | W | X;
        b->memory.races = other;
        b->memory.nraces = i == 1;
        b->memory.broken_swap = i == 2 ? bench_pte_pa(b, b->root, VA, 0) : 0;
        bench_fence(b, full);
        struct strobes before = strobes_now(b);
        if (i < 2)
            expect_pa(b, MMU_STORE, VA, LOW, 12);
        else
            expect_fault(b, MMU_STORE, VA, 7);
        expect_events(
            b, before, [DUT_DATA_MISS] = 1, [DUT_L2_MISS] = l2, [DUT_WALK] = 1,
            [DUT_WALK_FAULT] = i == 2, [DUT_UPDATE] = i < 2, [DUT_PTE_READ] = b->p->levels);
    }
}

/* One for each leaf that a line has brought; those are no reads, walks or misses. */
static void neighbours_are_prefetches(struct bench *b)
{
    for (unsigned i = 0; i < 8; i++)
        bench_map(b, (VA & ~UINT64_C(0xffff)) + (i << 12), 0, PAGE, i == 2 ? V : ALL);
    bench_fence(b, full);
    struct strobes before = strobes_now(b);
    expect_pa(b, MMU_LOAD, VA & ~UINT64_C(0xffff), PAGE, 12);
    expect_events(
        b, before, [DUT_DATA_MISS] = 1, [DUT_L2_MISS] = 1, [DUT_WALK] = 1,
        [DUT_PTE_READ] = b->p->levels, [DUT_PREFETCH] = b->p->prefetch - (b->p->prefetch > 1));
}

/* A walk that a fence makes begin again counts again; the reads before the fence count, too. */
static void walks_begun_again(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    bench_timing(b, 10, 0);
    bench_fence(b, full);
    struct strobes before = strobes_now(b);
    bench_enter(b, MMU_LOAD, 0, VA);
    bench_steps(b, 8 + (b->p->l2_ways ? 2 : 0)); /* the first PTE is on its way */
    bench_fence(b, full);
    answer_pa(b, DUT_DATA, 0, PAGE + LOW, 12);
    bench_drain(b);
    check_equal(b, dut_events(b->dut, DUT_WALK) - before.count[DUT_WALK], 2);
    check_equal(b, dut_events(b->dut, DUT_PTE_READ) - before.count[DUT_PTE_READ], b->p->levels + 1);
    check_equal(b, dut_events(b->dut, DUT_DATA_MISS) - before.count[DUT_DATA_MISS], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(each_way_to_an_answer),
        SUITE_TEST_WITH(HAS_MERGING, followers_are_merges),
        SUITE_TEST(faults_and_fences),
        SUITE_TEST_WITH(HAS_SVADU, stored_swaps_are_updates),
        SUITE_TEST_SET(HAS_PREFETCH, SUITE_LINES, neighbours_are_prefetches),
        SUITE_TEST(walks_begun_again),
    };

    return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}

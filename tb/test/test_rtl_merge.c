// SPDX-License-Identifier: Apache-2.0
/*
 * Misses of one port to one page: those that come while it is being fetched follow the first, which
 * alone walks. What follows is judged for itself, by the leaf that comes; where that grants nothing
 * it walks itself, and so inherits no fault. L is the latency of memory.
 */
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)
#define NEW  UINT64_C(0x180000000)
#define LOW  UINT64_C(0x678)
#define L    6

static const struct dut_fence full = {0};

/* What memory and events have counted since. */
struct counts {
    uint64_t reads, walks, merges;
};

static struct counts count(const struct bench *b)
{
    return (struct counts){b->memory.reads, dut_events(b->dut, DUT_WALK),
                           dut_events(b->dut, DUT_MERGE)};
}

#define check_counts(b, since, more_reads, more_walks, more_merges)                                \
    do {                                                                                           \
        check_equal(b, (b)->memory.reads - (since).reads, more_reads);                             \
        check_equal(b, dut_events((b)->dut, DUT_WALK) - (since).walks, more_walks);                \
        check_equal(b, dut_events((b)->dut, DUT_MERGE) - (since).merges, more_merges);             \
    } while (0)

/* Nothing cached, a slow memory, nothing on its way. */
static void begin(struct bench *b)
{
    bench_drain(b);
    bench_timing(b, L, 0);
    bench_fence(b, full);
}

/* Cycles of a walk that reads n PTEs, to its answer. */
static unsigned walk_cycles(const struct bench *b, unsigned n)
{
    return n * (L + 1) + 1 + (b->p->l2_ways ? 1 + b->p->l2_register : 0);
}

static enum mmu_access access_of(enum dut_port port)
{
    return port == DUT_FETCH ? MMU_FETCH : MMU_LOAD;
}

/* Either port fills its slots with requests for one page: one walk, whose answer comes first;
 * then, when the leaf has been judged for them, one of the others in each cycle. */
static void one_page_walks_once(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned gap = 0; gap < 3; gap++) {
            unsigned slots = b->p->miss_slots[port];
            begin(b);
            struct counts before = count(b);
            for (unsigned tag = 0; tag < slots; tag++) {
                assert_true(bench_submit(b, access_of(port), tag, VA + tag));
                bench_step(b);
                bench_steps(b, gap);
            }
            for (unsigned tag = 0; tag < slots; tag++)
                answer_pa(b, port, tag, PAGE + LOW + tag, 12);
            check_counts(b, before, b->p->levels, 1, slots - 1);
            const struct bench_answer *a = b->answers[port];
            check_equal(b, a[0].answered - a[0].asked, walk_cycles(b, b->p->levels));
            for (unsigned tag = 1; tag < slots; tag++) /* judged in the cycle after the leaf */
                check_equal(b, a[tag].answered - a[0].answered, tag + 1);
            check_equal(b, bench_latency(b, access_of(port), VA), 1);
        }
}

/* More requests for the page than slots, one after the other. */
static void page_that_everybody_wants(struct bench *b)
{
    unsigned tags = bench_tags(b);

    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned round = 0; round < 8; round++) {
        begin(b);
        uint64_t reads = b->memory.reads;
        for (unsigned tag = 0; tag < tags; tag++) {
            bench_enter(b, MMU_FETCH + tag % 2, tag, VA + tag);
            bench_steps(b, round);
        }
        for (unsigned tag = 0; tag < tags; tag++)
            answer_pa(b, tag % 2, tag, PAGE + LOW + tag, 12);
        assert_in_range(b->memory.reads - reads, b->p->levels, 2 * b->p->levels);
    }
}

/* Two requests for VA, the second a few cycles after the first. */
static void ask_two(struct bench *b, enum mmu_access first, enum mmu_access second, unsigned gap)
{
    begin(b);
    assert_true(bench_submit(b, first, 0, VA));
    bench_step(b);
    bench_steps(b, gap);
    assert_true(bench_submit(b, second, 1, VA));
    bench_step(b);
}

static const uint64_t leaves[] = {ALL, V | R | A, V | X | A, V | R | W | A | D, V | R | X | A, 0};

static bool grants(uint64_t leaf, enum mmu_access access)
{
    uint64_t needs = access == MMU_LOAD ? R | A : W | A | D;

    return leaf & V && (leaf & needs) == needs;
}

static void answer_by(struct bench *b, unsigned tag, uint64_t leaf, enum mmu_access access)
{
    if (grants(leaf, access))
        answer_pa(b, DUT_DATA, tag, PAGE + LOW, 12);
    else
        answer_fault(b, DUT_DATA, tag, page_fault_of(access), VA);
}

/* Each kind of access after each other, to a page that grants one of them, both or none: each is
 * answered as if it had been alone, in bounded time. */
static void each_is_judged_for_itself(struct bench *b)
{
    for (unsigned i = 0; i < sizeof leaves / sizeof *leaves; i++)
        for (enum mmu_access first = MMU_LOAD; first <= MMU_AMO; first++)
            for (enum mmu_access second = MMU_LOAD; second <= MMU_AMO; second++)
                for (unsigned gap = 0; gap < 24; gap += 5) {
                    bench_map(b, VA, 0, PAGE, leaves[i]);
                    ask_two(b, first, second, gap);
                    answer_by(b, 0, leaves[i], first);
                    answer_by(b, 1, leaves[i], second);
                }
}

/* A fault is the own walk's: the PTE is made valid when the first has read it, and before. */
static void no_fault_is_inherited(struct bench *b)
{
    for (unsigned moment = 0; moment < walk_cycles(b, b->p->levels) + 4; moment++) {
        bench_map(b, VA, 0, PAGE, 0);
        begin(b);
        assert_true(bench_submit(b, MMU_STORE, 0, VA));
        bench_step(b);
        bench_steps(b, moment);
        bench_map(b, VA, 0, PAGE, ALL);
        assert_true(bench_submit(b, MMU_LOAD, 1, VA)); /* accepted after the store */
        bench_step(b);
        answer_pa(b, DUT_DATA, 1, PAGE + LOW, 12);
        if (bench_wait(b, DUT_DATA, 0)->response.result == DUT_GRANTED)
            answer_pa(b, DUT_DATA, 0, PAGE + LOW, 12);
        else
            answer_fault(b, DUT_DATA, 0, 15, VA);
    }
}

/* A read that errs for the first only: the second has its own. */
static void no_error_is_inherited(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned gap = 0; gap < walk_cycles(b, b->p->levels) - 2; gap += 3) {
        begin(b);
        b->memory.broken = bench_pte_pa(b, b->root, VA, 0);
        assert_true(bench_submit(b, MMU_STORE, 0, VA));
        bench_step(b);
        bench_steps(b, gap);
        assert_true(bench_submit(b, MMU_LOAD, 1, VA));
        bench_step(b);
        answer_fault(b, DUT_DATA, 0, 7, VA);
        b->memory.broken = 0;
        answer_pa(b, DUT_DATA, 1, PAGE + LOW, 12);
    }
}

/* The one who walks is killed, in each cycle; so is one who follows. Those who are left are
 * answered, and nobody else is. */
static void kills_of_leader_and_follower(struct bench *b)
{
    unsigned slots = b->p->miss_slots[DUT_DATA];

    bench_map(b, VA, 0, PAGE, ALL);
    bench_map(b, VA + 0x1000, 0, NEW, ALL);
    for (unsigned killed = 0; killed < 2; killed++)
        for (unsigned moment = 0; moment < walk_cycles(b, b->p->levels) + 4; moment++) {
            begin(b);
            for (unsigned tag = 0; tag < slots; tag++) {
                assert_true(bench_submit(b, MMU_LOAD, tag, VA + tag));
                bench_step(b);
            }
            bench_steps(b, moment);
            bool was_live = b->answers[DUT_DATA][killed].live;
            bench_kill(b, DUT_DATA, 1u << killed);
            bench_step(b);
            bench_enter(b, MMU_LOAD, killed, VA + 0x1000); /* its tag at once again */
            answer_pa(b, DUT_DATA, killed, NEW + LOW, 12);
            for (unsigned tag = 0; tag < slots; tag++)
                if (tag != killed)
                    answer_pa(b, DUT_DATA, tag, PAGE + LOW + tag, 12);
            bench_steps(b, 20);
            check_equal(b, b->unwanted, 0);
            assert_true(was_live || moment > 0);
        }
}

/* All of them are killed: the walk may go on, and who comes next for the page is answered. */
static void kill_of_everybody(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned moment = 0; moment < walk_cycles(b, b->p->levels) + 4; moment++) {
        ask_two(b, MMU_LOAD, MMU_STORE, 0);
        bench_steps(b, moment);
        bench_kill(b, DUT_DATA, ~UINT64_C(0));
        bench_step(b);
        bench_enter(b, MMU_STORE, 0, VA + 1);
        answer_pa(b, DUT_DATA, 0, PAGE + LOW + 1, 12);
        bench_steps(b, 40);
        check_equal(b, b->unwanted, 0);
    }
}

/* A fence of each form between the two, while the page moves: the second never has the old one. */
static void fence_parts_them(struct bench *b)
{
    static const struct dut_fence forms[] = {
        {0},
        {.use_va = true, .va = VA},
        {.use_asid = true, .asid = 1},
        {.use_va = true, .va = VA, .use_asid = true, .asid = 1},
    };

    for (unsigned form = 0; form < 4; form++)
        for (unsigned moment = 0; moment < walk_cycles(b, b->p->levels) + 4; moment++) {
            bench_map(b, VA, 0, PAGE, ALL);
            begin(b);
            assert_true(bench_submit(b, MMU_LOAD, 0, VA));
            bench_step(b);
            bench_steps(b, moment);
            bench_map(b, VA, 0, NEW, ALL);
            bench_fence(b, forms[form]);
            bench_enter(b, MMU_LOAD, 1, VA);
            answer_pa(b, DUT_DATA, 1, NEW + LOW, 12);
            const struct dut_response *first = &bench_wait(b, DUT_DATA, 0)->response;
            assert_true(first->pa == PAGE + LOW || first->pa == NEW + LOW);
            expect_pa(b, MMU_STORE, VA, NEW + LOW, 12);
        }
}

/* A fence when both are waiting: both are answered, and the page is asked for anew. */
static void fence_over_both(struct bench *b)
{
    for (unsigned moment = 0; moment < walk_cycles(b, b->p->levels) + 4; moment++) {
        bench_map(b, VA, 0, PAGE, ALL);
        ask_two(b, MMU_LOAD, MMU_STORE, 2);
        bench_steps(b, moment);
        bench_map(b, VA, 0, NEW, ALL);
        bench_fence(b, full);
        bench_enter(b, MMU_LOAD, 2, VA);
        answer_pa(b, DUT_DATA, 2, NEW + LOW, 12);
        for (unsigned tag = 0; tag < 2; tag++) {
            const struct dut_response *r = &bench_wait(b, DUT_DATA, tag)->response;
            check_equal(b, r->result, DUT_GRANTED);
            assert_true(r->pa == PAGE + LOW || r->pa == NEW + LOW);
        }
        expect_pa(b, MMU_STORE, VA, NEW + LOW, 12);
    }
}

/* Nor do two follow each other whose contexts differ in anything that a walk depends on. */
static void different_contexts_keep_apart(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned asid = 1; asid <= 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid - 1]);
        bench_map(b, VA, 0, asid == 1 ? PAGE : NEW, V | X | A | D | U | (asid == 2 ? R : 0));
    }
    for (unsigned differs = 0; differs < 4; differs++)
        for (unsigned gap = 0; gap < 20; gap += 4) {
            bench_satp(b, b->p->levels, 1, roots[0]);
            bench_sum_mxr(b, true, true);
            b->privilege = MMU_S;
            begin(b);
            uint64_t merges = dut_events(b->dut, DUT_MERGE);
            assert_true(bench_submit(b, MMU_LOAD, 0, VA));
            bench_step(b);
            bench_steps(b, gap);
            bench_sum_mxr(b, differs != 0, differs != 1);
            b->privilege = differs == 2 ? MMU_U : MMU_S;
            if (differs == 3)
                bench_satp(b, b->p->levels, 2, roots[1]);
            assert_true(bench_submit(b, MMU_LOAD, 1, VA));
            bench_step(b);
            answer_pa(b, DUT_DATA, 0, PAGE + LOW, 12);
            if (differs < 2)
                answer_fault(b, DUT_DATA, 1, 13, VA);
            else
                answer_pa(b, DUT_DATA, 1, differs == 2 ? PAGE + LOW : NEW + LOW, 12);
            check_equal(b, dut_events(b->dut, DUT_MERGE) - merges, 0);
        }
    b->privilege = MMU_S;
}

/* The other port walks for itself; so does another page, of one superpage at that. */
static void other_ports_and_pages_keep_apart(struct bench *b)
{
    unsigned shift = bench_shift(b, 1);
    uint64_t low = VA & ((UINT64_C(1) << shift) - 1), next = VA ^ 0x1000;

    bench_map(b, VA, 1, PAGE, ALL);
    for (unsigned gap = 0; gap < 12; gap += 3) {
        begin(b);
        uint64_t merges = dut_events(b->dut, DUT_MERGE);
        assert_true(bench_submit(b, MMU_FETCH, 0, VA));
        bench_step(b);
        bench_steps(b, gap);
        assert_true(bench_submit(b, MMU_LOAD, 0, VA));
        bench_step(b);
        assert_true(bench_submit(b, MMU_STORE, 1, next));
        bench_step(b);
        answer_pa(b, DUT_FETCH, 0, PAGE + low, shift);
        answer_pa(b, DUT_DATA, 0, PAGE + low, shift);
        answer_pa(b, DUT_DATA, 1, PAGE + (low ^ 0x1000), shift);
        check_equal(b, dut_events(b->dut, DUT_MERGE) - merges, 0);
    }
}

/* Speculative and certain, in either order: the one is deferred, the other sets A and D. */
static void speculative_and_certain(struct bench *b)
{
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    for (unsigned order = 0; order < 2; order++)
        for (unsigned gap = 0; gap < walk_cycles(b, b->p->levels) - 2; gap += 2) {
            bench_map(b, VA, 0, PAGE, V | R | W);
            begin(b);
            uint64_t swaps = b->memory.swaps;
            b->speculative = order == 0;
            assert_true(bench_submit(b, MMU_STORE, 0, VA));
            bench_step(b);
            bench_steps(b, gap);
            b->speculative = order == 1;
            assert_true(bench_submit(b, MMU_STORE, 1, VA));
            bench_step(b);
            answer_pa(b, DUT_DATA, 1 - order, PAGE + LOW, 12);
            const struct dut_response *other = &bench_wait(b, DUT_DATA, order)->response;
            assert_true(other->result == DUT_DEFER || order == 1 || other->pa == PAGE + LOW);
            check_equal(b, b->memory.swaps - swaps, 1);
            check_equal(b, *bench_pte(b, VA, 0), pte(PAGE, V | R | W | A | D));
        }
    b->speculative = false;
}

/* A load sets A; the store that follows it finds D clear and sets it itself. */
static void store_after_load_sets_d_itself(struct bench *b)
{
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    for (unsigned gap = 0; gap < walk_cycles(b, b->p->levels) - 2; gap++) {
        bench_map(b, VA, 0, PAGE, V | R | W);
        ask_two(b, MMU_LOAD, MMU_STORE, gap);
        answer_pa(b, DUT_DATA, 0, PAGE + LOW, 12);
        check_equal(b, *bench_pte(b, VA, 0) & A, A);
        answer_pa(b, DUT_DATA, 1, PAGE + LOW, 12);
        check_equal(b, *bench_pte(b, VA, 0), pte(PAGE, V | R | W | A | D));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_MERGING, one_page_walks_once),
        SUITE_TEST_WITH(HAS_MERGING, page_that_everybody_wants),
        SUITE_TEST_WITH(HAS_MERGING, each_is_judged_for_itself),
        SUITE_TEST_WITH(HAS_MERGING, no_fault_is_inherited),
        SUITE_TEST_WITH(HAS_MERGING, no_error_is_inherited),
        SUITE_TEST_WITH(HAS_MERGING, kills_of_leader_and_follower),
        SUITE_TEST_WITH(HAS_MERGING, kill_of_everybody),
        SUITE_TEST_WITH(HAS_MERGING, fence_parts_them),
        SUITE_TEST_WITH(HAS_MERGING, fence_over_both),
        SUITE_TEST_WITH(HAS_MERGING, different_contexts_keep_apart),
        SUITE_TEST_WITH(HAS_MERGING, other_ports_and_pages_keep_apart),
        SUITE_TEST_WITH(HAS_MERGING | HAS_SVADU, speculative_and_certain),
        SUITE_TEST_WITH(HAS_MERGING | HAS_SVADU, store_after_load_sets_d_itself),
    };

    return cmocka_run_group_tests_name("merged misses", tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: who is answered, how often, in whose context,
 * and whether anybody waits for ever. Each test is named after its number in the list of known
 * bugs. */
#include "rtl_pages.h"
#include "rtl_suite.h"

/* An access that crosses a page is two requests: each half is answered for itself, with its own
 * address, whatever becomes of the other. */
static void known_bug_21_22_each_half_for_itself(struct bench *b)
{
    map_pages(b, 4, ALL);
    *bench_pte(b, va(1), 0) = 0;
    for (unsigned delay = 0; delay < 12; delay++)
        for (unsigned order = 0; order < 2; order++) {
            uint64_t end = (VA | 0xfff) - 1, next = va(1) & ~UINT64_C(0xfff);
            bench_fence(b, (struct dut_fence){0});
            bench_enter(b, MMU_STORE, order, end);
            bench_steps(b, delay);
            bench_enter(b, MMU_STORE, 1 - order, next);
            answer_fault(b, DUT_DATA, 1 - order, 15, next);
            answer_pa(b, DUT_DATA, order, PAGE + 0xffe, 12);
            bench_enter(b, MMU_LOAD, order, next); /* and the other way round */
            bench_enter(b, MMU_STORE, 1 - order, end);
            answer_fault(b, DUT_DATA, order, 13, next);
            answer_pa(b, DUT_DATA, 1 - order, PAGE + 0xffe, 12);
        }
}

/* A miss, and a second request of every kind of answer at every distance: one answer each. The
 * bench counts every answer that nobody waits for. */
static void known_bug_24_one_answer_each(struct bench *b)
{
    map_pages(b, 3, ALL);
    for (unsigned latency = 1; latency <= 4; latency += 3)
        for (unsigned second = 0; second < 4; second++)
            for (unsigned distance = 0; distance < 30; distance++) {
                static const unsigned page[] = {1, 0, 2, 40}; /* hit, the same, miss, fault */
                bench_drain(b);
                bench_timing(b, latency, 0);
                bench_fence(b, (struct dut_fence){0});
                expect_pa(b, MMU_LOAD, va(1), pa(1), 12);
                bench_enter(b, MMU_LOAD, 0, va(0) + 3); /* no alignment is asked for */
                bench_steps(b, distance);
                bench_enter(b, MMU_LOAD, 1, va(page[second]));
                if (second < 3)
                    answer_pa(b, DUT_DATA, 1, pa(page[second]), 12);
                else
                    answer_fault(b, DUT_DATA, 1, 13, va(40));
                answer_pa(b, DUT_DATA, 0, pa(0) + 3, 12);
                bench_steps(b, 40);
                check_equal(b, b->unwanted, 0);
            }
}

/* Everything that a request was accepted with changes in the next cycles. */
static void known_bug_28_context_is_the_requests_own(struct bench *b)
{
    uint64_t root = b->root, other = bench_table(b), satp;

    bench_map(b, VA, 0, PAGE, V | X | A | U); /* S-mode may load it with both SUM and MXR */
    bench_satp(b, b->p->levels, 2, other);
    bench_map(b, VA, 0, PAGE + 0x5000, RW);
    for (unsigned moment = 0; moment < 30; moment++) {
        bench_drain(b);
        bench_timing(b, 4, 0);
        bench_fence(b, (struct dut_fence){0});
        bench_satp(b, b->p->levels, 1, root);
        bench_sum_mxr(b, true, true);
        bench_submit(b, MMU_LOAD, 0, VA);
        bench_step(b);
        bench_steps(b, moment);
        bench_sum_mxr(b, false, false);
        bench_satp(b, b->p->levels, 2, other);
        bench_steps(b, 3);
        satp = b->context.satp;
        bench_satp(b, 0, 0, 0);
        answer_pa(b, DUT_DATA, 0, PAGE + LOW, 12);
        b->context.satp = satp;
        dut_set_context(b->dut, &b->context);
        expect_pa(b, MMU_LOAD, VA, PAGE + 0x5000 + LOW, 12); /* nothing of it under ASID 2 */
        bench_satp(b, b->p->levels, 1, root);
        expect_fault(b, MMU_LOAD, VA, 13); /* SUM and MXR are off now */
    }
}

static void known_bug_29_killed_walk_leaves_no_trace(struct bench *b)
{
    map_pages(b, 2, ALL);
    for (unsigned moment = 0; moment < 30; moment++)
        for (unsigned again = 0; again < 2; again++) {
            bench_drain(b);
            bench_timing(b, 5, 0);
            bench_fence(b, (struct dut_fence){0});
            bench_enter(b, MMU_LOAD, 1, va(50)); /* would fault */
            bench_enter(b, MMU_FETCH, 1, va(50));
            bench_steps(b, moment);
            bench_kill(b, DUT_DATA, ~UINT64_C(0));
            bench_kill(b, DUT_FETCH, 1u << 1);
            bench_step(b);
            /* The tag is free at once, and the right path is answered. */
            bench_enter(b, MMU_LOAD, again, va(0));
            bench_enter(b, MMU_FETCH, again, va(1));
            answer_pa(b, DUT_DATA, again, pa(0), 12);
            answer_pa(b, DUT_FETCH, again, pa(1), 12);
            expect_fault(b, MMU_LOAD, va(50), 13);
        }
}

/* A request that waits for its turn is killed at any moment; the next, of another region, may be
 * where it was. */
static void known_bug_29_newcomer_takes_nothing_of_a_killed_one(struct bench *b)
{
    uint64_t far = UINT64_C(1) << bench_shift(b, 1);

    map_pages(b, 8, ALL);
    for (unsigned i = 0; i < 8; i++)
        bench_map(b, va(i) + far, 0, PAGE + ((i + 8u) << 12), ALL);
    for (unsigned latency = 1; latency <= 4; latency++)
        for (unsigned moment = 0; moment < 32; moment++) {
            bench_timing(b, latency, 0);
            bench_fence(b, (struct dut_fence){0});
            expect_pa(b, MMU_LOAD, va(7), pa(7), 12); /* the tables are known */
            expect_pa(b, MMU_LOAD, va(7) + far, pa(15), 12);
            bench_steps(b, 10);
            for (unsigned i = 0; i < 2; i++)
                bench_enter(b, MMU_FETCH, i, va(i));
            bench_enter(b, MMU_LOAD, 1, va(2));
            bench_enter(b, MMU_LOAD, 2, va(3) + far);
            bench_steps(b, moment);
            bench_kill(b, DUT_DATA, 1u << 2);
            bench_enter(b, MMU_LOAD, 3, va(4));
            answer_pa(b, DUT_DATA, 3, pa(4), 12);
            bench_drain(b);
        }
}

static void known_bug_30_fetch_and_data_walks_keep_apart(struct bench *b)
{
    map_pages(b, 64, ALL);
    for (unsigned latency = 1; latency <= 3; latency++)
        for (unsigned distance = 0; distance < 16; distance++) {
            unsigned i = 2 * distance, j = i + 1;
            bench_drain(b);
            bench_timing(b, latency, 0);
            bench_fence(b, (struct dut_fence){0});
            bench_submit(b, MMU_FETCH, 2, va(i));
            bench_steps(b, distance);
            bench_submit(b, MMU_LOAD, 3, va(j));
            answer_pa(b, DUT_FETCH, 2, pa(i), 12);
            answer_pa(b, DUT_DATA, 3, pa(j), 12);
            for (unsigned round = 0; round < 2; round++) { /* each TLB has its own, then both */
                expect_pa(b, MMU_FETCH, va(i), pa(i), 12);
                expect_pa(b, MMU_LOAD, va(j), pa(j), 12);
                expect_pa(b, MMU_FETCH, va(j), pa(j), 12);
                expect_pa(b, MMU_LOAD, va(i), pa(i), 12);
            }
        }
}

/* All miss slots taken, by misses of one page and of many, on both ports; then killed, again and
 * again. Everything is answered in bounded time (bench_wait). */
static void known_bug_32_full_of_misses(struct bench *b)
{
    map_pages(b, 64, ALL);
    for (unsigned round = 0; round < 60; round++) {
        bench_drain(b);
        bench_timing(b, 1 + round % 7, round % 3 * 30);
        bench_fence(b, (struct dut_fence){0});
        for (unsigned i = 0; i < bench_tags(b); i++) {
            unsigned page = round % 2 ? i : 5; /* many pages, or the same one each time */
            bench_enter(b, MMU_LOAD, i, va(page));
            bench_enter(b, MMU_FETCH, i, va(page));
        }
        if (round % 4 > 1)
            for (unsigned port = 0; port < DUT_PORTS; port++)
                bench_kill(b, port, ~UINT64_C(0));
        bench_step(b);
        bench_enter(b, MMU_LOAD, 0, va(60));
        answer_pa(b, DUT_DATA, 0, pa(60), 12);
        for (unsigned i = 1; i < bench_tags(b) && round % 4 <= 1; i++) {
            answer_pa(b, DUT_DATA, i, pa(round % 2 ? i : 5), 12);
            answer_pa(b, DUT_FETCH, i, pa(round % 2 ? i : 5), 12);
        }
    }
}

/* One port hits in every cycle; the misses of the other are answered all the same. */
static void known_bug_33_turns(struct bench *b)
{
    map_pages(b, 64, ALL);
    bench_timing(b, 2, 0);
    for (unsigned hot = 0; hot < DUT_PORTS; hot++) {
        enum mmu_access hits = hot == DUT_FETCH ? MMU_FETCH : MMU_LOAD;
        enum mmu_access misses = hot == DUT_FETCH ? MMU_LOAD : MMU_FETCH;
        const struct bench_answer *answer = &b->answers[!hot][0];
        bench_ask(b, hits, va(0));
        for (unsigned cycle = 0, asked = 0; cycle < 2000; cycle++) {
            if (!b->answers[hot][cycle % 2].live)
                bench_submit(b, hits, cycle % 2, va(0));
            if (!answer->live)
                bench_submit(b, misses, 0, va(1 + asked++ % 63));
            assert_true(!answer->live || dut_cycle(b->dut) - answer->asked < 100);
            bench_step(b);
        }
        bench_drain(b);
    }
}

/* Neither port starves the other, nor a fence, nor do fences starve them. */
static void known_bug_33_everybody_goes_on(struct bench *b)
{
    unsigned answered[DUT_PORTS] = {0}, fences = 0;
    struct dut_fence fence = {.use_asid = true, .asid = 1};

    map_pages(b, 64, ALL);
    bench_timing(b, 2, 20);
    for (unsigned cycle = 0; cycle < 20000; cycle++) {
        unsigned page = cycle * 7 % 64;
        if (!b->answers[DUT_FETCH][cycle % bench_tags(b)].live)
            bench_submit(b, MMU_FETCH, cycle % bench_tags(b), va(64 + page)); /* all fault */
        if (!b->answers[DUT_DATA][cycle % bench_tags(b)].live)
            bench_submit(b, MMU_LOAD, cycle % bench_tags(b), va(page));
        if (cycle % 400 >= 100 && fences <= cycle / 400) /* 100 cycles without, then one */
            fences += dut_fence(b->dut, &fence);
        uint64_t live[DUT_PORTS] = {0};
        for (unsigned port = 0; port < DUT_PORTS; port++)
            for (unsigned tag = 0; tag < bench_tags(b); tag++)
                live[port] += b->answers[port][tag].live;
        bench_step(b);
        for (unsigned port = 0; port < DUT_PORTS; port++)
            for (unsigned tag = 0; tag < bench_tags(b); tag++)
                live[port] -= b->answers[port][tag].live;
        answered[DUT_FETCH] += live[DUT_FETCH];
        answered[DUT_DATA] += live[DUT_DATA];
    }
    assert_true(answered[DUT_FETCH] > 200 && answered[DUT_DATA] > 200);
    check_equal(b, fences, 50);
}

/* Translation is turned off and on again in the middle of walks. */
static void known_bug_33_translation_turned_off_under_a_walk(struct bench *b)
{
    uint64_t satp = b->context.satp;

    map_pages(b, 2, ALL);
    for (unsigned moment = 0; moment < 20; moment++) {
        bench_fence(b, (struct dut_fence){0});
        bench_enter(b, MMU_LOAD, 1, va(0));
        bench_steps(b, moment);
        bench_satp(b, 0, 0, 0);
        bench_enter(b, MMU_LOAD, 0, PAGE >> 4);
        answer_pa(b, DUT_DATA, 0, PAGE >> 4, 0);
        b->context.satp = satp;
        dut_set_context(b->dut, &b->context);
        bench_enter(b, MMU_LOAD, 0, va(1));
        answer_pa(b, DUT_DATA, 0, pa(1), 12);
        answer_pa(b, DUT_DATA, 1, pa(0), 12);
    }
}

/* Downwards, since no line of PTEs brings the page below. */
static void known_bug_34_a_miss_walks_once(struct bench *b)
{
    map_pages(b, 64, ALL);
    for (unsigned i = 0; i < 32; i++) {
        enum mmu_access access = i % 2 ? MMU_FETCH : MMU_LOAD;
        bench_drain(b);
        bench_timing(b, 1 + i % 5, i % 3 * 40);
        bool from_root = i % 4 || i == 0;
        if (from_root)
            bench_fence(b, (struct dut_fence){0});
        uint64_t walks = dut_events(b->dut, DUT_WALK), reads = b->memory.reads;
        expect_pa(b, access, va(63 - i), pa(63 - i), 12);
        bench_drain(b);
        check_equal(b, dut_events(b->dut, DUT_WALK) - walks, 1);
        check_equal(b, b->memory.reads - reads, from_root ? b->p->levels : bench_reads_left(b, 0));
        check_equal(b, dut_events(b->dut, DUT_PTE_READ), b->memory.reads);
    }
}

/* What was there before a reset, and whatever the RAMs hold, serves nobody after it. */
static void known_bug_52_nothing_outlives_reset(struct bench *b)
{
    map_pages(b, 96, ALL);
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned k = 0; k < 96; k++) {
            unsigned i = round ? 95 - k : k; /* first what was asked last before the reset */
            bench_map(b, va(i), 0, PAGE + ((uint64_t)(i ^ round) << 12), ALL);
            expect_pa(b, i % 2 ? MMU_FETCH : MMU_LOAD, va(i), pa(i ^ round), 12);
        }
        bench_enter(b, MMU_LOAD, 0, va(90)); /* and one that is under way */
        bench_enter(b, MMU_FETCH, 1, va(91));
        memset(b->answers, 0, sizeof b->answers);
        dut_reset(b->dut);
        dut_set_context(b->dut, &b->context);
        bench_steps(b, 100);
        check_equal(b, b->unwanted, 0);
        for (unsigned event = 0; event < DUT_EVENTS; event++)
            check_equal(b, dut_events(b->dut, event), 0);
    }
    for (unsigned i = 0; i < 96; i++) {
        uint64_t reads = b->memory.reads;
        expect_pa(b, i % 2 ? MMU_FETCH : MMU_LOAD, va(i), pa(i ^ 1), 12);
        check_equal(b, b->memory.reads - reads, i ? bench_reads_left(b, 0) : b->p->levels);
    }
}

/* satp, SUM and privilege change in every cycle, with a request in each of them. */
static void known_bug_53_context_of_each_cycle(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned asid = 0; asid < 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid]);
        bench_map(b, VA, 0, PAGE + ((uint64_t)asid << 12), ALL);
        bench_map(b, va(2), 0, PAGE, ALL | U);
        expect_pa(b, MMU_LOAD, VA, pa(asid), 12);
        bench_sum_mxr(b, true, false);
        expect_pa(b, MMU_LOAD, va(2), pa(0), 12);
    }
    for (unsigned i = 0; i < 64; i++) {
        unsigned asid = (i ^ i >> 3) & 1;
        bench_satp(b, b->p->levels, asid, roots[asid]);
        assert_true(bench_submit(b, MMU_LOAD, i % 4, VA));
        bench_step(b);
        bench_satp(b, b->p->levels, !asid, roots[!asid]);
        answer_pa(b, DUT_DATA, i % 4, pa(asid), 12);
    }
    for (unsigned i = 0; i < 64; i++) {
        bool sum = (i ^ i >> 2) & 1;
        bench_sum_mxr(b, sum, false);
        assert_true(bench_submit(b, MMU_LOAD, 0, va(2)));
        bench_step(b);
        bench_sum_mxr(b, !sum, false);
        if (sum)
            answer_pa(b, DUT_DATA, 0, pa(0), 12);
        else
            answer_fault(b, DUT_DATA, 0, 13, va(2));
    }
}

/* The effective privilege comes with each request: M is not translated, S and U are. */
static void known_bug_54_privilege_of_each_request(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    bench_map(b, va(1), 0, PAGE, ALL | U);
    for (unsigned i = 0; i < 3; i++) {
        b->privilege = MMU_M;
        for (unsigned kind = MMU_FETCH; kind <= MMU_AMO; kind++)
            expect_pa(b, kind, VA, VA, 0);
        b->privilege = MMU_S;
        expect_pa(b, MMU_LOAD, VA, pa(0), 12);
        expect_fault(b, MMU_LOAD, va(1), 13);
        b->privilege = MMU_M; /* fetching for M-mode, loading as U-mode (MPRV) at once */
        assert_true(bench_submit(b, MMU_FETCH, 0, va(1)));
        b->privilege = MMU_U;
        assert_true(bench_submit(b, MMU_LOAD, 0, va(1)));
        answer_pa(b, DUT_FETCH, 0, va(1), 0);
        answer_pa(b, DUT_DATA, 0, pa(0), 12);
        expect_fault(b, MMU_STORE, VA, 15);
        expect_fault(b, MMU_FETCH, VA, 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_21_22_each_half_for_itself),
        SUITE_TEST(known_bug_24_one_answer_each),
        SUITE_TEST(known_bug_28_context_is_the_requests_own),
        SUITE_TEST(known_bug_29_killed_walk_leaves_no_trace),
        SUITE_TEST(known_bug_29_newcomer_takes_nothing_of_a_killed_one),
        SUITE_TEST(known_bug_30_fetch_and_data_walks_keep_apart),
        SUITE_TEST(known_bug_32_full_of_misses),
        SUITE_TEST(known_bug_33_turns),
        SUITE_TEST(known_bug_33_everybody_goes_on),
        SUITE_TEST(known_bug_33_translation_turned_off_under_a_walk),
        SUITE_TEST(known_bug_34_a_miss_walks_once),
        SUITE_TEST(known_bug_52_nothing_outlives_reset),
        SUITE_TEST(known_bug_53_context_of_each_cycle),
        SUITE_TEST(known_bug_54_privilege_of_each_request),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

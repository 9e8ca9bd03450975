// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: what one port, page or privilege must not know
 * of another. Each test is named after its number in the list of known bugs. */
#include "rtl_pages.h"
#include "rtl_suite.h"

/* Kills of one port, of every tag and in every cycle, are nothing to the other. */
static void known_bug_31_kill_of_one_port_leaves_the_other(struct bench *b)
{
    for (unsigned i = 0; i < 64; i++)
        bench_map(b, va(i), 0, PAGE + ((uint64_t)i << 12), ALL);
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned i = 0; i < 32; i++) {
            enum mmu_access kept = port ? MMU_STORE : MMU_FETCH,
                            killed = port ? MMU_FETCH : MMU_LOAD;
            unsigned moment = i / 2;
            bench_drain(b);
            bench_timing(b, 3, 0);
            bench_fence(b, (struct dut_fence){0});
            if (i % 2) /* one a hit, the other a miss */
                expect_pa(b, kept, va(i), pa(i), 12);
            bench_enter(b, killed, 1, va(32 + i));
            bench_steps(b, moment / 2);
            bench_submit(b, kept, 1, va(i));
            for (unsigned cycle = 0; cycle < 40; cycle++) {
                bench_kill(b, !port, ~UINT64_C(0));
                if (cycle >= moment)
                    bench_submit(b, killed, cycle % 2, va(32 + i));
                bench_step(b);
            }
            bench_kill(b, !port, ~UINT64_C(0));
            answer_pa(b, port, 1, pa(i), 12);
        }
}

/* Eight pages that could share one entry of a TLB that merges neighbours, each unlike the others,
 * asked for in every order: each is answered by its own PTE. */
static void known_bug_44_50_neighbours_answer_for_themselves(struct bench *b)
{
    static const struct {
        unsigned frame;
        uint64_t flags;
        bool load, store, fetch;
    } pages[8] = {
        {0, ALL, true, true, true},
        {1, 0, false, false, false},
        {2, V | R | A, true, false, false},
        {3, V | X | A, false, false, true},
        {4, ALL | U, false, false, false},
        {15, ALL, true, true, true},
        {6, V | R | W | A, true, false, false},
        {7, ALL | G, true, true, true},
    };
    uint64_t base = VA >> 15 << 15;

    for (unsigned i = 0; i < 8; i++)
        bench_map(b, base + i * 0x1000, 0, PAGE + pages[i].frame * 0x1000, pages[i].flags);
    for (unsigned first = 0; first < 8; first++)
        for (unsigned stride = 1; stride < 8; stride += 2) {
            bench_fence(b, (struct dut_fence){0});
            for (unsigned k = 0; k < 24; k++) {
                static const enum mmu_access kinds[] = {MMU_LOAD, MMU_STORE, MMU_FETCH};
                enum mmu_access access = kinds[(k + first) % 3];
                unsigned i = (first + k * stride) % 8;
                bool granted = access == MMU_LOAD    ? pages[i].load
                               : access == MMU_STORE ? pages[i].store
                                                     : pages[i].fetch;
                if (granted)
                    expect_pa(b, access, base + i * 0x1000, PAGE + pages[i].frame * 0x1000, 12);
                else
                    expect_page_fault(b, access, base + i * 0x1000);
            }
        }
}

/* A superpage filled from any of its base pages hits at all of them, and at none beside it. */
static void known_bug_44_superpage_hits_as_one(struct bench *b)
{
    unsigned shift = bench_shift(b, 1), pages = 1u << (shift - 12);
    uint64_t base = VA >> shift << shift;

    bench_map(b, base, 1, PAGE, ALL);
    bench_map(b, base - 0x1000, 0, PAGE + 0x40000000, ALL);
    bench_map(b, base + (pages << 12), 0, PAGE + 0x50000000, ALL);
    for (unsigned i = 0; i < 32; i++) {
        uint64_t from = (uint64_t)(i * 67 % pages) << 12;
        bench_fence(b, (struct dut_fence){0});
        expect_pa(b, MMU_LOAD, base + from, PAGE + from, shift);
        for (unsigned k = 0; k < 64; k++) {
            uint64_t low = (uint64_t)((i + k * 37) % pages) << 12 | k;
            check_equal(b, bench_latency(b, MMU_STORE, base + low), 1);
            expect_pa(b, MMU_STORE, base + low, PAGE + low, shift);
        }
        expect_pa(b, MMU_LOAD, base - 0x1000, PAGE + 0x40000000, 12);
        expect_pa(b, MMU_LOAD, base + (pages << 12), PAGE + 0x50000000, 12);
    }
}

/* SUM is asked of the leaf and its U: where the walk ends before it, or the leaf is no U page, or
 * U-mode itself asks, SUM changes nothing. */
static void known_bug_06_sum_is_asked_of_the_leaf(struct bench *b)
{
    for (unsigned sum = 0; sum < 2; sum++) {
        bench_sum_mxr(b, sum, false);
        bench_map(b, VA, 0, PAGE, ALL | U);
        b->memory.broken = bench_pte_pa(b, b->root, VA, 1);
        bench_fence(b, (struct dut_fence){0});
        for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
            expect_access_fault(b, access, VA);
        b->memory.broken = 0;
        for (unsigned round = 0; round < 2; round++) {
            expect_page_fault(b, MMU_FETCH, VA); /* never from a U page */
            b->privilege = MMU_U;
            for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
                expect_pa(b, access, VA, PAGE + LOW, 12);
            b->privilege = MMU_S;
            if (sum)
                expect_pa(b, MMU_STORE, VA, PAGE + LOW, 12);
            else
                expect_page_fault(b, MMU_STORE, VA);
        }
        bench_map(b, VA, 0, PAGE, ALL);
        bench_fence(b, (struct dut_fence){0});
        b->privilege = MMU_U;
        expect_page_fault(b, MMU_LOAD, VA);
        b->privilege = MMU_S;
        expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
        expect_pa(b, MMU_FETCH, VA, PAGE + LOW, 12);
    }
}

/* How long it takes to refuse a page of S-mode to U-mode does not tell which TLBs hold it, nor
 * whether S-mode has walked its tables. (What translation shares by its nature it does not hide:
 * sets that are full, and how deep tables go.) */
static void known_bug_56_refusal_takes_the_same_time(struct bench *b)
{
    unsigned levels = b->p->levels;

    for (unsigned level = 0; level < 2; level++) {
        unsigned shift = bench_shift(b, level), took[DUT_PORTS][2] = {{0}};
        bench_satp(b, levels, 1 + level, bench_table(b));
        bench_map(b, VA, level, PAGE, level ? ALL | G : ALL);
        for (unsigned held = 0; held < 8; held++)
            for (unsigned port = 0; port < DUT_PORTS; port++) {
                enum mmu_access access = port ? MMU_LOAD : MMU_FETCH;
                b->privilege = MMU_S;
                bench_fence(b, (struct dut_fence){0});
                for (unsigned k = 0; k < 2; k++) /* in the TLB of the one, the other, both */
                    if (held >> k & 1)
                        expect_pa(b, k ? MMU_STORE : MMU_FETCH, VA,
                                  PAGE + (VA & ((UINT64_C(1) << shift) - 1)), shift);
                bench_steps(b, 10);
                b->privilege = MMU_U;
                for (unsigned k = 0; k < 1 + held / 4; k++) { /* again: it knows its own tables */
                    unsigned cycles = bench_latency(b, access, VA);
                    expect_page_fault(b, access, VA);
                    if (took[port][k] == 0)
                        took[port][k] = cycles;
                    check_equal(b, cycles, took[port][k]);
                }
            }
        b->privilege = MMU_S;
    }
}

/* Nor does it tell of which page a refill is that comes at any moment around it. */
static void known_bug_56_refusal_beside_a_refill_takes_the_same_time(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    bench_map(b, VA + 0x1000, 0, PAGE + 0x1000, ALL);
    for (unsigned moment = 0; moment < 3 * b->p->levels + 8; moment++) {
        unsigned took[2];
        for (unsigned other = 0; other < 2; other++) {
            b->privilege = MMU_S;
            bench_drain(b);
            bench_fence(b, (struct dut_fence){0});
            bench_enter(b, MMU_LOAD, 0, VA + other * 0x1000);
            bench_steps(b, moment);
            b->privilege = MMU_U;
            bench_enter(b, MMU_LOAD, 1, VA);
            const struct bench_answer *answer = bench_wait(b, DUT_DATA, 1);
            check_equal(b, answer->response.result, DUT_FAULT);
            took[other] = (unsigned)(answer->answered - answer->asked);
        }
        check_equal(b, took[0], took[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_06_sum_is_asked_of_the_leaf),
        SUITE_TEST(known_bug_31_kill_of_one_port_leaves_the_other),
        SUITE_TEST(known_bug_44_50_neighbours_answer_for_themselves),
        SUITE_TEST(known_bug_44_superpage_hits_as_one),
        SUITE_TEST(known_bug_56_refusal_takes_the_same_time),
        SUITE_TEST_WITH(HAS_MERGING, known_bug_56_refusal_beside_a_refill_takes_the_same_time),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

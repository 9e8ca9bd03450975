// SPDX-License-Identifier: Apache-2.0
/*
 * What several walks do to each other in the shared part: those of before a fence beside those of
 * after it, and prefetched leaves beside those that were asked for.
 */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12340000)
#define FAR  UINT64_C(0x12380000) /* in the same table, of another line */
#define PAGE UINT64_C(0x140000000)
#define NEW  UINT64_C(0x180000000)

static const struct dut_fence full = {0};

/* A line of pages. */
static void map_line(struct bench *b, uint64_t va, uint64_t page)
{
    for (unsigned i = 0; i < 64 / b->memory.bytes; i++)
        bench_map(b, va + (i << 12), 0, page + (i << 12), ALL);
}

/* satp gets another root with the same ASID while the data port's slots are full, and the other
 * port walks from it at once: the pointers that it reads are not for those who began with the old
 * one. */
static void known_bug_27_requests_of_old_satp_keep_its_root(struct bench *b)
{
    uint64_t old_root = b->root, new_root = bench_table(b);
    unsigned slots = b->p->miss_slots[DUT_DATA];

    bench_timing(b, 4, 0);
    bench_satp(b, b->p->levels, 1, new_root);
    map_line(b, VA, NEW);
    bench_satp(b, b->p->levels, 1, old_root);
    map_line(b, VA, PAGE);
    for (unsigned by_asid = 0; by_asid < 2; by_asid++)
        for (unsigned moment = 0; moment < 20; moment++) {
            bench_satp(b, b->p->levels, 1, old_root);
            bench_fence(b, full);
            for (unsigned i = 0; i < slots; i++)
                bench_enter(b, MMU_LOAD, i, VA + (i << 12));
            bench_steps(b, moment);
            bench_satp(b, b->p->levels, 1, new_root);
            bench_fence(b, (struct dut_fence){.use_asid = by_asid, .asid = 1});
            bench_enter(b, MMU_FETCH, 0, VA);
            answer_pa(b, DUT_FETCH, 0, NEW, 12);
            for (unsigned i = 0; i < slots; i++)
                answer_pa(b, DUT_DATA, i, PAGE + (i << 12), 12);
        }
}

/* satp gets another root with the same ASID while a walk from the old one is under way, which goes
 * on, or begins again, after the fence: its line is of the old root. */
static void known_bug_27_line_of_old_satp_leaves_nothing(struct bench *b)
{
    uint64_t old_root = b->root, new_root = bench_table(b);

    bench_timing(b, 4, 0);
    bench_satp(b, b->p->levels, 1, new_root);
    map_line(b, VA, NEW);
    bench_satp(b, b->p->levels, 1, old_root);
    map_line(b, VA, PAGE);
    for (unsigned by_asid = 0; by_asid < 2; by_asid++)
        for (unsigned moment = 0; moment < 40; moment++) {
            bench_satp(b, b->p->levels, 1, old_root);
            bench_fence(b, full);
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, moment);
            bench_satp(b, b->p->levels, 1, new_root);
            bench_fence(b, (struct dut_fence){.use_asid = by_asid, .asid = 1});
            answer_pa(b, DUT_DATA, 1, PAGE, 12);
            bench_steps(b, 60);
            expect_pa(b, MMU_FETCH, VA + 0x1000, NEW + 0x1000, 12);
        }
}

/* The entry that decides about one word of the next page says nothing of the rest. */
static void known_bug_48_pmp_allows_a_word_of_the_next_page(struct bench *b)
{
    map_line(b, VA, PAGE);
    pmp_region(b, 0, PAGE + 0x1800, 2, PMP_RWX);
    pmp_region(b, 1, PAGE + 0x1000, 12, PMP_X);
    bench_change_pmp(b);
    expect_pa(b, MMU_LOAD, VA, PAGE, 12);
    bench_steps(b, 60);
    expect_access_fault(b, MMU_LOAD, VA + 0x1000);
    expect_access_fault(b, MMU_STORE, VA + 0x1804);
    expect_pa(b, MMU_FETCH, VA + 0x1000, PAGE + 0x1000, 12);
    expect_pa(b, MMU_LOAD, VA + 0x1800, PAGE + 0x1800, 12);
}

/* Prefetched leaves are written to the L2 one after the other; the leaf of a walk that ends
 * meanwhile is there afterwards. The line's last page but two is asked for, so that the set of the
 * other page is no other's. */
static void leaf_of_a_walk_goes_first(struct bench *b)
{
    unsigned at = 64 / b->memory.bytes - 3;

    map_line(b, VA, PAGE);
    map_line(b, FAR, NEW);
    for (unsigned latency = 1; latency < 6; latency++)
        for (unsigned moment = 4; moment < 24; moment++) {
            bench_timing(b, latency, 0);
            bench_fence(b, full);
            bench_enter(b, MMU_LOAD, 1, VA + (at << 12));
            bench_steps(b, b->p->levels * (latency + 1) + moment);
            bench_enter(b, MMU_LOAD, 2, FAR);
            answer_pa(b, DUT_DATA, 1, PAGE + (at << 12), 12);
            answer_pa(b, DUT_DATA, 2, NEW, 12);
            bench_steps(b, 60);
            check_equal(b, bench_latency(b, MMU_FETCH, FAR), 2 + b->p->l2_register);
        }
}

#define TEST(features, function) SUITE_TEST_SET(HAS_PREFETCH | (features), SUITE_LINES, function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_27_requests_of_old_satp_keep_its_root),
        TEST(0, known_bug_27_line_of_old_satp_leaves_nothing),
        TEST(HAS_PMP, known_bug_48_pmp_allows_a_word_of_the_next_page),
        TEST(0, leaf_of_a_walk_goes_first),
    };

    return cmocka_run_group_tests_name("shared part", tests, NULL, NULL);
}

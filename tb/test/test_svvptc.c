// SPDX-License-Identifier: Apache-2.0
/*
 * Svvptc: a PTE that a store makes valid is seen by the implicit reads of later accesses within
 * bounded time and without a fence ("Svvptc"). In this design it is seen at once, since nothing but
 * a granted leaf is ever kept in a TLB, and a TLB never raises a page fault: what is not clearly
 * granted is walked, and the walk reads memory. So an access that is accepted after the store
 * cannot fault by what was there before; the same holds for a leaf that comes to allow more.
 */
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)

static uint64_t offset_at(const struct bench *b, unsigned level)
{
    return VA & ((UINT64_C(1) << bench_shift(b, level)) - 1);
}

/* Faults of every kind on both ports, as often as would fill whatever kept them. */
static void all_fault(struct bench *b)
{
    for (unsigned i = 0; i < 12; i++)
        expect_page_fault(b, MMU_FETCH + i % 4, VA);
}

/* Either port may be the first to see it. */
static void all_granted(struct bench *b, unsigned first, uint64_t pa, unsigned shift)
{
    for (unsigned i = 0; i < 8; i++)
        expect_pa(b, MMU_FETCH + (first + i) % 4, VA, pa, shift);
}

/* The PTE is a leaf, at each level. */
static void a_leaf_made_valid_is_seen(struct bench *b)
{
    for (unsigned level = 0; level < b->p->levels; level++)
        for (unsigned first = 0; first < 4; first++) {
            bench_satp(b, b->p->levels, level * 4 + first, bench_table(b));
            uint64_t *word = bench_pte(b, VA, level);
            all_fault(b);
            *word = ALL;
            all_granted(b, first, offset_at(b, level), bench_shift(b, level));
        }
}

/* The PTE is a pointer, at each level; below it all was valid before. */
static void a_pointer_made_valid_is_seen(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 1; level < b->p->levels; level++)
        for (unsigned first = 0; first < 4; first++) {
            uint64_t *word = bench_pte(b, VA, level), good = *word;
            *word = good & ~V;
            bench_fence(b, (struct dut_fence){0});
            all_fault(b);
            *word = good;
            all_granted(b, first, PAGE + 0x678, 12);
        }
}

/* Its neighbours, and the same page of another address space, are in the TLBs. */
static void a_page_among_others_made_valid_is_seen(struct bench *b)
{
    uint64_t root = b->root;

    for (unsigned i = 0; i < 16; i++)
        if (i != 5)
            bench_map(b, (VA & ~UINT64_C(0xffff)) + i * 0x1000, 0, PAGE + i * 0x1000, ALL);
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned i = 0; i < 16; i++)
            if (i != 5)
                bench_ask(b, port ? MMU_LOAD : MMU_FETCH, (VA & ~UINT64_C(0xffff)) + i * 0x1000);
    bench_satp(b, b->p->levels, 2, bench_table(b));
    bench_map(b, VA, 0, PAGE + 0x100000, ALL);
    all_granted(b, 0, PAGE + 0x100678, 12);
    bench_satp(b, b->p->levels, 1, root);
    all_fault(b);
    bench_map(b, VA, 0, PAGE + 0x5000, ALL);
    all_granted(b, 1, PAGE + 0x5678, 12);
}

/* The store comes in any cycle of a walk that may still fault; what is asked after it may not. */
static void a_store_under_a_walk_is_seen(struct bench *b)
{
    for (unsigned level = 0; level < b->p->levels; level++)
        for (unsigned moment = 0; moment < 30; moment++) {
            bench_satp(b, b->p->levels, moment, bench_table(b));
            bench_timing(b, 3, 0);
            uint64_t *word = bench_pte(b, VA, level);
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_enter(b, MMU_FETCH, 1, VA);
            bench_steps(b, moment);
            *word = ALL;
            bench_enter(b, MMU_STORE, 2, VA);
            bench_enter(b, MMU_FETCH, 2, VA);
            answer_pa(b, DUT_DATA, 2, offset_at(b, level), bench_shift(b, level));
            answer_pa(b, DUT_FETCH, 2, offset_at(b, level), bench_shift(b, level));
            bench_wait(b, DUT_DATA, 1);
            bench_wait(b, DUT_FETCH, 1);
            bench_fence(b, (struct dut_fence){0});
        }
}

/* Not asked for by Svvptc, and true for the same reason: a leaf that is in the TLBs comes to allow
 * more, by its permissions, A and D. */
static void a_leaf_that_allows_more_is_seen(struct bench *b)
{
    static const uint64_t less[] = {V | R | A, V | R | X | A | D, ALL & ~D, V | R | A | D};

    for (unsigned i = 0; i < 4; i++) {
        bench_fence(b, (struct dut_fence){0});
        bench_map(b, VA, 0, PAGE, less[i]);
        expect_pa(b, MMU_LOAD, VA, PAGE + 0x678, 12);
        expect_page_fault(b, MMU_STORE, VA);
        bench_map(b, VA, 0, PAGE, ALL);
        all_granted(b, i, PAGE + 0x678, 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(a_leaf_made_valid_is_seen),
        SUITE_TEST(a_pointer_made_valid_is_seen),
        SUITE_TEST(a_page_among_others_made_valid_is_seen),
        SUITE_TEST(a_store_under_a_walk_is_seen),
        SUITE_TEST(a_leaf_that_allows_more_is_seen),
    };

    return cmocka_run_group_tests_name("svvptc", tests, NULL, NULL);
}

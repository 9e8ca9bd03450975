// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: which entry of a TLB answers. Each test is
 * named after its number in the list of known bugs. */
#include "rtl_suite.h"

#define VA  UINT64_C(0x12345678)
#define OLD UINT64_C(0x140000000)
#define NEW UINT64_C(0x180000000)
#define LOW UINT64_C(0x678)

/* More pages of one set of the L2 than it has ways, and more than the L1 can hold. */
static void known_bug_35_one_match_in_a_set(struct bench *b)
{
    uint64_t stride = UINT64_C(4096) * (b->p->l2_ways ? b->p->l2_sets : 16);
    unsigned pages = 2 * b->p->l2_ways + bench_base_pages(b, DUT_DATA) + 1;
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned asid = 0; asid < 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid]);
        for (unsigned i = 0; i < pages; i++) /* each third one is global, the same in both */
            bench_map(b, VA + i * stride, 0, OLD + ((i % 3 ? asid : 0) << 28 | i << 12),
                      i % 3 ? RW : RW | G);
    }
    for (unsigned round = 0; round < 6; round++)
        for (unsigned i = 0; i < pages; i++) {
            unsigned asid = (i / 2 + round) % 2;
            bench_satp(b, b->p->levels, asid, roots[asid]);
            uint64_t pa = OLD + ((i % 3 ? asid : 0) << 28 | i << 12) + LOW;
            expect_pa(b, MMU_LOAD, VA + i * stride, pa, 12);
            expect_pa(b, MMU_LOAD, VA + i * stride, pa, 12);
        }
    unsigned too_many = bench_base_pages(b, DUT_DATA) + 1;
    if (b->p->l2_ways * b->p->l2_sets < too_many)
        return;
    /* What the L1 has to give up, whichever of the pages it is, the L2 still has. */
    bench_fence(b, (struct dut_fence){0});
    uint64_t hits = dut_events(b->dut, DUT_L2_HIT), walks = dut_events(b->dut, DUT_WALK);
    for (unsigned i = 0; i < too_many; i++)
        bench_map(b, VA + ((uint64_t)i << 12), 0, NEW + ((uint64_t)i << 12), RW);
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < too_many; i++)
            expect_pa(b, MMU_LOAD, VA + ((uint64_t)i << 12), NEW + ((uint64_t)i << 12) + LOW, 12);
    if (!b->p->prefetch) /* which may push out of a small L2 what was asked for */
        check_equal(b, dut_events(b->dut, DUT_WALK) - walks, too_many);
    assert_true(dut_events(b->dut, DUT_L2_HIT) > hits);
}

/* A lookup in each cycle of a walk for the same page in another address space, the one of the fill
 * included. */
static void known_bug_35_lookup_beside_a_fill(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned asid = 0; asid < 2; asid++) {
        bench_satp(b, b->p->levels, 1 + asid, roots[asid]);
        bench_map(b, VA, 0, asid ? NEW : OLD, ALL);
    }
    for (unsigned moment = 0; moment < 40; moment++)
        for (unsigned warm = 0; warm < 2; warm++) {
            bench_drain(b);
            bench_timing(b, 3, 0);
            bench_fence(b, (struct dut_fence){0});
            bench_satp(b, b->p->levels, 2, roots[1]);
            if (warm)
                expect_pa(b, MMU_LOAD, VA, NEW + LOW, 12);
            bench_satp(b, b->p->levels, 1, roots[0]);
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_satp(b, b->p->levels, 2, roots[1]);
            bench_steps(b, moment);
            bench_enter(b, MMU_LOAD, 2, VA);
            answer_pa(b, DUT_DATA, 2, NEW + LOW, 12);
            answer_pa(b, DUT_DATA, 1, OLD + LOW, 12);
            expect_pa(b, MMU_LOAD, VA, NEW + LOW, 12);
            bench_satp(b, b->p->levels, 1, roots[0]);
            expect_pa(b, MMU_LOAD, VA, OLD + LOW, 12);
        }
}

/* The same with a page whose number differs in one field. */
static void known_bug_45_other_page_beside_a_fill(struct bench *b)
{
    bench_map(b, VA, 0, OLD, ALL);
    bench_timing(b, 3, 0);
    for (unsigned level = 0; level < b->p->levels; level++) {
        uint64_t other = VA ^ UINT64_C(1) << bench_shift(b, level);
        bench_map(b, other, 0, NEW, ALL);
        for (unsigned moment = 0; moment < 40; moment++) {
            bench_fence(b, (struct dut_fence){0});
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, moment);
            bench_enter(b, MMU_LOAD, 2, other);
            answer_pa(b, DUT_DATA, 2, NEW + LOW, 12);
            answer_pa(b, DUT_DATA, 1, OLD + LOW, 12);
            bench_steps(b, 20);
        }
    }
}

/* Makes the next requests translated, in an address space of the number that untranslated ones of
 * this privilege go by inside; or untranslated. */
static void space(struct bench *b, bool bare, enum mmu_privilege untranslated)
{
    bool machine = untranslated == MMU_M;

    b->privilege = bare ? untranslated : MMU_S;
    bench_satp(b, bare && !machine ? 0 : b->p->levels, machine, b->root);
}

/* The same with an untranslated access to an address of the same number, and the reverse. */
static void known_bug_54_untranslated_beside_a_fill(struct bench *b)
{
    bench_map(b, VA, 0, OLD, ALL);
    for (unsigned i = 0; i < 4 * 40; i++) {
        bool first = i & 1;
        enum mmu_privilege privilege = i & 2 ? MMU_M : MMU_S;

        bench_drain(b);
        bench_timing(b, 3, 0);
        bench_fence(b, (struct dut_fence){0});
        for (unsigned k = 0; k < 2; k++) {
            space(b, first ^ k, privilege);
            bench_enter(b, MMU_LOAD, 1 + k, VA);
            if (k == 0)
                bench_steps(b, i / 4);
        }
        answer_pa(b, DUT_DATA, first ? 1 : 2, VA, 0);
        answer_pa(b, DUT_DATA, first ? 2 : 1, OLD + LOW, 12);
        space(b, true, privilege);
        expect_pa(b, MMU_LOAD, VA, VA, 0);
        space(b, false, privilege);
        expect_pa(b, MMU_LOAD, VA, OLD + LOW, 12);
    }
}

/* One of the two mappings answers, not a mixture of them. */
static void either(struct bench *b, enum mmu_access access)
{
    const struct dut_response *r = &bench_ask(b, access, VA)->response;

    check_equal(b, r->result, DUT_GRANTED);
    if (r->pa != OLD + LOW)
        check_equal(b, r->pa, NEW + LOW);
}

/* Software that maps a page globally in one address space and otherwise in another may find either
 * mapping there; the hardware must not hold both. */
static void known_bug_41_global_beside_its_like(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned order = 0; order < 4; order++) {
        bench_satp(b, b->p->levels, 1, roots[0]);
        bench_map(b, VA, 0, OLD, ALL);
        bench_satp(b, b->p->levels, 2, roots[1]);
        bench_map(b, VA, 0, NEW, (order & 2 ? V | R | X | A : ALL) | G);
        bench_fence(b, (struct dut_fence){0});
        for (unsigned i = 0; i < 6; i++) {
            unsigned asid = 1 + ((i + order) & 1);
            bench_satp(b, b->p->levels, asid, roots[asid - 1]);
            /* A store by ASID 1 goes past a global entry that is read-only. */
            either(b, asid == 1 && i > 0 ? MMU_STORE : MMU_LOAD);
            bench_steps(b, 10);
            bench_satp(b, b->p->levels, 1, roots[0]);
            if (i % 3 > 0) /* by the other port, from the L2 if there is one */
                either(b, MMU_FETCH);
            either(b, MMU_LOAD);
        }
    }
}

/* Pages, then address spaces, whose numbers differ in one bit, for each bit there is. */
static void known_bug_45_49_every_bit_of_a_tag_counts(struct bench *b)
{
    unsigned top = bench_shift(b, b->p->levels) - 1;
    uint64_t root = b->root;

    bench_map(b, VA, 0, OLD, ALL);
    for (unsigned bit = 12; bit <= top; bit++) {
        uint64_t other = VA ^ UINT64_C(1) << bit;
        if (bit == top && b->p->xlen == 64)
            other |= ~UINT64_C(0) << top; /* canonical */
        bench_map(b, other, 0, NEW, ALL);
        bench_fence(b, (struct dut_fence){0});
        for (unsigned port = 0; port < DUT_PORTS; port++) { /* filled by one, found by the other */
            expect_pa(b, port ? MMU_FETCH : MMU_LOAD, VA, OLD + LOW, 12);
            expect_pa(b, port ? MMU_FETCH : MMU_LOAD, other, NEW + LOW, 12);
        }
    }
    for (unsigned bit = 0; bit < b->p->asid_bits; bit++) {
        bench_fence(b, (struct dut_fence){0});
        uint64_t other = bench_table(b);
        for (unsigned port = 0; port < DUT_PORTS; port++) {
            bench_satp(b, b->p->levels, 1, root);
            expect_pa(b, port ? MMU_FETCH : MMU_LOAD, VA, OLD + LOW, 12);
            bench_satp(b, b->p->levels, 1 ^ 1u << bit, other);
            bench_map(b, VA, 0, NEW, ALL);
            expect_pa(b, port ? MMU_FETCH : MMU_LOAD, VA, NEW + LOW, 12);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_35_one_match_in_a_set),
        SUITE_TEST(known_bug_35_lookup_beside_a_fill),
        SUITE_TEST(known_bug_45_other_page_beside_a_fill),
        SUITE_TEST(known_bug_54_untranslated_beside_a_fill),
        SUITE_TEST(known_bug_41_global_beside_its_like),
        SUITE_TEST(known_bug_45_49_every_bit_of_a_tag_counts),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: fences, and what they leave.
 * Each test is named after its number in the list of known bugs. */
#include "rtl_suite.h"

#define VA  UINT64_C(0x12345678)
#define OLD UINT64_C(0x140000000)
#define NEW UINT64_C(0x180000000)
#define LOW UINT64_C(0x678)

/* The four forms of sfence.vma that cover VA in ASID 1. */
static const struct dut_fence forms[] = {
    {0},
    {.use_va = true, .va = VA},
    {.use_asid = true, .asid = 1},
    {.use_va = true, .va = VA, .use_asid = true, .asid = 1},
};

/* Cycles that a fence may come after the request, to meet each moment of its walk. */
#define MOMENTS 40

static void known_bug_25_late_pte_dropped(struct bench *b)
{
    uint64_t other = VA + 0x5000;

    bench_timing(b, 6, 0);
    for (unsigned moment = 0; moment < MOMENTS; moment++)
        for (unsigned kill = 0; kill < 2; kill++) {
            bench_map(b, VA, 0, OLD, RW);
            bench_map(b, other, 0, OLD + 0x1000, V | R | A);
            bench_fence(b, forms[0]);
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, moment);
            if (kill)
                bench_kill(b, DUT_DATA, 1u << 1);
            bench_fence(b, forms[0]);
            bench_enter(b, MMU_LOAD, 2, other); /* the next walk, at once */
            answer_pa(b, DUT_DATA, 2, OLD + 0x1000 + LOW, 12);
            if (!kill)
                answer_pa(b, DUT_DATA, 1, OLD + LOW, 12);
            expect_pa(b, MMU_LOAD, other, OLD + 0x1000 + LOW, 12);
            expect_pa(b, MMU_LOAD, VA, OLD + LOW, 12);
        }
    bench_drain(b);
}

/* Granted, from the old page or the new one. */
static void answer_old_or_new(struct bench *b, unsigned tag)
{
    const struct dut_response *r = &bench_wait(b, DUT_DATA, tag)->response;

    check_equal(b, r->result, DUT_GRANTED);
    assert_true(r->pa == OLD + LOW || r->pa == NEW + LOW);
}

/* A PTE changes and the fence comes at every moment of a walk that began before: what is asked
 * after the fence must see the new PTE, and so must what is asked later. */
static void known_bug_26_fence_during_walk(struct bench *b)
{
    uint64_t kept = VA + 0x3000; /* in the TLBs when the walk begins */

    for (unsigned latency = 1; latency <= 3; latency += 2)
        for (unsigned form = 0; form < 4; form++)
            for (unsigned moment = 0; moment < MOMENTS; moment++) {
                bench_drain(b);
                bench_timing(b, latency, 0);
                bench_map(b, VA, 0, OLD, RW);
                bench_map(b, kept, 0, OLD + 0x1000, RW);
                bench_fence(b, forms[0]);
                expect_pa(b, MMU_LOAD, kept, OLD + 0x1000 + LOW, 12);
                bench_enter(b, MMU_LOAD, 1, VA);
                bench_steps(b, moment);
                bench_map(b, VA, 0, NEW, RW);
                bench_map(b, kept, 0, NEW + 0x1000, RW);
                bench_fence(b, forms[form]);
                if (!forms[form].use_va)
                    expect_pa(b, MMU_LOAD, kept, NEW + 0x1000 + LOW, 12);
                for (unsigned i = 0; i < 3; i++)
                    expect_pa(b, MMU_STORE, VA, NEW + LOW, 12);
                answer_old_or_new(b, 1);
                expect_pa(b, MMU_LOAD, VA, NEW + LOW, 12);
            }
}

/* The same of a larger page, beside another that the L2 has. */
static void known_bug_26_fence_during_walk_of_a_larger_page(struct bench *b)
{
    uint64_t kept = VA + (UINT64_C(1) << bench_shift(b, 1)); /* in the TLBs when the walk begins */

    for (unsigned form = 0; form < 4; form++)
        for (unsigned moment = 0; moment < MOMENTS; moment++) {
            bench_drain(b);
            bench_map(b, VA, 1, OLD, RW);
            bench_map(b, kept, 1, OLD, RW);
            bench_fence(b, forms[0]);
            uint64_t old = bench_ask(b, MMU_LOAD, kept)->response.pa, new = old - OLD + NEW;
            bench_steps(b, 20);
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, moment);
            bench_map(b, VA, 1, NEW, RW);
            bench_map(b, kept, 1, NEW, RW);
            bench_fence(b, forms[form]);
            if (!forms[form].use_va)
                expect_pa(b, MMU_LOAD, kept, new, bench_shift(b, 1));
            expect_pa(b, MMU_LOAD, VA, new, bench_shift(b, 1));
            const struct dut_response *r = &bench_wait(b, DUT_DATA, 1)->response;
            assert_true(r->result == DUT_GRANTED && (r->pa == old || r->pa == new));
        }
}

/* satp gets another root with the same ASID while a walk from the old one is under way. Its answer
 * comes from the old root; nothing that it read may serve what is asked after the fence. */
static void known_bug_27_walk_of_old_satp_leaves_nothing(struct bench *b)
{
    uint64_t old_root = b->root, new_root = bench_table(b);

    for (unsigned moment = 0; moment < MOMENTS; moment++)
        for (unsigned k = 0; k < 8; k++) {
            bench_drain(b);
            bench_timing(b, 4, 0);
            bench_satp(b, b->p->levels, 1, new_root);
            bench_map(b, VA, 0, NEW, RW);
            bench_satp(b, b->p->levels, 1, old_root);
            bench_map(b, VA, 0, OLD, RW);
            bench_fence(b, forms[0]);
            for (unsigned i = 0; k & 4 && i < b->p->miss_slots[DUT_DATA]; i++)
                bench_enter(b, MMU_LOAD, 2 + i, VA + 0x1000 + (i << 12)); /* takes a slot; faults */
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, moment);
            bench_satp(b, b->p->levels, 1, new_root);
            bench_fence(b, forms[k & 2]); /* of everything, or by ASID */
            if (k & 1)
                answer_pa(b, DUT_DATA, 1, OLD + LOW, 12);
            expect_pa(b, MMU_LOAD, VA, NEW + LOW, 12);
            answer_pa(b, DUT_DATA, 1, OLD + LOW, 12);
            expect_pa(b, MMU_LOAD, VA, NEW + LOW, 12);
            bench_steps(b, 20);
            expect_pa(b, MMU_STORE, VA, NEW + LOW, 12);
        }
}

static void known_bug_36_address_fence_removes_the_superpage(struct bench *b)
{
    unsigned shift = bench_shift(b, 1);
    uint64_t base = VA >> shift << shift, last = base + (UINT64_C(1) << shift) - 1;

    for (unsigned by_asid = 0; by_asid < 2; by_asid++)
        for (unsigned i = 0; i < 8; i++) {
            uint64_t asked[] = {base, VA, last, base + 0x3000};
            struct dut_fence fence = {
                .use_va = true, .va = asked[i % 4], .use_asid = by_asid, .asid = 1};
            bench_map(b, VA, 1, OLD, ALL);
            bench_fence(b, forms[0]);
            for (unsigned k = 0; k < 4; k++) {
                expect_pa(b, MMU_LOAD, asked[k], OLD + asked[k] - base, shift);
                expect_pa(b, MMU_FETCH, asked[k], OLD + asked[k] - base, shift);
            }
            bench_map(b, VA, 1, NEW, ALL);
            bench_fence(b, fence);
            for (unsigned k = 0; k < 4; k++) {
                expect_pa(b, MMU_FETCH, asked[k], NEW + asked[k] - base, shift);
                expect_pa(b, MMU_LOAD, asked[k], NEW + asked[k] - base, shift);
            }
        }
}

/* VA in two address spaces, read by both ports; then both PTEs change. */
static void two_spaces(struct bench *b, uint64_t roots[2])
{
    for (unsigned asid = 1; asid <= 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid - 1]);
        bench_map(b, VA, 0, OLD + asid * 0x1000, ALL);
    }
    bench_fence(b, forms[0]);
    for (unsigned asid = 1; asid <= 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid - 1]);
        expect_pa(b, MMU_LOAD, VA, OLD + asid * 0x1000 + LOW, 12);
        expect_pa(b, MMU_FETCH, VA, OLD + asid * 0x1000 + LOW, 12);
    }
    for (unsigned asid = 1; asid <= 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid - 1]);
        bench_map(b, VA, 0, NEW + asid * 0x1000, ALL);
    }
}

static void in_space(struct bench *b, uint64_t roots[2], unsigned asid, uint64_t page)
{
    bench_satp(b, b->p->levels, asid, roots[asid - 1]);
    expect_pa(b, MMU_LOAD, VA, page + asid * 0x1000 + LOW, 12);
    expect_pa(b, MMU_FETCH, VA, page + asid * 0x1000 + LOW, 12);
}

static void known_bug_39_fence_takes_its_own_operands(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};
    unsigned field = b->p->xlen == 32 ? 9 : 16;

    for (unsigned fenced = 1; fenced <= 2; fenced++)
        for (unsigned by_va = 0; by_va < 2; by_va++) {
            /* satp holds the other ASID; bits of rs2 beyond those implemented are ignored. */
            two_spaces(b, roots);
            bench_satp(b, b->p->levels, 3 - fenced, roots[2 - fenced]);
            bench_fence(b, (struct dut_fence){
                               .use_asid = true,
                               .use_va = by_va,
                               .va = VA,
                               .asid = fenced | (((1u << field) - 1) & ~0u << b->p->asid_bits)});
            in_space(b, roots, fenced, NEW);
            in_space(b, roots, 3 - fenced, OLD); /* kept: what is not covered need not go */
        }
    /* ASID 0 is an ASID, and address 0 an address. */
    two_spaces(b, roots);
    bench_fence(b, (struct dut_fence){.use_asid = true, .asid = 0});
    in_space(b, roots, 1, OLD);
    bench_fence(b, (struct dut_fence){.use_va = true, .va = 0});
    in_space(b, roots, 2, OLD);
    bench_fence(b, (struct dut_fence){.use_va = true, .va = VA & ~UINT64_C(0xfff)});
    in_space(b, roots, 1, NEW);
    in_space(b, roots, 2, NEW);
}

/* A fence that comes while a miss is under way takes its own operands too. */
static void known_bug_39_fence_under_a_miss(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)}, unmapped = VA + 0x5000;

    bench_timing(b, 20, 0);
    for (unsigned by_va = 0; by_va < 2; by_va++)
        for (unsigned port = 0; port < DUT_PORTS; port++) {
            two_spaces(b, roots); /* satp holds the second */
            bench_enter(b, port == DUT_FETCH ? MMU_FETCH : MMU_LOAD, 1, unmapped);
            bench_steps(b, 4);
            bench_fence(b,
                        (struct dut_fence){.use_asid = true, .asid = 1, .use_va = by_va, .va = VA});
            answer_fault(b, port, 1, port == DUT_FETCH ? 12 : 13, unmapped);
            in_space(b, roots, 1, NEW);
            in_space(b, roots, 2, OLD);
        }
}

static void known_bug_41_global_pages(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned level = 0; level < 2; level++)
        for (unsigned form = 0; form < 2; form++) {
            unsigned shift = bench_shift(b, level);
            uint64_t low = VA & ((UINT64_C(1) << shift) - 1);
            for (unsigned asid = 1; asid <= 2; asid++) {
                bench_satp(b, b->p->levels, asid, roots[asid - 1]);
                bench_map(b, VA, level, OLD, RW | G);
            }
            bench_fence(b, forms[0]);
            expect_pa(b, MMU_LOAD, VA, OLD + low, shift);
            bench_satp(b, b->p->levels, 1, roots[0]); /* found under another ASID */
            check_equal(b, bench_latency(b, MMU_LOAD, VA), 1);
            for (unsigned asid = 1; asid <= 2; asid++) /* a fence by ASID spares it */
                for (unsigned by_va = 0; by_va < 2; by_va++)
                    bench_fence(b, (struct dut_fence){
                                       .use_va = by_va, .va = VA, .use_asid = true, .asid = asid});
            check_equal(b, bench_latency(b, MMU_LOAD, VA), 1);
            for (unsigned asid = 1; asid <= 2; asid++) {
                bench_satp(b, b->p->levels, asid, roots[asid - 1]);
                bench_map(b, VA, level, NEW, RW | G);
            }
            bench_fence(b, forms[form]); /* one without does not */
            expect_pa(b, MMU_LOAD, VA, NEW + low, shift);
            bench_map(b, VA, level, 0, 0);
            bench_satp(b, b->p->levels, 1, roots[0]);
            bench_map(b, VA, level, 0, 0);
        }
}

/* G of a walk that came to nothing must not mark the next one; G of a pointer must mark its own.
 * What is global is the same in both address spaces. */
static void known_bug_41_global_of_its_own_walk(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)}, far = VA + (UINT64_C(1) << bench_shift(b, 1));
    uint64_t table = bench_table(b);

    for (unsigned asid = 1; asid <= 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid - 1]);
        *bench_pte(b, far, 1) = pte(table, V | G);
        bench_map(b, VA, 0, OLD + asid * 0x1000, RW);
    }
    for (unsigned asid = 1; asid <= 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid - 1]);
        for (unsigned i = 0; i <= b->p->walkers; i++)
            expect_fault(b, MMU_LOAD, far, 13);
        expect_pa(b, MMU_LOAD, VA, OLD + asid * 0x1000 + LOW, 12);
    }
    bench_map(b, far, 0, NEW, RW);
    expect_pa(b, MMU_LOAD, far, NEW + LOW, 12);
    bench_satp(b, b->p->levels, 1, roots[0]);
    check_equal(b, bench_latency(b, MMU_LOAD, far), 1);
}

static void known_bug_42_fence_of_the_upper_half(struct bench *b)
{
    for (unsigned levels = b->p->xlen == 32 ? 2 : 3; levels <= b->p->levels; levels++) {
        bench_satp(b, levels, 1, bench_table(b));
        uint64_t top = b->p->xlen == 32 ? 0xfffff000u : ~UINT64_C(0xfff);
        uint64_t half =
            b->p->xlen == 32 ? UINT64_C(1) << 31 : ~UINT64_C(0) << (bench_shift(b, levels) - 1);
        uint64_t asked[] = {top, half, half + 0x7000, top - 0x3000};
        for (unsigned form = 0; form < 2; form++) {
            for (unsigned i = 0; i < 4; i++)
                bench_map(b, asked[i], 0, OLD + i * 0x1000, RW);
            bench_fence(b, forms[0]);
            for (unsigned i = 0; i < 4; i++)
                expect_pa(b, MMU_LOAD, asked[i], OLD + i * 0x1000, 12);
            bench_step(b); /* what was answered enters the TLB a cycle later at the latest */
            for (unsigned i = 0; i < 4; i++)
                bench_map(b, asked[i], 0, NEW + i * 0x1000, RW);
            for (unsigned i = 0; i < 4; i++) {
                bench_fence(b, (struct dut_fence){
                                   .use_va = true, .va = asked[i], .use_asid = form, .asid = 1});
                expect_pa(b, MMU_LOAD, asked[i], NEW + i * 0x1000, 12);
                if (i < 3)
                    expect_pa(b, MMU_LOAD, asked[i + 1], OLD + (i + 1) * 0x1000, 12);
            }
        }
    }
}

/* What is looked up untranslated in the fence's cycle is not what the fence is about. */
static void known_bug_54_untranslated_beside_a_fence(struct bench *b)
{
    for (unsigned form = 0; form < 4; form++)
        for (unsigned port = 0; port < DUT_PORTS; port++) {
            enum mmu_access access = port == DUT_FETCH ? MMU_FETCH : MMU_LOAD;
            bench_map(b, VA, 0, OLD, ALL);
            bench_fence(b, forms[0]);
            expect_pa(b, access, VA, OLD + LOW, 12);
            bench_steps(b, 10);
            bench_map(b, VA, 0, NEW, ALL);
            b->privilege = MMU_M;
            assert_true(bench_submit(b, access, 1, LOW));
            b->privilege = MMU_S;
            bench_fence(b, forms[form]);
            expect_pa(b, access, VA, NEW + LOW, 12);
            answer_pa(b, port, 1, LOW, 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_25_late_pte_dropped),
        SUITE_TEST(known_bug_26_fence_during_walk),
        SUITE_TEST(known_bug_26_fence_during_walk_of_a_larger_page),
        SUITE_TEST(known_bug_27_walk_of_old_satp_leaves_nothing),
        SUITE_TEST(known_bug_36_address_fence_removes_the_superpage),
        SUITE_TEST(known_bug_39_fence_takes_its_own_operands),
        SUITE_TEST(known_bug_39_fence_under_a_miss),
        SUITE_TEST(known_bug_41_global_pages),
        SUITE_TEST(known_bug_41_global_of_its_own_walk),
        SUITE_TEST(known_bug_42_fence_of_the_upper_half),
        SUITE_TEST(known_bug_54_untranslated_beside_a_fence),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

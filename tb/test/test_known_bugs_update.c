// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: A and D set by the walk (menvcfg.ADUE=1). Each
 * test is named after its number in the list of known bugs. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)
#define LOW  UINT64_C(0x678)
#define NONE (ALL & ~(A | D)) /* all permissions, neither A nor D */

static void set_adue(struct bench *b, bool adue)
{
    b->context.adue = adue;
    dut_set_context(b->dut, &b->context);
}

/* Maps VA with these flags, with nothing of it in any TLB. */
static uint64_t *fresh(struct bench *b, uint64_t flags)
{
    uint64_t *word = bench_pte(b, VA, 0);

    bench_fence(b, (struct dut_fence){0});
    *word = pte(PAGE, flags);
    return word;
}

/* A and D that a kind of access sets: of a cache block, zeroing is a store, and management and
 * prefetches store nothing. */
static uint64_t sets(enum mmu_access access)
{
    switch (access) {
    case MMU_STORE:
    case MMU_AMO:
    case MMU_CBO_ZERO:
        return A | D;
    case MMU_PREFETCH:
        return 0;
    default:
        return A;
    }
}

/* Each kind of access sets what it must, at each level, in one swap, and again nothing. */
static void known_bug_47_each_access_sets_its_bits(struct bench *b)
{
    static const uint64_t before[] = {NONE, NONE | A, NONE | D, ALL};

    set_adue(b, true);
    for (unsigned level = 0; level < b->p->levels; level++)
        for (unsigned i = 0; i < 4; i++)
            for (enum mmu_access access = MMU_FETCH; access < MMU_ACCESSES; access++) {
                if (is_shadow_stack(access) || !suite_has_access(b->p, access))
                    continue;
                uint64_t *word = bench_pte(b, VA, level), low = UINT64_C(1)
                                                                << bench_shift(b, level);
                bench_fence(b, (struct dut_fence){0});
                *word = before[i];
                uint64_t swaps = b->memory.swaps, after = before[i] | sets(access);
                for (unsigned k = 0; k < 2; k++) {
                    expect_pa(b, access, VA, VA & (low - 1), bench_shift(b, level));
                    check_equal(b, *word, after);
                    check_equal(b, b->memory.swaps - swaps, after != before[i]);
                }
                check_equal(b, dut_events(b->dut, DUT_UPDATE), b->memory.swaps);
                *word = 0;
            }
}

static void known_bug_47_without_adue_a_page_fault(struct bench *b)
{
    for (enum mmu_access access = MMU_FETCH; access <= MMU_CBO_ZERO; access++) {
        if (is_shadow_stack(access) || !suite_has_access(b->p, access))
            continue;
        for (unsigned i = 0; i < 2; i++) {
            uint64_t *word = fresh(b, i ? NONE | A : NONE | D), was = *word;
            if (sets(access) & ~*word)
                expect_page_fault(b, access, VA);
            else
                expect_pa(b, access, VA, PAGE + LOW, 12);
            check_equal(b, *word, was);
            check_equal(b, b->memory.swaps, 0);
        }
    }
}

/* The PTE may be read and not written: an access fault of the access's own kind, nothing is
 * written, and nothing is kept. */
static void known_bug_47_update_denied_by_pmp(struct bench *b)
{
    uint64_t table = bench_pte_pa(b, b->root, VA, 0) >> 12 << 12;

    set_adue(b, true);
    for (unsigned writable = 0; writable < 2; writable++)
        for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
            for (unsigned dirty = 0; dirty < 2; dirty++) {
                uint64_t *word = fresh(b, dirty ? NONE | A : NONE), was = *word;
                bool update = sets(access) & ~was;
                pmp_region(b, 0, table, 12, writable ? PMP_RW : PMP_R);
                bench_change_pmp(b);
                for (unsigned k = 0; k < 2; k++) {
                    if (update && !writable)
                        expect_access_fault(b, access, VA);
                    else
                        expect_pa(b, access, VA, PAGE + LOW, 12);
                    check_equal(b, *word, writable ? was | sets(access) : was);
                }
                if (dirty && !writable) /* what needs no update goes on being granted */
                    expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
            }
}

/* The write has the width of a PTE: no byte beside it counts, and all of its own do. */
static void known_bug_47_update_is_as_wide_as_the_pte(struct bench *b)
{
    unsigned shift = b->p->xlen == 32 ? 2 : 3;
    uint64_t pa = bench_pte_pa(b, b->root, VA, 0), bytes = b->p->xlen / 8;

    set_adue(b, true);
    uint64_t *beside[2] = {memory_word(&b->memory, pa - bytes),
                           memory_word(&b->memory, pa + bytes)};
    pmp_region(b, 0, pa, shift, PMP_RW);
    pmp_region(b, 1, pa >> 12 << 12, 12, PMP_R);
    bench_change_pmp(b);
    uint64_t *word = fresh(b, NONE);
    *beside[0] = *beside[1] = pte(PAGE, NONE);
    expect_pa(b, MMU_STORE, VA, PAGE + LOW, 12);
    check_equal(b, *word, pte(PAGE, ALL));
    check_equal(b, *beside[0], pte(PAGE, NONE));
    check_equal(b, *beside[1], pte(PAGE, NONE));
    for (unsigned half = 0; half < 2 && b->p->xlen == 64; half++) {
        pmp_region(b, 0, pa + 4 * half, 2, PMP_R); /* half may be read alone: a part */
        pmp_region(b, 1, pa >> 12 << 12, 12, PMP_RW);
        bench_change_pmp(b);
        word = fresh(b, NONE);
        expect_access_fault(b, MMU_LOAD, VA);
        check_equal(b, *word, pte(PAGE, NONE));
    }
}

/* Where PMP splits the page, and is asked about less of it, the bits are set once. */
static void known_bug_47_update_where_pmp_splits_the_page(struct bench *b)
{
    set_adue(b, true);
    pmp_region(b, 0, PAGE, 2, 0);
    bench_change_pmp(b);
    for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++) {
        uint64_t *word = fresh(b, NONE), swaps = b->memory.swaps;
        expect_pa(b, access, VA, PAGE + LOW, 12);
        check_equal(b, *word, pte(PAGE, NONE) | sets(access));
        check_equal(b, b->memory.swaps - swaps, 1);
    }
}

static void known_bug_47_update_that_errs_keeps_nothing(struct bench *b)
{
    set_adue(b, true);
    for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++) {
        uint64_t *word = fresh(b, NONE), swaps = b->memory.swaps;
        b->memory.broken_swap = bench_pte_pa(b, b->root, VA, 0);
        for (unsigned k = 0; k < 2; k++) {
            expect_access_fault(b, access, VA);
            check_equal(b, *word, pte(PAGE, NONE));
        }
        check_equal(b, b->memory.swaps - swaps, 2);
        b->memory.broken_swap = 0;
        expect_pa(b, access, VA, PAGE + LOW, 12);
        check_equal(b, *word, pte(PAGE, NONE) | sets(access));
    }
}

/* Another agent changes the PTE before the swap: the value found is judged from the start, without
 * another read, as often as that happens. */
static void known_bug_47_lost_swap_judges_what_it_found(struct bench *b)
{
    const uint64_t moved = PAGE + 0x7000;
    const struct {
        uint64_t found;
        bool faults;
        unsigned swaps;
        uint64_t after;
    } rows[] = {
        {0, true, 1, 0},
        {pte(moved, V | X), true, 1, pte(moved, V | X)},
        {pte(moved, NONE | U), true, 1, pte(moved, NONE | U)},
        {pte(moved, V | W), true, 1, pte(moved, V | W)},
        {pte(moved, V), true, 1, pte(moved, V)}, /* a pointer, at the last level */
        {pte(moved, ALL), false, 1, pte(moved, ALL)},
        {pte(moved, NONE), false, 2, pte(moved, ALL)},
        {pte(moved, NONE | A), false, 2, pte(moved, ALL)},
    };

    set_adue(b, true);
    for (unsigned i = 0; i < 8; i++) {
        uint64_t *word = fresh(b, NONE), swaps = b->memory.swaps, reads = b->memory.reads;
        b->memory.races = &rows[i].found;
        b->memory.nraces = 1;
        if (rows[i].faults)
            expect_page_fault(b, MMU_STORE, VA);
        else
            expect_pa(b, MMU_STORE, VA, moved + LOW, 12);
        check_equal(b, b->memory.swaps - swaps, rows[i].swaps);
        check_equal(b, b->memory.reads - reads, b->p->levels);
        check_equal(b, *word, rows[i].after);
        if (rows[i].faults) /* and nothing of the first value is kept */
            expect_page_fault(b, MMU_STORE, VA);
    }
    uint64_t found[20];
    for (unsigned i = 0; i < 20; i++)
        found[i] = pte(PAGE + (i + 1) * 0x1000, NONE);
    uint64_t swaps = b->memory.swaps;
    fresh(b, NONE);
    b->memory.races = found;
    b->memory.nraces = 20;
    expect_pa(b, MMU_LOAD, VA, PAGE + 0x14000 + LOW, 12);
    check_equal(b, b->memory.swaps - swaps, 21);
}

/* A pointer may be found where the leaf of a superpage was: the walk goes on below it. */
static void known_bug_47_lost_swap_finds_a_pointer(struct bench *b)
{
    uint64_t *word = bench_pte(b, VA, 1), pointer;

    set_adue(b, true);
    bench_map(b, VA, 0, PAGE + 0x3000, NONE);
    pointer = *word;
    *word = pte(PAGE, NONE);
    b->memory.races = &pointer;
    b->memory.nraces = 1;
    uint64_t swaps = b->memory.swaps;
    expect_pa(b, MMU_LOAD, VA, PAGE + 0x3000 + LOW, 12);
    check_equal(b, *word, pointer);
    check_equal(b, b->memory.swaps - swaps, 2);
}

/* What may come to nothing writes nothing: deferred, and granted when asked again in earnest. */
static void known_bug_29_speculative_request_writes_nothing(struct bench *b)
{
    static const uint64_t before[] = {NONE, NONE | A, ALL, NONE | D};

    for (unsigned i = 0; i < 4; i++)
        for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++) {
            uint64_t *word = fresh(b, before[i]), was = *word, swaps = b->memory.swaps;
            bool update = sets(access) & ~was;
            set_adue(b, true);
            b->speculative = true;
            for (unsigned k = 0; k < 2; k++) {
                if (update)
                    expect_defer(b, access, VA);
                else
                    expect_pa(b, access, VA, PAGE + LOW, 12);
            }
            check_equal(b, *word, was);
            set_adue(b, false); /* a fault that the bits do not cause, or that no walk mends */
            if (update)
                expect_page_fault(b, access, VA);
            b->speculative = false;
            set_adue(b, true);
            expect_pa(b, access, VA, PAGE + LOW, 12);
            check_equal(b, *word, was | sets(access));
            check_equal(b, b->memory.swaps - swaps, update);
        }
}

/* Both ports want the same bits at once, and a store D beside: everybody is answered, no bit is
 * lost. */
static void known_bug_30_both_ports_update_one_pte(struct bench *b)
{
    set_adue(b, true);
    for (unsigned latency = 1; latency < 5; latency++)
        for (unsigned distance = 0; distance < 20; distance++) {
            uint64_t *word = fresh(b, NONE);
            bench_timing(b, latency, distance % 3 * 30);
            bench_enter(b, MMU_FETCH, 1, VA);
            bench_steps(b, distance);
            bench_enter(b, MMU_LOAD, 2, VA);
            bench_enter(b, MMU_STORE, 3, VA);
            answer_pa(b, DUT_FETCH, 1, PAGE + LOW, 12);
            answer_pa(b, DUT_DATA, 2, PAGE + LOW, 12);
            answer_pa(b, DUT_DATA, 3, PAGE + LOW, 12);
            check_equal(b, *word, pte(PAGE, ALL));
        }
}

/* Page tables of the other byte order are updated in it. */
static void known_bug_47_update_in_the_order_of_the_table(struct bench *b)
{
    uint64_t *word = fresh(b, NONE);

    b->context.sbe = true;
    set_adue(b, true);
    for (enum mmu_access access = MMU_FETCH; access <= MMU_STORE; access++) {
        *word = pte(PAGE, NONE);
        memory_reverse(&b->memory);
        expect_pa(b, access, VA, PAGE + LOW, 12);
        memory_reverse(&b->memory);
        check_equal(b, *word, pte(PAGE, NONE) | sets(access));
        bench_fence(b, (struct dut_fence){0});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_SVADU, known_bug_29_speculative_request_writes_nothing),
        SUITE_TEST_WITH(HAS_SVADU, known_bug_30_both_ports_update_one_pte),
        SUITE_TEST_WITH(HAS_SVADU, known_bug_47_each_access_sets_its_bits),
        SUITE_TEST(known_bug_47_without_adue_a_page_fault),
        SUITE_TEST_WITH(HAS_SVADU | HAS_PMP, known_bug_47_update_denied_by_pmp),
        SUITE_TEST_WITH(HAS_SVADU | HAS_PMP, known_bug_47_update_is_as_wide_as_the_pte),
        SUITE_TEST_WITH(HAS_SVADU | HAS_PMP, known_bug_47_update_where_pmp_splits_the_page),
        SUITE_TEST_WITH(HAS_SVADU, known_bug_47_update_that_errs_keeps_nothing),
        SUITE_TEST_WITH(HAS_SVADU, known_bug_47_lost_swap_judges_what_it_found),
        SUITE_TEST_WITH(HAS_SVADU, known_bug_47_lost_swap_finds_a_pointer),
        SUITE_TEST_WITH(HAS_SVADU | HAS_BIG_ENDIAN, known_bug_47_update_in_the_order_of_the_table),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

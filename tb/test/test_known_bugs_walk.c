// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: what a PTE means, what it allows, and what is
 * kept of it. Each test is named after its number in the list of known bugs. */
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000) /* 5 GiB: aligned for pages up to 1 GiB */

static const enum mmu_access kinds[] = {MMU_FETCH, MMU_LOAD, MMU_STORE, MMU_AMO};
static const unsigned page_fault[] = {12, 13, 15, 15};
static const unsigned access_fault[] = {1, 5, 7, 7};

/* Every kind of access to VA faults with this cause. */
static void all_fault(struct bench *b, const unsigned causes[4], uint64_t va)
{
    for (unsigned kind = 0; kind < 4; kind++)
        expect_fault(b, kinds[kind], va, causes[kind]);
}

/* Every kind of access is granted. */
static void all_granted(struct bench *b, uint64_t va, uint64_t pa, unsigned shift)
{
    for (unsigned kind = 0; kind < 4; kind++)
        expect_pa(b, kinds[kind], va, pa, shift);
}

static void known_bug_01_mxr_rechecked_on_hit(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, V | X | A);
    for (unsigned round = 0; round < 3; round++) {
        bench_sum_mxr(b, false, true);
        expect_pa(b, MMU_LOAD, VA, PAGE + 0x678, 12);
        check_equal(b, bench_latency(b, MMU_LOAD, VA), 1);
        bench_sum_mxr(b, false, false);
        expect_fault(b, MMU_LOAD, VA, 13);
        expect_fault(b, MMU_STORE, VA, 15);
        expect_pa(b, MMU_FETCH, VA, PAGE + 0x678, 12);
    }
}

static void known_bug_01_sum_rechecked_on_hit(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL | U);
    for (unsigned round = 0; round < 3; round++) {
        bench_sum_mxr(b, true, false);
        expect_pa(b, MMU_LOAD, VA, PAGE + 0x678, 12);
        expect_pa(b, MMU_STORE, VA, PAGE + 0x678, 12);
        expect_fault(b, MMU_FETCH, VA, 12);
        bench_sum_mxr(b, false, false);
        expect_fault(b, MMU_LOAD, VA, 13);
        expect_fault(b, MMU_AMO, VA, 15);
        b->privilege = MMU_U;
        all_granted(b, VA, PAGE + 0x678, 12);
        b->privilege = MMU_S;
    }
}

static void known_bug_02_load_fill_does_not_let_fetch_through(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, V | R | A);
    expect_pa(b, MMU_LOAD, VA, PAGE + 0x678, 12);
    for (unsigned round = 0; round < 2; round++) {
        expect_fault(b, MMU_FETCH, VA, 12);
        expect_fault(b, MMU_STORE, VA, 15);
        expect_fault(b, MMU_AMO, VA, 15);
        b->privilege = MMU_U;
        all_fault(b, page_fault, VA);
        b->privilege = MMU_S;
        expect_pa(b, MMU_LOAD, VA, PAGE + 0x678, 12);
    }
    /* And the other way round: what a fetch brought lets no load through. */
    bench_map(b, VA + 0x1000, 0, PAGE, V | X | A);
    expect_pa(b, MMU_FETCH, VA + 0x1000, PAGE + 0x678, 12);
    expect_fault(b, MMU_LOAD, VA + 0x1000, 13);
}

static void known_bug_09_dau_in_pointer_faults(struct bench *b)
{
    static const uint64_t flags[] = {D, A, U, D | A | U};

    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 1; level < b->p->levels; level++) {
        uint64_t *pointer = bench_pte(b, VA, level), good = *pointer;
        for (unsigned i = 0; i < 4; i++) {
            *pointer = good | flags[i];
            bench_fence(b, (struct dut_fence){0});
            all_fault(b, page_fault, VA);
        }
        *pointer = good;
    }
    all_granted(b, VA, PAGE + 0x678, 12);
}

static void known_bug_10_misaligned_superpage_faults(struct bench *b)
{
    for (unsigned level = 1; level < b->p->levels; level++) {
        unsigned shift = bench_shift(b, level);
        for (unsigned bit = 12; bit < shift; bit++) {
            bench_map(b, VA, level, UINT64_C(1) << bit, ALL);
            all_fault(b, page_fault, VA);
        }
        *bench_pte(b, VA, level) = 0;
    }
}

/* A small design whose physical addresses have fewer bits than a PTE can say. */
static void open_narrow(struct bench *b)
{
    const struct dut_set set = {"PaWidth=36"};

    bench_open(b, "small", &set, 1);
}

static void known_bug_11_faulting_leaf_not_kept(struct bench *b)
{
    uint64_t *leaf = bench_pte(b, VA, 0);

    *leaf = pte(PAGE, ALL & ~(A | D));
    all_fault(b, page_fault, VA);
    *leaf = pte(PAGE + 0x1000, ALL & ~D);
    expect_fault(b, MMU_STORE, VA, 15);
    *leaf = pte(PAGE + 0x2000, ALL);
    expect_pa(b, MMU_STORE, VA, PAGE + 0x2678, 12);
    expect_pa(b, MMU_FETCH, VA, PAGE + 0x2678, 12);
}

static void known_bug_11_leaf_beyond_memory_not_kept(void **state)
{
    struct bench *b = malloc(sizeof *b);

    (void)state;
    open_narrow(b);
    for (unsigned bit = 36; bit < 56; bit++) {
        bench_map(b, VA, 0, PAGE | UINT64_C(1) << bit, ALL);
        all_fault(b, access_fault, VA);
    }
    /* A leaf that does not allow the access is a page fault wherever it lies. */
    bench_map(b, VA, 0, PAGE | UINT64_C(1) << 40, V | R | A);
    expect_fault(b, MMU_LOAD, VA, 5);
    expect_fault(b, MMU_STORE, VA, 15);
    expect_fault(b, MMU_FETCH, VA, 12);
    bench_map(b, VA, 0, PAGE, ALL);
    all_granted(b, VA, PAGE + 0x678, 12);
    bench_close(b);
    free(b);
}

/* Bits 58:54 are always reserved; the two of Svrsw60t59b without it; N and PBMT without Svnapot and
 * with PBMTE=0, and with both wherever the leaf is not one that may have them: this one is not
 * aligned to 64 KiB as N wants it. */
static void known_bug_14_reserved_encodings_page_fault(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 0; level < b->p->levels; level++) {
        uint64_t *word = bench_pte(b, VA, level), good = *word;
        for (unsigned bit = 54; bit < b->p->xlen; bit++) {
            bench_fence(b, (struct dut_fence){0});
            *word = good | UINT64_C(1) << bit;
            if (b->p->svrsw60t59b && (bit == 59 || bit == 60))
                all_granted(b, VA, PAGE + 0x678, 12);
            else
                all_fault(b, page_fault, VA);
        }
        bench_fence(b, (struct dut_fence){0});
        *word = (good & ~R) | W; /* W without R, with and without X */
        all_fault(b, page_fault, VA);
        *word = (good & ~(R | X)) | W;
        all_fault(b, page_fault, VA);
        *word = good;
    }
    all_granted(b, VA, PAGE + 0x678, 12);
}

static void known_bug_15_invalid_pte_not_walked(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 0; level < b->p->levels; level++) {
        uint64_t *word = bench_pte(b, VA, level), good = *word;
        *word = good & ~V;
        for (unsigned kind = 0; kind < 4; kind++) {
            bench_fence(b, (struct dut_fence){0});
            uint64_t reads = b->memory.reads;
            expect_fault(b, kinds[kind], VA, page_fault[kind]);
            check_equal(b, b->memory.reads - reads, b->p->levels - level);
        }
        *word = good;
    }
    /* A pointer at the last level leads nowhere either. */
    *bench_pte(b, VA, 0) = pte(b->root, V);
    bench_fence(b, (struct dut_fence){0});
    uint64_t reads = b->memory.reads;
    expect_fault(b, MMU_LOAD, VA, 13);
    check_equal(b, b->memory.reads - reads, b->p->levels);
}

static void known_bug_18_read_error_is_access_fault(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 0; level < b->p->levels; level++) {
        b->memory.broken = bench_pte_pa(b, b->root, VA, level);
        bench_fence(b, (struct dut_fence){0});
        all_fault(b, access_fault, VA);
    }
    b->memory.broken = 0;
    all_granted(b, VA, PAGE + 0x678, 12);
}

static void known_bug_18_pointer_beyond_memory_is_access_fault(void **state)
{
    struct bench *b = malloc(sizeof *b);

    (void)state;
    open_narrow(b);
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 1; level < b->p->levels; level++) {
        uint64_t *word = bench_pte(b, VA, level), good = *word;
        for (unsigned bit = 36; bit < 56; bit++) {
            *word = good | UINT64_C(1) << (bit - 2);
            bench_fence(b, (struct dut_fence){0});
            uint64_t reads = b->memory.reads;
            expect_fault(b, MMU_LOAD, VA, 5);
            check_equal(b, b->memory.reads - reads, b->p->levels - level);
        }
        all_fault(b, access_fault, VA);
        *word = good;
    }
    bench_fence(b, (struct dut_fence){0});
    uint64_t satp = b->context.satp; /* and the root itself */
    b->context.satp |= UINT64_C(1) << 40;
    dut_set_context(b->dut, &b->context);
    all_fault(b, access_fault, VA);
    b->context.satp = satp;
    dut_set_context(b->dut, &b->context);
    all_granted(b, VA, PAGE + 0x678, 12);
    bench_close(b);
    free(b);
}

static void known_bug_19_address_that_is_not_canonical_page_faults(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned levels = 3; levels <= b->p->levels; levels++) {
        /* The same tables serve each mode: the last levels of the address are the same. */
        uint64_t va = VA | ~UINT64_C(0) << (bench_shift(b, levels) - 1);
        bench_satp(b, levels, 1 + levels % 2, bench_table(b));
        bench_map(b, VA, 0, PAGE, ALL);
        bench_map(b, va, 0, PAGE + 0x1000, ALL);
        all_granted(b, VA, PAGE + 0x678, 12);
        all_granted(b, va, PAGE + 0x1678, 12);
        uint64_t reads = b->memory.reads;
        for (unsigned bit = bench_shift(b, levels); bit < 64; bit++) {
            all_fault(b, page_fault, VA ^ UINT64_C(1) << bit);
            all_fault(b, page_fault, va ^ UINT64_C(1) << bit);
        }
        check_equal(b, b->memory.reads, reads);
    }
}

static void known_bug_23_fault_has_the_kind_of_the_access(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, V | R | X | A);
    bench_map(b, VA + 0x1000, 0, PAGE, ALL);
    expect_fault(b, MMU_AMO, VA, 15); /* readable, but an AMO also writes */
    expect_pa(b, MMU_LOAD, VA, PAGE + 0x678, 12);
    expect_fault(b, MMU_AMO, VA, 15);
    *bench_pte(b, VA, 0) = 0;
    bench_fence(b, (struct dut_fence){0});
    all_fault(b, page_fault, VA);
    b->memory.broken = bench_pte_pa(b, b->root, VA, 0);
    all_fault(b, access_fault, VA);
    /* One after the other without a pause: each has the cause of its own kind. */
    b->memory.broken = 0;
    bench_timing(b, 10, 0);
    bench_enter(b, MMU_AMO, 1, VA);
    bench_enter(b, MMU_FETCH, 1, VA);
    bench_enter(b, MMU_LOAD, 2, VA);
    answer_fault(b, DUT_DATA, 1, 15, VA);
    answer_fault(b, DUT_DATA, 2, 13, VA);
    answer_fault(b, DUT_FETCH, 1, 12, VA);
}

static void known_bug_37_superpage_refilled_at_its_level_after_a_fault(struct bench *b)
{
    unsigned shift = bench_shift(b, 1);
    uint64_t offset = VA & ((UINT64_C(1) << shift) - 1);

    bench_map(b, VA, 1, PAGE, ALL & ~D);
    expect_fault(b, MMU_STORE, VA, 15);
    expect_pa(b, MMU_LOAD, VA, PAGE + offset, shift);
    expect_fault(b, MMU_STORE, VA, 15);
    *bench_pte(b, VA, 1) |= D;
    expect_pa(b, MMU_STORE, VA, PAGE + offset, shift);
    expect_pa(b, MMU_FETCH, VA, PAGE + offset, shift);
    /* Beside a base page, both walks at once, in either order. */
    uint64_t base = VA + (UINT64_C(1) << shift);
    bench_map(b, base, 0, PAGE + 0x3000, ALL);
    for (unsigned order = 0; order < 2; order++) {
        bench_fence(b, (struct dut_fence){0});
        bench_enter(b, MMU_LOAD, 1, order ? VA : base);
        bench_enter(b, MMU_FETCH, 1, order ? base : VA);
        answer_pa(b, DUT_DATA, 1, order ? PAGE + offset : PAGE + 0x3678, order ? shift : 12);
        answer_pa(b, DUT_FETCH, 1, order ? PAGE + 0x3678 : PAGE + offset, order ? 12 : shift);
    }
}

static void known_bug_51_invalid_pte_not_kept(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 0; level < b->p->levels; level++) {
        uint64_t *word = bench_pte(b, VA, level), good = *word;
        *word = good & ~V;
        bench_fence(b, (struct dut_fence){0});
        all_fault(b, page_fault, VA);
        *word = good; /* valid again, and no fence */
        all_granted(b, VA, PAGE + 0x678, 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_01_mxr_rechecked_on_hit),
        SUITE_TEST(known_bug_01_sum_rechecked_on_hit),
        SUITE_TEST(known_bug_02_load_fill_does_not_let_fetch_through),
        SUITE_TEST(known_bug_09_dau_in_pointer_faults),
        SUITE_TEST(known_bug_10_misaligned_superpage_faults),
        SUITE_TEST(known_bug_11_faulting_leaf_not_kept),
        cmocka_unit_test(known_bug_11_leaf_beyond_memory_not_kept),
        SUITE_TEST(known_bug_14_reserved_encodings_page_fault),
        SUITE_TEST(known_bug_15_invalid_pte_not_walked),
        SUITE_TEST(known_bug_18_read_error_is_access_fault),
        cmocka_unit_test(known_bug_18_pointer_beyond_memory_is_access_fault),
        SUITE_TEST(known_bug_19_address_that_is_not_canonical_page_faults),
        SUITE_TEST(known_bug_23_fault_has_the_kind_of_the_access),
        SUITE_TEST(known_bug_37_superpage_refilled_at_its_level_after_a_fault),
        SUITE_TEST(known_bug_51_invalid_pte_not_kept),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

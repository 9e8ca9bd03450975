// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: physical memory protection of page tables and
 * of what they lead to. Each test is named after its number in the list of known bugs. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000) /* 5 GiB: aligned for pages up to 1 GiB */
#define LOW  UINT64_C(0x678)

/* Whatever access fills the TLBs first, each is judged by what PMP gives to its own kind; what MXR
 * makes readable for the page tables stays as it is for PMP. */
static void known_bug_07_pmp_asked_about_the_access_itself(struct bench *b)
{
    static const unsigned permissions[] = {0, PMP_R, PMP_RW, PMP_X, PMP_R | PMP_X, PMP_RWX};

    for (unsigned i = 0; i < 6; i++)
        for (enum mmu_access first = MMU_FETCH; first < MMU_ACCESSES; first++) {
            pmp_region(b, 0, PAGE, 12, permissions[i]);
            bench_change_pmp(b);
            bench_map(b, VA, 0, PAGE, ALL);
            for (unsigned k = 0; k < 2 * MMU_ACCESSES; k++) {
                enum mmu_access access = (first + k) % MMU_ACCESSES;
                if (!is_shadow_stack(access) && suite_has_access(b->p, access))
                    pmp_judges(b, access, VA, PAGE + LOW, pmp_permits(permissions[i], access), 12);
            }
            bench_map(b, VA, 0, PAGE, V | X | A | D);
            bench_sum_mxr(b, false, true);
            bench_fence(b, (struct dut_fence){0});
            for (unsigned k = 0; k < 4; k++) {
                enum mmu_access access = (first + k) % 2 ? MMU_FETCH : MMU_LOAD;
                pmp_judges(b, access, VA, PAGE + LOW, pmp_permits(permissions[i], access), 12);
            }
            bench_sum_mxr(b, false, false);
        }
}

/* What the page tables deny is a page fault, whatever PMP thinks of an address that then means
 * nothing; and the cause is the same for a walk and beside what a TLB holds. */
static void known_bug_05_17_page_fault_before_pmp(struct bench *b)
{
    static const struct {
        uint64_t flags;
        bool allowed[4]; /* fetch, load, store, AMO */
    } leaves[] = {
        {0, {false}},
        {V | W, {false}},
        {V | U | R | W | X | A | D, {false}},
        {V | R | W | X | D, {false}},
        {V | R | W | X | A, {true, true, false, false}},
        {V | R | A | D, {false, true, false, false}},
        {V | X | A | D, {true, false, false, false}},
        {ALL, {true, true, true, true}},
    };
    static const unsigned permissions[] = {0, PMP_R, PMP_RW, PMP_X, PMP_RWX};

    for (unsigned i = 0; i < 5; i++)
        for (unsigned k = 0; k < 8; k++) {
            pmp_region(b, 0, PAGE, 16, permissions[i]);
            bench_map(b, VA, 0, PAGE, leaves[k].flags);
            bench_change_pmp(b);
            for (unsigned n = 0; n < 12; n++) {
                enum mmu_access access = MMU_FETCH + n * 3 % 4;
                if (leaves[k].allowed[access])
                    pmp_judges(b, access, VA, PAGE + LOW, pmp_permits(permissions[i], access), 12);
                else
                    expect_page_fault(b, access, VA);
            }
        }
    /* Garbage, at each level: what is no PTE, and superpages that are not aligned. */
    for (unsigned level = 1; level < b->p->levels; level++) {
        uint64_t *word = bench_pte(b, VA, level), good = *word;
        for (unsigned garbage = 0; garbage < 3; garbage++) {
            bench_fence(b, (struct dut_fence){0});
            *word = garbage == 0 ? pte(PAGE, 0) : pte(PAGE + 0x1000, garbage == 1 ? ALL : V | W);
            for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
                expect_page_fault(b, access, VA);
        }
        *word = good;
    }
}

/* A PTE is read as S-mode reads that many bytes: R is enough, for every kind of access, and without
 * it the access fault is of the kind of the access, the PTE unread. */
static void known_bug_04_16_pmp_of_a_pte_is_a_read_check(struct bench *b)
{
    static const unsigned permissions[] = {0, PMP_X, PMP_R, PMP_RWX};
    unsigned word = b->p->xlen == 32 ? 2 : 3;

    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 0; level < b->p->levels; level++)
        for (unsigned size = 0; size < 2; size++) /* the PTE alone, and its table */
            for (unsigned i = 0; i < 4; i++) {
                uint64_t pa = bench_pte_pa(b, b->root, VA, level);
                pmp_region(b, 0, pa >> 12 << 12, 12, size ? permissions[i] : PMP_R);
                pmp_region(b, 1, pa, word, permissions[i]);
                if (!size) { /* the PTE goes before its table */
                    pmp_region(b, 0, pa, word, permissions[i]);
                    pmp_region(b, 1, pa >> 12 << 12, 12, PMP_R);
                }
                bench_change_pmp(b);
                for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++) {
                    uint64_t reads = b->memory.reads;
                    bench_fence(b, (struct dut_fence){0});
                    pmp_judges(b, access, VA, PAGE + LOW, permissions[i] & PMP_R, 12);
                    check_equal(b, b->memory.reads - reads,
                                permissions[i] & PMP_R ? b->p->levels : b->p->levels - 1 - level);
                }
            }
}

/* It is S-mode's read: an entry for M-mode alone denies it. And one that has but half of the PTE,
 * or in which the PTE lies only by half, denies it too. */
static void known_bug_16_pte_read_for_s_mode_and_whole(struct bench *b)
{
    uint64_t pa = bench_pte_pa(b, b->root, VA, 0);

    bench_map(b, VA, 0, PAGE, ALL);
    b->pmp.mml = true;
    for (unsigned locked = 0; locked < 2; locked++) {
        pmp_region(b, 0, pa >> 12 << 12, 12, locked ? PMP_R | PMP_L : PMP_R);
        bench_change_pmp(b);
        pmp_judges(b, MMU_LOAD, VA, PAGE + LOW, !locked, 12);
        pmp_judges(b, MMU_FETCH, VA, PAGE + LOW, !locked, 12);
    }
    pmp_open(b);
    for (unsigned half = 0; half < 2 && b->p->xlen == 64; half++) {
        pmp_region(b, 0, pa + 4 * half, 2, PMP_RWX);
        bench_change_pmp(b);
        expect_access_fault(b, MMU_STORE, VA);
        expect_access_fault(b, MMU_FETCH, VA);
    }
}

/* Four bytes in the middle of a page are not for S-mode: each access is judged by its own bytes,
 * before and after others of the page; one that lies across an edge is denied. */
static void known_bug_48_pmp_finer_than_a_page(struct bench *b)
{
    static const struct {
        unsigned offset, size;
        bool granted;
    } accesses[] = {{0x100, 4, true},  {0x104, 4, false}, {0x107, 1, false}, {0x108, 1, true},
                    {0x100, 8, false}, {0xf8, 8, true},   {0x108, 8, true},  {0x106, 2, false},
                    {0xc0, 64, true},  {0x100, 64, false}};

    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned bare = 0; bare < 2; bare++)
        for (unsigned tor = 0; tor < 2; tor++)
            for (unsigned first = 0; first < 10; first++) {
                uint64_t page = bare ? PAGE >> 4 : VA & ~UINT64_C(0xfff), pa = bare ? page : PAGE;
                bench_satp(b, bare ? 0 : b->p->levels, !bare, bare ? 0 : b->root);
                pmp_region(b, 1, pa + 0x104, 2, 0);
                if (tor) {
                    pmp_bottom(b, 0, pa + 0x104);
                    pmp_top(b, 1, pa + 0x108, 0);
                }
                bench_change_pmp(b);
                for (unsigned k = 0; k < 30; k++) {
                    unsigned i = (first + k * 3) % 10, port = k % 2;
                    b->size = accesses[i].size;
                    pmp_judges(b, port ? MMU_FETCH : MMU_LOAD, page + accesses[i].offset,
                               pa + accesses[i].offset, accesses[i].granted, bare ? 0 : 12);
                }
            }
}

/* A TOR entry whose bottom is its top, or lies above it, has nothing of an access that is around.
 */
static void known_bug_48_empty_pmp_range(struct bench *b)
{
    static const struct {
        unsigned bottom, top;
    } ranges[] = {{0x104, 0x104}, {0x108, 0x104}, {0x120, 0x110}};

    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned i = 0; i < 3; i++) {
        pmp_bottom(b, 0, PAGE + ranges[i].bottom);
        pmp_top(b, 1, PAGE + ranges[i].top, 0);
        bench_change_pmp(b);
        for (b->size = 1; b->size <= 64; b->size *= 2)
            for (unsigned k = 0; k < 2; k++)
                expect_pa(b, k ? MMU_STORE : MMU_LOAD, (VA >> 12 << 12) + 0x100, PAGE + 0x100, 12);
    }
}

/* Of a cache block PMP judges every byte, wherever in it the address points. */
static void known_bug_47_48_cache_block_judged_whole(struct bench *b)
{
    static const enum mmu_access accesses[] = {MMU_CBO_MANAGE, MMU_CBO_ZERO, MMU_PREFETCH,
                                               MMU_STORE};

    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned denied = 0; denied < 64; denied += 16) {
        pmp_region(b, 0, PAGE + 0x100 + denied, 4, 0);
        bench_change_pmp(b);
        for (unsigned i = 0; i < 4 * 16; i++) {
            unsigned offset = i % 4 == 3 ? 0 : i / 4 * 4; /* only blocks may be pointed into */
            uint64_t at = (VA >> 12 << 12) + offset, pa = PAGE + offset;
            b->size = 64;
            pmp_judges(b, accesses[i % 4], at + 0x100, pa + 0x100, false, 12);
            pmp_judges(b, accesses[i % 4], at + 0x140, pa + 0x140, true, 12);
        }
    }
}

/* With SUM, S-mode loads from pages of U-mode, and never fetches from them: what may only be
 * fetched there is nothing to prefetch. */
static void known_bug_06_prefetch_under_sum(struct bench *b)
{
    bench_sum_mxr(b, true, false);
    for (unsigned i = 0; i < 4; i++) {
        bool readable = i & 1, own = i & 2;
        bench_map(b, VA, 0, PAGE, V | X | A | (readable ? R : 0) | (own ? 0 : U));
        bench_fence(b, (struct dut_fence){0});
        for (unsigned n = 0; n < 2; n++)
            pmp_judges(b, MMU_PREFETCH, VA, PAGE + LOW, readable || own, 12);
    }
}

/* What the page gives to one kind of access and PMP to another does not let a prefetch through. */
static void known_bug_07_prefetch_by_one_kind(struct bench *b)
{
    static const unsigned permissions[] = {PMP_R, PMP_RW, PMP_X, PMP_R | PMP_X};
    static const uint64_t leaves[] = {R, R | W, X, R | X};

    b->size = 64;
    for (unsigned i = 0; i < 4; i++)
        for (unsigned k = 0; k < 4; k++) {
            bool load = permissions[i] & PMP_R && leaves[k] & R;
            bool fetch = permissions[i] & PMP_X && leaves[k] & X;
            pmp_region(b, 0, PAGE, 12, permissions[i]);
            bench_change_pmp(b);
            bench_map(b, VA, 0, PAGE, V | leaves[k] | A | D);
            for (unsigned n = 0; n < 2; n++)
                pmp_judges(b, MMU_PREFETCH, VA, PAGE + LOW, load || fetch, 12);
        }
}

/* A superpage (or one of 64 KiB) that PMP does not treat as one: each base page for itself, and the
 * one that is split for each access. Whole base pages hit from their second access on. */
static void known_bug_48_pmp_finer_than_a_superpage(struct bench *b)
{
    static const struct {
        unsigned offset;
        bool granted;
    } accesses[] = {{0x2678, true}, {0x5000, false}, {0x4ffc, true}, {0x9010, false},
                    {0x900c, true}, {0x5ffc, false}, {0x9014, true}, {0x6000, true}};

    pmp_region(b, 0, PAGE + 0x5000, 12, 0);
    pmp_region(b, 1, PAGE + 0x9010, 2, PMP_R | PMP_X);
    b->size = 4;
    for (unsigned level = 0; level < 3 && level < b->p->levels; level++) {
        uint64_t base = VA >> bench_shift(b, 2) << bench_shift(b, 2);
        if (level == 0 && !b->p->svnapot)
            continue;
        bench_satp(b, b->p->levels, 1 + level, bench_table(b));
        for (unsigned i = 0; i < 16; i++) /* at level 0 a page of 64 KiB, all its PTEs alike */
            bench_map(b, base + i * 0x1000, level, level ? PAGE : PAGE + 0x8000,
                      level ? ALL : ALL | MMU_PTE_N);
        for (unsigned first = 0; first < 8; first++) {
            bench_change_pmp(b);
            for (unsigned k = 0; k < 24; k++) {
                unsigned i = (first + k * 3) % 8;
                pmp_judges(b, k % 2 ? MMU_STORE : MMU_AMO, base + accesses[i].offset,
                           PAGE + accesses[i].offset, accesses[i].granted, 12);
            }
            expect_pa(b, MMU_FETCH, base + 0x9010, PAGE + 0x9010, 12); /* R and X it has */
            expect_pa(b, MMU_LOAD, base + 0x2000, PAGE + 0x2000, 12);
            check_equal(b, bench_latency(b, MMU_STORE, base + 0x2ffc), 1);
            check_equal(b, bench_latency(b, MMU_AMO, base + 0x6010), 1);
        }
    }
}

/* PMP splits a superpage, or a page of 64 KiB, into base pages. The fence names any address of it,
 * one that was never asked for too, and all of it goes. */
static void known_bug_36_38_fence_of_a_fractured_superpage(struct bench *b)
{
    const uint64_t other = PAGE + UINT64_C(0x40000000), base = VA >> 22 << 22;

    pmp_region(b, 0, PAGE + 0x5000, 12, 0);
    pmp_region(b, 1, other + 0x5000, 12, 0);
    bench_change_pmp(b);
    for (unsigned i = 0; i < 32; i++) {
        unsigned level = i / 16, pages = level ? 1 : 16;
        uint64_t flags = level ? ALL : ALL | MMU_PTE_N, low = level ? 0 : 0x8000;
        struct dut_fence fence = {
            .use_va = true, .va = base + i % 16 * 0x1000 + 8, .use_asid = i & 1, .asid = 1};
        if (!level && !b->p->svnapot)
            continue;
        for (unsigned to = 0; to < 2; to++) {
            uint64_t page = to ? other : PAGE;
            for (unsigned k = 0; k < pages; k++)
                bench_map(b, base + k * 0x1000, level, page + low, flags);
            bench_fence(b, to ? fence : (struct dut_fence){0});
            for (unsigned k = 0; k < 4; k++)
                for (unsigned port = 0; port < DUT_PORTS; port++)
                    expect_pa(b, port ? MMU_FETCH : MMU_LOAD, base + k * 0x2000, page + k * 0x2000,
                              12);
        }
        for (unsigned k = 0; k < pages; k++)
            bench_map(b, base + k * 0x1000, level, 0, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_PMP, known_bug_05_17_page_fault_before_pmp),
        SUITE_TEST_WITH(HAS_PMP, known_bug_07_pmp_asked_about_the_access_itself),
        SUITE_TEST_WITH(HAS_PMP | HAS_ZICBO, known_bug_07_prefetch_by_one_kind),
        SUITE_TEST_WITH(HAS_ZICBO, known_bug_06_prefetch_under_sum),
        SUITE_TEST_WITH(HAS_PMP | HAS_ZICBO, known_bug_47_48_cache_block_judged_whole),
        SUITE_TEST_WITH(HAS_PMP, known_bug_04_16_pmp_of_a_pte_is_a_read_check),
        SUITE_TEST_WITH(HAS_PMP, known_bug_16_pte_read_for_s_mode_and_whole),
        SUITE_TEST_WITH(HAS_PMP, known_bug_36_38_fence_of_a_fractured_superpage),
        SUITE_TEST_WITH(HAS_PMP, known_bug_48_pmp_finer_than_a_page),
        SUITE_TEST_WITH(HAS_PMP, known_bug_48_empty_pmp_range),
        SUITE_TEST_WITH(HAS_PMP, known_bug_48_pmp_finer_than_a_superpage),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

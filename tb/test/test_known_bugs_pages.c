// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: superpages, pages of 64 KiB (Svnapot) and
 * memory types (Svpbmt). Each test is named after its number in the list of known bugs. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)
#define LOW  UINT64_C(0x678)
#define N    MMU_PTE_N
#define NC   (UINT64_C(1) << MMU_PTE_PBMT_SHIFT)
#define IO   (UINT64_C(2) << MMU_PTE_PBMT_SHIFT)

static void set_pbmte(struct bench *b, bool pbmte)
{
    b->context.pbmte = pbmte;
    dut_set_context(b->dut, &b->context);
}

/* Maps the 64 KiB around an address. */
static void map_64k(struct bench *b, uint64_t va, uint64_t pa, uint64_t flags)
{
    uint64_t base = va >> 16 << 16;

    for (unsigned i = 0; i < 16; i++)
        *bench_pte(b, base + i * 0x1000, 0) = pte(pa | 0x8000, flags | N);
}

/* ---- Superpages. */

static void known_bug_43_superpage_address_composed(struct bench *b)
{
    static const uint64_t patterns[] = {0, ~UINT64_C(0), 0x5555555555555555u, 0xaaaaaaaaaaaaaaaau,
                                        0x123456789abcdef0u};

    for (unsigned level = 0; level < b->p->levels; level++) {
        unsigned shift = bench_shift(b, level);
        uint64_t low = (UINT64_C(1) << shift) - 1;
        /* A page number with the lowest bit above the offset set, and the highest bit there is. */
        uint64_t page = UINT64_C(1) << shift | UINT64_C(1) << (b->p->pa_bits - 1);
        bench_satp(b, b->p->levels, 1 + level, bench_table(b));
        if (shift >= b->p->pa_bits) { /* the page is larger than physical memory */
            bench_map(b, 0, level, 0, ALL);
            expect_pa(b, MMU_LOAD, VA, VA, shift);
            for (unsigned bit = b->p->pa_bits; bit < shift; bit++)
                for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
                    expect_access_fault(b, access, VA | UINT64_C(1) << bit);
            continue;
        }
        bench_map(b, 0, level, page, ALL);
        for (unsigned i = 0; i < 5; i++) {
            bench_fence(b, (struct dut_fence){0});
            for (unsigned k = 0; k < 5; k++) /* a walk first, then hits */
                for (unsigned port = 0; port < 2; port++)
                    expect_pa(b, port ? MMU_STORE : MMU_FETCH, patterns[(i + k) % 5] & low,
                              page | (patterns[(i + k) % 5] & low), shift);
        }
    }
}

/* ---- Svnapot. */

/* The four low bits of the PPN must be 1000, whatever those above are; at level 0 only. */
static void known_bug_12_napot_validity_of_the_whole_ppn(struct bench *b)
{
    static const uint64_t patterns[] = {PAGE, ~UINT64_C(0), 0x5555555555555555u, 0};
    uint64_t *word = bench_pte(b, VA, 0);

    for (unsigned i = 0; i < 4; i++)
        for (unsigned low = 0; low < 16; low++) {
            uint64_t high = patterns[i] << 16 & ((UINT64_C(1) << b->p->pa_bits) - 1);
            bench_fence(b, (struct dut_fence){0});
            *word = pte(high | low << 12, ALL | N);
            for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
                if (low == 8)
                    expect_pa(b, access, VA, high | (VA & 0xffff), 16);
                else
                    expect_page_fault(b, access, VA);
        }
    for (unsigned level = 1; level < b->p->levels; level++) { /* pointers, and larger pages */
        uint64_t *above = bench_pte(b, VA, level), good = *above;
        *above = good | N;
        expect_page_fault(b, MMU_LOAD, VA);
        for (unsigned low = 0; low < 16; low += 8) {
            *above = pte(low << 12, ALL | N);
            expect_page_fault(b, MMU_STORE, VA);
        }
        *above = good;
    }
}

static void known_bug_11_faulting_napot_leaf_not_kept(struct bench *b)
{
    uint64_t *word = bench_pte(b, VA, 0);

    for (unsigned low = 0; low < 16; low++) {
        *word = pte(PAGE | low << 12, low == 8 ? (ALL & ~D) | N : ALL | N);
        expect_page_fault(b, MMU_STORE, VA);
        if (low == 8)
            continue; /* this one is right but for D: it may be kept, for loads */
        *word = pte(PAGE + 0x3000, ALL);
        expect_pa(b, MMU_STORE, VA, PAGE + 0x3000 + LOW, 12);
        bench_fence(b, (struct dut_fence){0});
    }
}

/* One entry serves its 16 pages, from whichever it was filled, and not the 16 above and below. */
static void known_bug_13_napot_page_hits_as_one(struct bench *b)
{
    uint64_t base = VA >> 16 << 16;

    map_64k(b, base - 0x10000, PAGE + 0x100000, ALL);
    map_64k(b, base, PAGE + 0x30000, ALL);
    for (unsigned i = 0; i < 16; i++)
        bench_map(b, base + 0x10000 + i * 0x1000, 0, PAGE + 0x200000 + (i ^ 5) * 0x1000, ALL);
    for (unsigned from = 0; from < 16; from++) {
        enum mmu_access access = from % 2 ? MMU_LOAD : MMU_FETCH;
        bench_fence(b, (struct dut_fence){0});
        expect_pa(b, access, base + from * 0x1000 + 8, PAGE + 0x30008 + from * 0x1000, 16);
        uint64_t reads = b->memory.reads;
        for (unsigned i = 0; i < 16; i++) {
            uint64_t low = i * 0x1000 + i * 0x111;
            check_equal(b, bench_latency(b, access, base + low), 1);
            expect_pa(b, access, base + low, PAGE + 0x30000 + low, 16);
            if (b->p->l2_ways) /* the other port finds it in the L2, or has it by then */
                expect_pa(b, from % 2 ? MMU_FETCH : MMU_LOAD, base + low, PAGE + 0x30000 + low, 16);
        }
        check_equal(b, b->memory.reads, reads);
        expect_pa(b, access, base - 0x1000, PAGE + 0x10f000, 16);
        expect_pa(b, access, base + 0x10000, PAGE + 0x205000, 12);
        expect_pa(b, access, base + 0x1f000, PAGE + 0x20a000, 12);
        expect_pa(b, access, base + 0xf000, PAGE + 0x3f000, 16);
    }
}

/* A fence by any address of it removes it, in every structure; base pages and the large one never
 * answer for each other afterwards. */
static void known_bug_13_napot_page_fenced_as_one(struct bench *b)
{
    uint64_t base = VA >> 16 << 16;

    for (unsigned i = 0; i < 16; i++)
        for (unsigned by_asid = 0; by_asid < 2; by_asid++) {
            struct dut_fence fence = {
                .use_va = true, .va = base + i * 0x1000 + 4, .use_asid = by_asid, .asid = 1};
            map_64k(b, base, PAGE, ALL);
            bench_fence(b, (struct dut_fence){0});
            expect_pa(b, MMU_LOAD, base + (15 - i) * 0x1000, PAGE + (15 - i) * 0x1000, 16);
            expect_pa(b, MMU_FETCH, base + (15 - i) * 0x1000, PAGE + (15 - i) * 0x1000, 16);
            map_64k(b, base, PAGE + 0x50000, ALL);
            bench_fence(b, fence);
            for (unsigned k = 0; k < 16; k++) {
                expect_pa(b, MMU_LOAD, base + k * 0x1000, PAGE + 0x50000 + k * 0x1000, 16);
                expect_pa(b, MMU_FETCH, base + k * 0x1000, PAGE + 0x50000 + k * 0x1000, 16);
            }
            for (unsigned k = 0; k < 16; k++) /* base pages instead, the other way round */
                bench_map(b, base + k * 0x1000, 0, PAGE + (15 - k) * 0x1000, ALL);
            bench_fence(b, fence);
            for (unsigned k = 0; k < 16; k++)
                expect_pa(b, MMU_LOAD, base + k * 0x1000, PAGE + (15 - k) * 0x1000, 12);
            map_64k(b, base, PAGE + 0x90000, ALL); /* and the 16 base pages go one by one */
            for (unsigned k = 0; k < 16; k++)
                bench_fence(b, (struct dut_fence){.use_va = true, .va = base + k * 0x1000});
            for (unsigned k = 0; k < 16; k++)
                expect_pa(b, MMU_LOAD, base + k * 0x1000, PAGE + 0x90000 + k * 0x1000, 16);
        }
}

/* Another address space may have base pages where this one has a large page. */
static void known_bug_13_napot_page_of_its_address_space(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)}, base = VA >> 16 << 16;

    map_64k(b, base, PAGE, ALL);
    bench_satp(b, b->p->levels, 2, roots[1]);
    for (unsigned k = 0; k < 16; k++)
        bench_map(b, base + k * 0x1000, 0, PAGE + 0x100000 - k * 0x1000, ALL);
    for (unsigned round = 0; round < 3; round++)
        for (unsigned k = 0; k < 16; k++) {
            enum mmu_access access = (round + k) % 2 ? MMU_LOAD : MMU_FETCH;
            bench_satp(b, b->p->levels, 1, roots[0]);
            expect_pa(b, access, base + k * 0x1000, PAGE + k * 0x1000, 16);
            bench_satp(b, b->p->levels, 2, roots[1]);
            expect_pa(b, access, base + k * 0x1000, PAGE + 0x100000 - k * 0x1000, 12);
        }
}

/* ---- Svpbmt. */

/* Each type on each way that an answer takes: from a walk, the L1, the L2, a slot that waited; for
 * a base page, one of 64 KiB, a superpage, and one that PMP splits; with another type before it. */
static void known_bug_46_memory_type_on_every_path(struct bench *b)
{
    static const uint64_t types[] = {NC, 0, IO, NC, IO, 0};
    uint64_t base = VA >> 21 << 21;

    set_pbmte(b, true);
    bench_map(b, VA + 0x40000000, 0, PAGE + 0x7000, ALL);
    for (unsigned size = 0; size < 4; size++)
        for (unsigned i = 0; i < 6; i++) {
            static const unsigned shifts[] = {12, 16, 21, 12};
            unsigned shift = shifts[size];
            if ((size == 1 && !b->p->svnapot) || (size == 3 && !b->p->pmp_entries))
                continue;
            if (size == 3) {
                pmp_region(b, 0, PAGE + 0x5000, 12, 0);
                bench_change_pmp(b);
            }
            if (size == 1)
                map_64k(b, base, PAGE, ALL | types[i]);
            else
                bench_map(b, base, size / 2, PAGE, ALL | types[i]);
            bench_fence(b, (struct dut_fence){0});
            bench_timing(b, 3, 0);
            b->type = MMU_PMA;
            expect_pa(b, MMU_LOAD, VA + 0x40000000, PAGE + 0x7000 + LOW, 12);
            b->type = (enum mmu_memory_type)(types[i] >> MMU_PTE_PBMT_SHIFT);
            for (unsigned k = 0; k < 2; k++) {
                expect_pa(b, MMU_STORE, base + 8, PAGE + 8, shift); /* walk, L1 */
                expect_pa(b, MMU_FETCH, base + 4, PAGE + 4, shift); /* L2 or walk, L1 */
            }
            /* A hit of another type in each cycle around that of the refill. */
            bench_fence(b, (struct dut_fence){.use_va = true, .va = base});
            bench_enter(b, MMU_LOAD, 1, base);
            for (unsigned k = 0; k < 60; k++) {
                if (!b->answers[DUT_DATA][2 + k % 2].live)
                    bench_submit(b, MMU_LOAD, 2 + k % 2, VA + 0x40000000);
                bench_step(b);
                if (k > 1)
                    check_equal(b, b->answers[DUT_DATA][2 + k % 2].response.memory_type, MMU_PMA);
            }
            answer_pa(b, DUT_DATA, 1, PAGE, shift);
            b->type = MMU_PMA; /* and what is not translated has none */
            b->privilege = MMU_M;
            expect_pa(b, MMU_LOAD, PAGE, PAGE, 0);
            b->privilege = MMU_S;
            *bench_pte(b, base, size / 2) = 0;
        }
}

/* The type 3 is reserved, any type in a pointer, and all without PBMTE. */
static void known_bug_14_46_reserved_memory_types(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned pbmte = 0; pbmte < 2; pbmte++)
        for (unsigned level = 0; level < b->p->levels; level++)
            for (unsigned type = 1; type < 4; type++) {
                uint64_t *word = bench_pte(b, VA, level), good = *word;
                set_pbmte(b, pbmte);
                *word |= (uint64_t)type << MMU_PTE_PBMT_SHIFT;
                bool allowed = pbmte && level == 0 && type < 3;
                b->type = allowed ? (enum mmu_memory_type)type : MMU_PMA;
                bench_fence(b, (struct dut_fence){0});
                for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
                    if (allowed)
                        expect_pa(b, access, VA, PAGE + LOW, 12);
                    else
                        expect_page_fault(b, access, VA);
                *word = good;
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_SVNAPOT, known_bug_11_faulting_napot_leaf_not_kept),
        SUITE_TEST_WITH(HAS_SVNAPOT, known_bug_12_napot_validity_of_the_whole_ppn),
        SUITE_TEST_WITH(HAS_SVNAPOT, known_bug_13_napot_page_hits_as_one),
        SUITE_TEST_WITH(HAS_SVNAPOT, known_bug_13_napot_page_fenced_as_one),
        SUITE_TEST_WITH(HAS_SVNAPOT, known_bug_13_napot_page_of_its_address_space),
        SUITE_TEST(known_bug_43_superpage_address_composed),
        SUITE_TEST_WITH(HAS_SVPBMT, known_bug_14_46_reserved_memory_types),
        SUITE_TEST_WITH(HAS_SVPBMT, known_bug_46_memory_type_on_every_path),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Prefetch: leaves that follow the one asked for in its line of PTEs go into the L2, and nothing
 * else does; nobody is answered for them, nothing is written, and they obey fences as others do.
 */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define PAGE UINT64_C(0x140000000)
#define NEW  UINT64_C(0x180000000)

static const struct dut_fence full = {0};

/* PTEs of a line; and the first page whose PTE is at the beginning of one. */
static unsigned line_ptes(const struct bench *b)
{
    return 64 / b->memory.bytes;
}

static uint64_t va(unsigned i)
{
    return UINT64_C(0x12340000) + ((uint64_t)i << 12);
}

static uint64_t pa(unsigned i)
{
    return PAGE + ((uint64_t)i << 12);
}

/* A line of leaves, and the one behind it. */
static void map_lines(struct bench *b)
{
    for (unsigned i = 0; i < 2 * line_ptes(b); i++)
        bench_map(b, va(i), 0, pa(i), ALL);
}

/* Asks for a page and lets what it brought arrive. */
static void ask_first(struct bench *b, unsigned i)
{
    expect_pa(b, MMU_LOAD, va(i), pa(i), 12);
    bench_steps(b, 60);
}

static void fence_and_ask(struct bench *b, unsigned i)
{
    bench_fence(b, full);
    ask_first(b, i);
}

/* Whether the page is there without a read; it is granted in any case. */
static bool is_there(struct bench *b, unsigned i)
{
    uint64_t reads = b->memory.reads;

    expect_pa(b, MMU_LOAD, va(i), pa(i), 12);
    return b->memory.reads == reads;
}

/* The next pages, as many as the build takes, are L2 hits; the one behind them is none. */
static void next_pages_are_l2_hits(struct bench *b)
{
    map_lines(b);
    fence_and_ask(b, 0);
    check_equal(b, dut_events(b->dut, DUT_PREFETCH), b->p->prefetch);
    for (unsigned i = 1; i <= b->p->prefetch; i++) {
        uint64_t hits = dut_events(b->dut, DUT_L2_HIT);
        check_equal(b, bench_latency(b, i % 2 ? MMU_LOAD : MMU_FETCH, va(i)),
                    2 + b->p->l2_register);
        check_equal(b, dut_events(b->dut, DUT_L2_HIT) - hits, 1);
        bench_steps(b, 10);
    }
    check_equal(b, is_there(b, b->p->prefetch + 1), false);
}

/* From any place of the line: those behind it and in it, none before it, none of the next line. */
static void nothing_beyond_the_line(struct bench *b)
{
    unsigned ptes = line_ptes(b);

    map_lines(b);
    for (unsigned at = 0; at < ptes; at++) {
        unsigned left = ptes - 1 - at, taken = left < b->p->prefetch ? left : b->p->prefetch;
        uint64_t before = dut_events(b->dut, DUT_PREFETCH);
        fence_and_ask(b, at);
        check_equal(b, dut_events(b->dut, DUT_PREFETCH) - before, taken);
        for (unsigned i = 0; i < ptes + 2; i++) {
            if (i == at)
                continue;
            fence_and_ask(b, at);
            check_equal(b, is_there(b, i), i > at && i <= at + taken);
        }
    }
}

/* What is no good leaf with A is not taken, and those around it are. It is read when asked for, and
 * found as it is then. */
static void only_good_leaves_with_a(struct bench *b)
{
    uint64_t bad[] = {0,
                      ALL & ~V,
                      ALL & ~A,
                      V,
                      V | W | A | D,
                      V | W | X | A | D,
                      V | D,
                      b->p->xlen == 64 ? ALL | UINT64_C(1) << 58 : 0};

    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        map_lines(b);
        bench_map(b, va(1), 0, pa(1), bad[i]);
        fence_and_ask(b, 0);
        bench_map(b, va(1), 0, pa(1), ALL); /* valid now, and no fence */
        check_equal(b, is_there(b, 1), false);
        if (b->p->prefetch > 1)
            check_equal(b, is_there(b, 2), true);
    }
}

/* Permissions count when the page is asked for, D among them: then, not before, it is set. */
static void permissions_are_of_the_access(struct bench *b)
{
    map_lines(b);
    bench_map(b, va(1), 0, pa(1), V | R | W | A);
    fence_and_ask(b, 0);
    check_equal(b, *bench_pte(b, va(1), 0), pte(pa(1), V | R | W | A));
    check_equal(b, b->memory.swaps, 0);
    check_equal(b, is_there(b, 1), true);
    expect_fault(b, MMU_FETCH, va(1), 12);
    if (b->p->svadu) {
        b->context.adue = true;
        dut_set_context(b->dut, &b->context);
        expect_pa(b, MMU_STORE, va(1), pa(1), 12);
        check_equal(b, *bench_pte(b, va(1), 0), pte(pa(1), V | R | W | A | D));
    } else {
        expect_fault(b, MMU_STORE, va(1), 15);
    }
    b->privilege = MMU_U;
    expect_fault(b, MMU_LOAD, va(2), 13);
}

/* Nor is A set for a page that nobody asked for. */
static void nothing_is_written(struct bench *b)
{
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    map_lines(b);
    for (unsigned i = 1; i < line_ptes(b); i++)
        bench_map(b, va(i), 0, pa(i), V | R | W | (i % 2 ? D : 0));
    bench_map(b, va(0), 0, pa(0), V | R | W);
    fence_and_ask(b, 0); /* which sets its own A */
    check_equal(b, b->memory.swaps, 1);
    bench_fence(b, full);
    expect_pa(b, MMU_STORE, va(0), pa(0), 12);
    bench_steps(b, 60);
    check_equal(b, b->memory.swaps, 2);
    for (unsigned i = 1; i < line_ptes(b); i++)
        check_equal(b, *bench_pte(b, va(i), 0), pte(pa(i), V | R | W | (i % 2 ? D : 0)));
}

/* Leaves above level 0 bring no neighbours, which would be superpages. */
static void only_from_level_0(struct bench *b)
{
    unsigned shift = bench_shift(b, 1);
    uint64_t base = UINT64_C(1) << bench_shift(b, b->p->levels - 1);
    uint64_t before = dut_events(b->dut, DUT_PREFETCH);

    for (unsigned i = 0; i < 8; i++)
        bench_map(b, base + ((uint64_t)i << shift), 1, (uint64_t)i << shift, ALL);
    expect_pa(b, MMU_LOAD, base, 0, shift);
    bench_steps(b, 60);
    check_equal(b, dut_events(b->dut, DUT_PREFETCH) - before, 0);
    uint64_t reads = b->memory.reads;
    expect_pa(b, MMU_LOAD, base + (UINT64_C(1) << shift), UINT64_C(1) << shift, shift);
    assert_true(b->memory.reads > reads);
}

/* PMP is asked about the page, by whom it is used. */
static void pmp_is_asked_about_the_page(struct bench *b)
{
    map_lines(b);
    pmp_region(b, 0, pa(1), 12, PMP_X);
    bench_change_pmp(b);
    ask_first(b, 0);
    expect_fault(b, MMU_LOAD, va(1), 5);
    expect_pa(b, MMU_FETCH, va(1), pa(1), 12);
    pmp_region(b, 0, pa(1) + 0x800, 2, 0); /* and where it splits the page */
    bench_change_pmp(b);
    ask_first(b, 0);
    b->size = 4;
    expect_fault(b, MMU_LOAD, va(1) + 0x800, 5);
    expect_pa(b, MMU_LOAD, va(1) + 0x804, pa(1) + 0x804, 12);
    b->size = 1;
}

/* And about the PTE: one that S-mode may not read, in whole or in part, is not taken from the line,
 * whatever it says. */
static void pmp_is_asked_about_the_pte(struct bench *b)
{
    map_lines(b);
    for (unsigned at = 0; at < b->memory.bytes; at += 4) {
        pmp_region(b, 0, bench_pte_pa(b, b->root, va(1), 0) + at, 2, PMP_W | PMP_X);
        bench_change_pmp(b);
        ask_first(b, 0);
        expect_fault(b, MMU_LOAD, va(1), 5);
        check_equal(b, is_there(b, 2), b->p->prefetch > 1); /* and those behind it are */
    }
}

/* A page that was never asked for goes by a fence for its own address, or its ASID, not by one for
 * the page that brought it. */
static void fences_cover_what_was_brought(struct bench *b)
{
    map_lines(b);
    for (unsigned by_asid = 0; by_asid < 2; by_asid++) {
        struct dut_fence fence = {.use_va = true, .va = va(0), .use_asid = by_asid, .asid = 1};
        fence_and_ask(b, 0);
        bench_fence(b, fence);
        check_equal(b, is_there(b, 1), true);
        fence_and_ask(b, 0);
        fence.va = va(1);
        bench_fence(b, fence);
        check_equal(b, is_there(b, 1), false);
    }
    for (unsigned asid = 1; asid <= 2; asid++) {
        fence_and_ask(b, 0);
        bench_fence(b, (struct dut_fence){.use_asid = true, .asid = asid});
        check_equal(b, is_there(b, 1), asid == 2);
    }
    bench_map(b, va(1), 0, pa(1), ALL | G);
    fence_and_ask(b, 0);
    bench_fence(b, (struct dut_fence){.use_asid = true, .asid = 1});
    check_equal(b, is_there(b, 1), true);
}

/* Under another ASID it is not there, unless it is global. */
static void what_was_brought_is_of_its_asid(struct bench *b)
{
    map_lines(b);
    bench_map(b, va(2), 0, pa(2), ALL | G);
    fence_and_ask(b, 0);
    bench_satp(b, b->p->levels, 2, bench_table(b));
    expect_fault(b, MMU_LOAD, va(1), 13);
    if (b->p->prefetch > 1)
        check_equal(b, bench_latency(b, MMU_LOAD, va(2)), 2 + b->p->l2_register);
}

/* A fence of each form, in each cycle of the walk and after it, while the next page moves: what is
 * asked for after the fence is the new one. */
static void line_from_before_a_fence_brings_nothing(struct bench *b)
{
    for (unsigned latency = 1; latency <= 4; latency += 3)
        for (unsigned form = 0; form < 4; form++)
            for (unsigned moment = 0; moment < 40; moment++) {
                const struct dut_fence forms[] = {
                    {0},
                    {.use_va = true, .va = va(1)},
                    {.use_asid = true, .asid = 1},
                    {.use_va = true, .va = va(1), .use_asid = true, .asid = 1},
                };
                bench_drain(b);
                bench_timing(b, latency, 0);
                map_lines(b);
                bench_fence(b, full);
                bench_enter(b, MMU_LOAD, 0, va(0));
                bench_steps(b, moment);
                bench_map(b, va(1), 0, NEW, ALL);
                bench_fence(b, forms[form]);
                expect_pa(b, MMU_FETCH, va(1), NEW, 12);
                answer_pa(b, DUT_DATA, 0, pa(0), 12);
                bench_steps(b, 40); /* all of it has arrived */
                expect_pa(b, MMU_LOAD, va(1), NEW, 12);
            }
}

/* The same with a change of PMP, which waits for walks and takes all. */
static void line_from_before_a_change_of_pmp_brings_nothing(struct bench *b)
{
    for (unsigned moment = 0; moment < 40; moment++) {
        bench_drain(b);
        map_lines(b);
        bench_permit(b);
        bench_change_pmp(b);
        bench_enter(b, MMU_LOAD, 0, va(0));
        bench_steps(b, moment);
        pmp_region(b, 0, pa(1), 12, PMP_X);
        bench_change_pmp(b);
        expect_fault(b, MMU_LOAD, va(1), 5);
        bench_steps(b, 40);
        expect_fault(b, MMU_LOAD, va(1), 5);
    }
}

/* Lines of big-endian tables. */
static void big_endian_lines(struct bench *b)
{
    map_lines(b);
    bench_map(b, va(1), 0, pa(1), V | X | A);
    memory_reverse(&b->memory);
    b->context.sbe = true;
    dut_set_context(b->dut, &b->context);
    fence_and_ask(b, 0);
    check_equal(b, bench_latency(b, MMU_FETCH, va(1)), 2 + b->p->l2_register);
    expect_fault(b, MMU_LOAD, va(1), 13);
    check_equal(b, is_there(b, 2), b->p->prefetch > 1);
}

/* Each has its own memory type; with PBMTE=0 a type is reserved. */
static void memory_types_of_their_own(struct bench *b)
{
    map_lines(b);
    *bench_pte(b, va(1), 0) |= UINT64_C(1) << MMU_PTE_PBMT_SHIFT;
    fence_and_ask(b, 0);
    expect_fault(b, MMU_LOAD, va(1), 13);
    b->context.pbmte = true;
    dut_set_context(b->dut, &b->context);
    fence_and_ask(b, 0);
    b->type = MMU_NC;
    check_equal(b, is_there(b, 1), true);
    b->type = MMU_PMA;
    check_equal(b, is_there(b, 2), b->p->prefetch > 1);
    b->context.pbmte = false;
    dut_set_context(b->dut, &b->context);
    *bench_pte(b, va(1), 0) |= UINT64_C(3) << MMU_PTE_PBMT_SHIFT;
    fence_and_ask(b, 0);
    expect_fault(b, MMU_LOAD, va(1), 13);
}

/* The other PTEs of a 64 KiB page are the same page: any of them may answer, and all go with one
 * fence for an address in it. */
static void pages_of_64_kib(struct bench *b)
{
    for (unsigned moved = 0; moved < 2; moved++) {
        uint64_t page = moved ? NEW : PAGE;
        for (unsigned i = 0; i < 16; i++)
            bench_map(b, va(i), 0, page | 0x8000, ALL | MMU_PTE_N);
        if (moved)
            bench_fence(b, (struct dut_fence){.use_va = true, .va = va(13)});
        for (unsigned k = 0; k < 32; k++) {
            unsigned i = 5 * k % 16;
            expect_pa(b, k % 3 ? MMU_LOAD : MMU_FETCH, va(i), page + (i << 12), 16);
            bench_steps(b, k);
        }
    }
    map_lines(b); /* and base pages again, one of them in the place of another */
    bench_fence(b, full);
    bench_map(b, va(1), 0, NEW | 0x8000, ALL | MMU_PTE_N);
    ask_first(b, 0);
    expect_pa(b, MMU_LOAD, va(1), NEW + 0x1000, 16);
}

/* The answer to a swap is no line, whatever memory shows beside it. */
static void swap_brings_no_line(struct bench *b)
{
    map_lines(b);
    bench_map(b, va(0), 0, pa(0), ALL & ~(uint64_t)MMU_PTE_D);
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    bench_timing(b, 60,
                 0); /* so that the line of the read is done with when the swap is answered */
    bench_fence(b, full);
    expect_pa(b, MMU_STORE, va(0), pa(0), 12);
    bench_steps(b, 200);
    check_equal(b, dut_events(b->dut, DUT_UPDATE), 1);
    check_equal(b, dut_events(b->dut, DUT_PREFETCH), b->p->prefetch);
}

/* Nor is what memory shows beside a read that errs. */
static void erred_read_brings_no_line(struct bench *b)
{
    map_lines(b);
    b->memory.broken = bench_pte_pa(b, b->root, va(0), 0);
    expect_access_fault(b, MMU_LOAD, va(0));
    bench_steps(b, 60);
    check_equal(b, dut_events(b->dut, DUT_PREFETCH), 0);
}

/* A leaf that leads beyond physical memory is passed over. */
static void nothing_beyond_memory(struct bench *b)
{
    if (b->p->pa_bits == (b->p->xlen == 32 ? 34 : 56))
        return;
    map_lines(b);
    bench_map(b, va(1), 0, (UINT64_C(1) << b->p->pa_bits) | PAGE, ALL);
    fence_and_ask(b, 0);
    check_equal(b, dut_events(b->dut, DUT_PREFETCH), b->p->prefetch - 1);
}

#define SEVEN                    "linux", "MemoryLine=1 Prefetch=7"
#define TEST(features, function) SUITE_TEST_SET(HAS_PREFETCH | features, SUITE_LINES, function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(0, next_pages_are_l2_hits),
        TEST(0, nothing_beyond_the_line),
        TEST(0, only_good_leaves_with_a),
        TEST(0, permissions_are_of_the_access),
        TEST(HAS_SVADU, nothing_is_written),
        TEST(HAS_SVADU, swap_brings_no_line),
        TEST(0, erred_read_brings_no_line),
        TEST(0, nothing_beyond_memory),
        TEST(0, only_from_level_0),
        TEST(HAS_PMP, pmp_is_asked_about_the_page),
        TEST(HAS_PMP, pmp_is_asked_about_the_pte),
        TEST(0, fences_cover_what_was_brought),
        TEST(0, what_was_brought_is_of_its_asid),
        TEST(0, line_from_before_a_fence_brings_nothing),
        TEST(HAS_PMP, line_from_before_a_change_of_pmp_brings_nothing),
        TEST(HAS_BIG_ENDIAN, big_endian_lines),
        TEST(HAS_SVPBMT, memory_types_of_their_own),
        TEST(HAS_SVNAPOT, pages_of_64_kib),
        SUITE_TEST_SET(HAS_PREFETCH, SEVEN, next_pages_are_l2_hits),
        SUITE_TEST_SET(HAS_PREFETCH, SEVEN, nothing_beyond_the_line),
        SUITE_TEST_SET(HAS_PREFETCH, SEVEN, line_from_before_a_fence_brings_nothing),
    };

    return cmocka_run_group_tests_name("prefetch", tests, NULL, NULL);
}

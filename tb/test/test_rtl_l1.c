// SPDX-License-Identifier: Apache-2.0
/* What the L1 TLBs hold, fully associative or with base pages in sets: how many pages, and which of
 * many a fence takes. A hit takes one cycle, so its latency tells what is there. */
#include "rtl_suite.h"

#define VA   UINT64_C(0x12000678) /* its page is the first of 512 that are aligned together */
#define OLD  UINT64_C(0x140000000)
#define NEW  UINT64_C(0x180000000)
#define LOW  UINT64_C(0x678)
#define STEP (UINT64_C(1) << 12)

static enum mmu_access access_of(enum dut_port port)
{
    return port == DUT_FETCH ? MMU_FETCH : MMU_LOAD;
}

static bool hits(struct bench *b, enum dut_port port, uint64_t va)
{
    return bench_latency(b, access_of(port), va) == 1;
}

/* As many neighbouring pages as the L1 of the port can hold, and each has been asked for. */
static unsigned fill_up(struct bench *b, enum dut_port port)
{
    unsigned pages = bench_base_pages(b, port);

    bench_fence(b, (struct dut_fence){0});
    for (unsigned i = 0; i < pages; i++) {
        bench_map(b, VA + i * STEP, 0, OLD + i * STEP, i % 2 ? ALL | G : ALL);
        expect_pa(b, access_of(port), VA + i * STEP, OLD + i * STEP + LOW, 12);
    }
    return pages;
}

/* Neighbouring pages use all sets alike, and a free way before one that is taken. */
static void all_room_is_used(struct bench *b)
{
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        unsigned pages = fill_up(b, port);
        for (unsigned i = 0; i < pages; i++)
            check_equal(b, hits(b, port, VA + i * STEP), true);
    }
}

/* What fills the sets leaves the entries for larger pages alone. */
static void larger_pages_have_entries_of_their_own(struct bench *b)
{
    uint64_t size = UINT64_C(1) << bench_shift(b, 1), large = VA + size;

    for (unsigned port = 0; port < DUT_PORTS; port++) {
        if (!b->p->ways[port])
            continue;
        unsigned pages = fill_up(b, port), entries = b->p->entries[port];
        for (unsigned i = 0; i < entries; i++) {
            bench_map(b, large + i * size, 1, OLD + i * size, ALL);
            bench_ask(b, access_of(port), large + i * size);
        }
        for (unsigned i = 0; i < pages; i++)
            check_equal(b, hits(b, port, VA + i * STEP), true);
        for (unsigned i = 0; i < 3 * pages; i++) { /* and more base pages than there is room for */
            bench_map(b, VA + i * STEP, 0, OLD + i * STEP, ALL);
            bench_ask(b, access_of(port), VA + i * STEP);
        }
        for (unsigned i = 0; i < entries; i++)
            check_equal(b, hits(b, port, large + i * size), true);
    }
}

/* Its page, and none of the others, which may be in the same set; a global one only if no ASID is
 * named. */
static void fence_by_address_takes_one_page(struct bench *b)
{
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        unsigned pages = fill_up(b, port);
        for (unsigned by_asid = 0; by_asid < 2; by_asid++)
            for (unsigned i = by_asid; i < pages; i += 1 + pages / 16) {
                bench_step(b); /* the last page has entered: a fence beside it keeps it out */
                bench_fence(
                    b, (struct dut_fence){
                           .use_va = true, .va = VA + i * STEP, .use_asid = by_asid, .asid = 1});
                for (unsigned k = 1; k <= pages; k++) { /* the page of the fence last */
                    unsigned page = (i + k) % pages;
                    bool gone = page == i && !(by_asid && i % 2);
                    check_equal(b, hits(b, port, VA + page * STEP), !gone);
                }
            }
    }
}

/* Of the ASID that it names all but the global pages. Of other ASIDs nothing, but where base pages
 * have sets these are only left in the L2. */
static void fence_by_asid_takes_all_but_global_pages(struct bench *b)
{
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned asid = 1; asid <= 2; asid++) {
            unsigned pages = fill_up(b, port);
            bool in_l2 = b->p->l2_ways * b->p->l2_sets >= pages;
            for (unsigned i = 0; i < pages && asid == 1; i++)
                bench_map(b, VA + i * STEP, 0, NEW + i * STEP, i % 2 ? ALL | G : ALL);
            bench_step(b);
            bench_fence(b, (struct dut_fence){.use_asid = true, .asid = asid});
            for (unsigned i = 1; i < pages; i += 2)
                check_equal(b, hits(b, port, VA + i * STEP), true);
            for (unsigned i = 0; i < pages; i += 2) {
                uint64_t reads = b->memory.reads;
                bool hit = hits(b, port, VA + i * STEP);
                if (asid == 1 || !b->p->ways[port])
                    check_equal(b, hit, asid == 2);
                if (asid == 2 && in_l2)
                    check_equal(b, b->memory.reads, reads);
                expect_pa(b, access_of(port), VA + i * STEP,
                          (asid == 1 ? NEW : OLD) + i * STEP + LOW, 12);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(all_room_is_used),
        SUITE_TEST(larger_pages_have_entries_of_their_own),
        SUITE_TEST(fence_by_address_takes_one_page),
        SUITE_TEST(fence_by_asid_takes_all_but_global_pages),
    };

    return cmocka_run_group_tests_name("l1", tests, NULL, NULL);
}

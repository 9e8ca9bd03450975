// SPDX-License-Identifier: Apache-2.0
/* The timing of walks that do more than read PTEs: they set A or D, or PMP has more to say than one
 * answer for the page. In cycles, on every preset; L is the latency of memory. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)

/* A plain walk of n levels: what test_rtl_timing pins. */
static unsigned walk_cycles(const struct bench *b, unsigned n, unsigned latency)
{
    return n * (latency + 1) + 1 + (b->p->l2_ways ? 1 + b->p->l2_register : 0);
}

/* What is asked in the cycle behind a full fence. */
static unsigned first_latency(struct bench *b, enum mmu_access access, uint64_t va)
{
    bench_fence(b, (struct dut_fence){0});
    return bench_latency(b, access, va);
}

static const unsigned latencies[] = {1, 10, 40};

/* One swap more is one round trip more: it is asked for in the cycle after the PTE was judged, and
 * its answer is judged like a PTE. So is what a lost one found. */
static void timing_update_one_round_trip_more(struct bench *b)
{
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    for (unsigned level = 0; level < b->p->levels; level++)
        for (unsigned i = 0; i < 3; i++)
            for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
                for (unsigned lost = 0; lost < 3; lost++) {
                    static const uint64_t found[] = {V | R | W | X | 1 << 8, V | R | W | X};
                    uint64_t *word = bench_pte(b, VA, level);
                    bench_timing(b, latencies[i], 0);
                    *word = V | R | W | X;
                    b->memory.races = found;
                    b->memory.nraces = lost;
                    check_equal(b, first_latency(b, access, VA),
                                walk_cycles(b, b->p->levels - level, latencies[i]) +
                                    (1 + lost) * (latencies[i] + 2));
                    check_equal(b, bench_latency(b, access, VA), 1);
                    *word = 0;
                }
}

/* PMP costs no cycle where one of its entries, or none, speaks for the whole page: neither of a
 * walk, at each level, nor of a hit; nor does it matter which entry that is. */
static void timing_pmp_costs_nothing(struct bench *b)
{
    unsigned last = b->p->pmp_entries - 1;

    for (unsigned entry = 0; entry <= last; entry += last) {
        memset(&b->pmp, 0, sizeof b->pmp);
        for (unsigned i = 0; i < last; i++) /* elsewhere */
            pmp_region(b, i, UINT64_C(0x1000) << i % 8, 2 + i % 8, PMP_R);
        pmp_region(b, entry, 0, b->p->pa_bits, PMP_RWX);
        bench_change_pmp(b);
        for (unsigned level = 0; level < 2; level++)
            for (unsigned i = 0; i < 3; i++) {
                uint64_t *word = bench_pte(b, VA, level);
                bench_timing(b, latencies[i], 0);
                *word = pte(PAGE, ALL);
                check_equal(b, first_latency(b, MMU_LOAD, VA),
                            walk_cycles(b, b->p->levels - level, latencies[i]));
                for (unsigned k = 0; k < 4; k++)
                    check_equal(b, bench_latency(b, k % 2 ? MMU_STORE : MMU_LOAD, VA + k), 1);
                *word = 0;
            }
    }
}

/* Two cycles more for each time that PMP is asked about less memory: the base page, if it was a
 * superpage; the access alone. The latter is never kept, and costs as much again the next time. */
static void timing_pmp_of_part_of_a_page(struct bench *b)
{
    static const struct {
        uint64_t offset;
        unsigned questions; /* beyond the first */
    } rows[2][3] = {{{0x000, 1}, {0x010, 1}, {0xffc, 1}}, {{0x2000, 1}, {0x6000, 2}, {0x6010, 2}}};

    b->size = 4;
    for (unsigned level = 0; level < 2; level++) {
        uint64_t base = VA >> bench_shift(b, level) << bench_shift(b, level);
        pmp_region(b, 0, PAGE + (level ? 0x6010 : 0x010), 2, 0);
        bench_change_pmp(b);
        bench_map(b, base, level, PAGE, ALL);
        for (unsigned i = 0; i < 9; i++) {
            unsigned latency = latencies[i / 3], again = rows[level][i % 3].questions;
            uint64_t va = base + rows[level][i % 3].offset;
            unsigned walk = walk_cycles(b, b->p->levels - level, latency) + 2 * again;
            unsigned next = walk_cycles(b, bench_reads_left(b, level), latency) + 2 * again;
            bench_timing(b, latency, 0);
            check_equal(b, first_latency(b, MMU_LOAD, va), walk);
            check_equal(b, bench_latency(b, MMU_LOAD, va), level && again == 1 ? 1 : next);
        }
        *bench_pte(b, base, level) = 0;
    }
}

/* With PMP a page that is not translated is asked for once, without memory, and hits from then on;
 * the same time is taken by what faults without a read. */
static void timing_without_a_read(struct bench *b)
{
    unsigned way = walk_cycles(b, 0, 0) + 2;

    bench_timing(b, 40, 0);
    if (b->p->xlen == 64)
        check_equal(b, first_latency(b, MMU_LOAD, VA ^ UINT64_C(1) << 63), way);
    bench_satp(b, 0, 0, 0);
    for (unsigned i = 0; i < 4; i++) {
        enum mmu_access access = i % 2 ? MMU_FETCH : MMU_STORE;
        b->privilege = i / 2 ? MMU_M : MMU_S;
        check_equal(b, bench_latency(b, access, VA), b->p->pmp_entries ? way : 1);
        check_equal(b, bench_latency(b, access, VA + 0x100), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_SVADU, timing_update_one_round_trip_more),
        SUITE_TEST_WITH(HAS_PMP, timing_pmp_costs_nothing),
        SUITE_TEST_WITH(HAS_PMP, timing_pmp_of_part_of_a_page),
        SUITE_TEST(timing_without_a_read),
    };

    return cmocka_run_group_tests_name("timing of walks", tests, NULL, NULL);
}

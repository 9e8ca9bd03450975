// SPDX-License-Identifier: Apache-2.0
/*
 * The walk cache: which pointers are kept, whom they serve, and what takes them away. A walk tells
 * by the PTEs that it reads where it began. L is the latency of memory, R = 1 if the L2 has a
 * register behind its RAM.
 */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define PAGE UINT64_C(0x140000000)
#define LOW  UINT64_C(0x678)

static const struct dut_fence full = {0};

/* The address that differs from VA by one in the index of a level: it shares the pointers above. */
static uint64_t beside(const struct bench *b, unsigned level)
{
    return VA ^ UINT64_C(1) << bench_shift(b, level);
}

/* How many PTEs an access reads that is granted this address. */
static uint64_t reads_of(struct bench *b, enum mmu_access access, uint64_t va, uint64_t pa)
{
    uint64_t before = b->memory.reads;

    expect_pa(b, access, va, pa, 12);
    return b->memory.reads - before;
}

#define expect_reads(b, va, pa, reads) check_equal(b, reads_of(b, MMU_LOAD, va, pa), reads)

/* Cycles of a walk that reads n PTEs. */
static unsigned walk_cycles(const struct bench *b, unsigned n, unsigned latency)
{
    return n * (latency + 1) + 1 + (b->p->l2_ways ? 1 + b->p->l2_register : 0);
}

/* Two pages in tables of their own below the same pointer, in the root in force. */
static void map_pair(struct bench *b, uint64_t page)
{
    bench_map(b, VA, 0, page, ALL);
    bench_map(b, VA + 0x1000, 0, page + 0x1000, ALL);
}

/* L + 2 cycles without L2, L + 3 + R with: of base pages and of larger ones, for either port,
 * whichever has walked before. */
static void neighbouring_page_costs_one_read(struct bench *b)
{
    static const unsigned latencies[] = {1, 10, 40};

    for (unsigned level = 0; level + 1 < b->p->levels; level++) {
        bench_satp(b, b->p->levels, 1 + level, bench_table(b));
        for (unsigned i = 0; i < 8; i++)
            bench_map(b, VA ^ (uint64_t)i << bench_shift(b, level), level, 0, ALL);
        for (unsigned i = 0; i < 3; i++) {
            uint64_t below = dut_events(b->dut, DUT_WALK_CACHE);
            bench_timing(b, latencies[i], 0);
            bench_fence(b, full);
            check_equal(b, bench_latency(b, MMU_LOAD, VA),
                        walk_cycles(b, b->p->levels - level, latencies[i]));
            for (unsigned k = 1; k < 8; k++) {
                uint64_t reads = b->memory.reads;
                bench_steps(b, 4); /* the L2 is being written */
                check_equal(b,
                            bench_latency(b, k % 2 ? MMU_LOAD : MMU_FETCH,
                                          VA ^ (uint64_t)k << bench_shift(b, level)),
                            latencies[i] + 2 + (b->p->l2_ways ? 1 + b->p->l2_register : 0));
                check_equal(b, b->memory.reads - reads, 1);
            }
            check_equal(b, dut_events(b->dut, DUT_WALK_CACHE) - below, 7);
        }
    }
}

/* One PTE fewer for each level that is shared. */
static void walk_begins_at_the_deepest_pointer_known(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned level = 0; level < b->p->levels; level++)
        bench_map(b, beside(b, level), 0, PAGE + 0x1000, ALL);
    for (unsigned level = 0; level < b->p->levels; level++) {
        bench_timing(b, 10, 0);
        bench_fence(b, full);
        expect_reads(b, VA, PAGE + LOW, b->p->levels);
        bench_steps(b, 4);
        uint64_t below = dut_events(b->dut, DUT_WALK_CACHE);
        check_equal(b, bench_latency(b, MMU_LOAD, beside(b, level)), walk_cycles(b, level + 1, 10));
        check_equal(b, dut_events(b->dut, DUT_WALK_CACHE) - below, level + 1 < b->p->levels);
    }
}

/* As many tables of level 0 as there are entries are all known, in whatever order. */
static void each_level_keeps_its_entries(struct bench *b)
{
    unsigned entries = b->p->walk_cache_entries, shift = bench_shift(b, 1);

    for (unsigned i = 0; i < entries; i++) {
        bench_map(b, VA + ((uint64_t)i << shift), 0, PAGE, ALL);
        bench_map(b, VA + ((uint64_t)i << shift) + 0x1000, 0, PAGE + 0x1000, ALL);
    }
    bench_fence(b, full);
    for (unsigned i = 0; i < entries; i++)
        expect_pa(b, MMU_LOAD, VA + ((uint64_t)i << shift), PAGE + LOW, 12);
    for (unsigned i = 0; i < entries; i++) {
        unsigned k = (5 * i + 3) % entries;
        expect_reads(b, VA + ((uint64_t)k << shift) + 0x1000, PAGE + 0x1000 + LOW, 1);
    }
}

/* The forms by address leave pointers, whatever their address; only the leaf goes. The table may
 * then be another one only after a fence of another form. */
static void fence_by_address_leaves_pointers(struct bench *b)
{
    map_pair(b, PAGE);
    uint64_t *pointer = bench_pte(b, VA, 1), old = *pointer;

    for (unsigned by_asid = 0; by_asid < 2; by_asid++) {
        const struct dut_fence by_address = {
            .use_va = true, .va = VA, .use_asid = by_asid, .asid = 1};
        *pointer = old;
        bench_fence(b, full);
        expect_reads(b, VA, PAGE + LOW, b->p->levels);
        bench_fence(b, by_address);
        expect_reads(b, VA, PAGE + LOW, 1);
        *pointer = 0;
        bench_fence(b, by_address);
        expect_reads(b, VA, PAGE + LOW, 1);
        expect_reads(b, VA + 0x1000, PAGE + 0x1000 + LOW, 1);
        bench_fence(b, (struct dut_fence){.use_asid = by_asid, .asid = 1});
        expect_fault(b, MMU_LOAD, VA, 13);
    }
}

/* Pointers of every level go with their ASID, and no others. */
static void fence_by_asid_takes_the_pointers_of_its_asid(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned asid = 1; asid <= 2; asid++) {
        bench_satp(b, b->p->levels, asid, roots[asid - 1]);
        map_pair(b, PAGE + ((uint64_t)asid << 28));
    }
    for (unsigned fenced = 1; fenced <= 2; fenced++) {
        bench_fence(b, full);
        for (unsigned asid = 1; asid <= 2; asid++) {
            bench_satp(b, b->p->levels, asid, roots[asid - 1]);
            expect_reads(b, VA, PAGE + ((uint64_t)asid << 28) + LOW, b->p->levels);
        }
        bench_fence(b, (struct dut_fence){.use_asid = true, .asid = fenced});
        for (unsigned asid = 1; asid <= 2; asid++) {
            bench_satp(b, b->p->levels, asid, roots[asid - 1]);
            expect_reads(b, VA + 0x1000, PAGE + ((uint64_t)asid << 28) + 0x1000 + LOW,
                         asid == fenced ? b->p->levels : 1);
        }
    }
}

static void full_fence_takes_all_pointers(struct bench *b)
{
    map_pair(b, PAGE);
    *bench_pte(b, VA, b->p->levels - 1) |= G;
    for (unsigned op = 0; op < 2; op++) {
        expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
        bench_fence(b, (struct dut_fence){.op = op ? DUT_SINVAL_VMA : DUT_SFENCE_VMA});
        expect_reads(b, VA + 0x1000, PAGE + 0x1000 + LOW, b->p->levels);
        bench_fence(b, full);
    }
}

/* G at one level makes global the pointers there and below; those above stay local. They serve
 * every ASID, and no fence by ASID takes them. */
static void global_pointers_serve_every_asid(struct bench *b)
{
    uint64_t root = b->root, other = bench_table(b);

    for (unsigned level = 1; level < b->p->levels; level++) {
        map_pair(b, PAGE);
        *bench_pte(b, VA, level) |= G;
        bench_fence(b, full);
        expect_reads(b, VA, PAGE + LOW, b->p->levels);
        bench_satp(b, b->p->levels, 2, other); /* an empty table: its own walk would fault */
        expect_reads(b, VA + 0x1000, PAGE + 0x1000 + LOW, 1);
        bench_fence(b, (struct dut_fence){.use_va = true, .va = VA + 0x1000});
        for (unsigned asid = 1; asid <= 2; asid++)
            bench_fence(b, (struct dut_fence){.use_asid = true, .asid = asid});
        expect_reads(b, VA + 0x1000, PAGE + 0x1000 + LOW, 1);
        expect_fault(b, MMU_LOAD, beside(b, level), 13); /* through no global pointer */
        bench_fence(b, full);
        expect_fault(b, MMU_LOAD, VA + 0x1000, 13);
        bench_satp(b, b->p->levels, 1, root);
        *bench_pte(b, VA, level) &= ~G;
    }
}

/* What is read below a pointer that was kept with G is global too. */
static void leaf_below_a_kept_global_pointer_is_global(struct bench *b)
{
    map_pair(b, PAGE);
    *bench_pte(b, VA, 1) |= G;
    bench_fence(b, full);
    expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
    expect_reads(b, VA + 0x1000, PAGE + 0x1000 + LOW, 1);
    bench_step(b); /* what was answered enters the TLB a cycle later at the latest */
    bench_fence(b, (struct dut_fence){.use_asid = true, .asid = 1});
    bench_satp(b, b->p->levels, 2, bench_table(b));
    check_equal(b, bench_latency(b, MMU_LOAD, VA + 0x1000), 1);
}

/* Modes of fewer and of more levels do not share pointers, of one ASID at that. */
static void each_mode_has_its_own(struct bench *b)
{
    unsigned least = b->p->xlen == 32 ? 2 : 3;
    uint64_t roots[6];

    for (unsigned levels = least; levels <= b->p->levels; levels++) {
        bench_satp(b, levels, 1, roots[levels] = bench_table(b));
        map_pair(b, PAGE + ((uint64_t)levels << 28));
    }
    for (unsigned i = 0; i < 4; i++)
        for (unsigned levels = least; levels <= b->p->levels; levels++) {
            bench_satp(b, levels, 1, roots[levels]);
            bench_fence(b, (struct dut_fence){.use_va = true, .va = VA}); /* leaves, not pointers */
            expect_reads(b, VA, PAGE + ((uint64_t)levels << 28) + LOW, i ? 1 : levels);
        }
    b->privilege = MMU_M; /* and none of them serves what is not translated */
    expect_pa(b, MMU_LOAD, VA, VA, 0);
}

/* U-mode is not served by pointers that other modes have read, nor serves them: how long a refusal
 * takes would else tell where the kernel has been. */
static void user_mode_has_its_own(struct bench *b)
{
    map_pair(b, PAGE);
    bench_map(b, VA + 0x2000, 0, PAGE + 0x2000, ALL | U);
    bench_map(b, VA + 0x3000, 0, PAGE + 0x3000, ALL | U);
    for (unsigned order = 0; order < 2; order++) {
        bench_fence(b, full);
        for (unsigned k = 0; k < 4; k++) {
            bool user = (k + order) % 2;
            unsigned page = 2 * user + k / 2;
            b->privilege = user ? MMU_U : MMU_S;
            expect_reads(b, VA + page * 0x1000, PAGE + page * 0x1000 + LOW,
                         k < 2 ? b->p->levels : 1);
        }
        b->privilege = MMU_S;
    }
}

/* A pointer that faulted, or was not there, is not kept; one that erred neither. */
static void only_good_pointers_are_kept(struct bench *b)
{
    map_pair(b, PAGE);
    for (unsigned level = 1; level < b->p->levels; level++) {
        uint64_t *pointer = bench_pte(b, VA, level), good = *pointer;
        uint64_t bad[] = {good & ~V, good | U, good | A, good | D, 0};
        for (unsigned i = 0; i < 6; i++) {
            bench_fence(b, full);
            *pointer = i < 5 ? bad[i] : good;
            b->memory.broken = i < 5 ? 0 : bench_pte_pa(b, b->root, VA, level);
            expect_fault(b, MMU_LOAD, VA, i < 5 ? 13 : 5);
            *pointer = good; /* and no fence: those above it are known, but not this one */
            b->memory.broken = 0;
            expect_reads(b, VA, PAGE + LOW, level + 1);
        }
    }
}

/* Nothing that was read under other PMP is left after it has changed. */
static void change_of_pmp_takes_all_pointers(struct bench *b)
{
    map_pair(b, PAGE);
    expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
    pmp_region(b, 0, bench_pte_pa(b, b->root, VA, 1), 3, PMP_W | PMP_X); /* no read */
    bench_change_pmp(b);
    expect_fault(b, MMU_LOAD, VA + 0x1000, 5);
    bench_permit(b);
    bench_change_pmp(b);
    expect_reads(b, VA + 0x1000, PAGE + 0x1000 + LOW, b->p->levels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_WALK_CACHE, neighbouring_page_costs_one_read),
        SUITE_TEST_WITH(HAS_WALK_CACHE, walk_begins_at_the_deepest_pointer_known),
        SUITE_TEST_WITH(HAS_WALK_CACHE, each_level_keeps_its_entries),
        SUITE_TEST_WITH(HAS_WALK_CACHE, fence_by_address_leaves_pointers),
        SUITE_TEST_WITH(HAS_WALK_CACHE, fence_by_asid_takes_the_pointers_of_its_asid),
        SUITE_TEST_WITH(HAS_WALK_CACHE, full_fence_takes_all_pointers),
        SUITE_TEST_WITH(HAS_WALK_CACHE, global_pointers_serve_every_asid),
        SUITE_TEST_WITH(HAS_WALK_CACHE, leaf_below_a_kept_global_pointer_is_global),
        SUITE_TEST_WITH(HAS_WALK_CACHE, each_mode_has_its_own),
        SUITE_TEST_WITH(HAS_WALK_CACHE, user_mode_has_its_own),
        SUITE_TEST_WITH(HAS_WALK_CACHE, only_good_pointers_are_kept),
        SUITE_TEST_WITH(HAS_WALK_CACHE | HAS_PMP, change_of_pmp_takes_all_pointers),
    };

    return cmocka_run_group_tests_name("walk cache", tests, NULL, NULL);
}

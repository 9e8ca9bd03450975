// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: pointers that are kept, and lines of PTEs. What
 * a walk has left shows in the walks of pages that nobody has asked for yet. Each test is named
 * after its number in the list of known bugs. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define NEXT (VA + 0x1000) /* another page of each table */
#define OLD  UINT64_C(0x140000000)
#define NEW  UINT64_C(0x180000000)
#define LOW  UINT64_C(0x678)

static const struct dut_fence full = {0}, by_asid = {.use_asid = true, .asid = 1};

/* Cycles to meet each moment of a walk. */
static unsigned moments(const struct bench *b, unsigned latency)
{
    return b->p->levels * (latency + 1) + 8;
}

/* Both pages, in the root in force. */
static void map_both(struct bench *b, uint64_t page)
{
    bench_map(b, VA, 0, page, ALL);
    bench_map(b, NEXT, 0, page + 0x1000, ALL);
}

/* The PTEs of a level above 0 for VA: one of the tables that lead to OLD, another for NEW. */
struct tables {
    uint64_t *pointer, old, new;
};

/* Two sets of tables from this level down; the old one is in force. */
static struct tables two_tables(struct bench *b, unsigned level)
{
    struct tables tables = {.pointer = bench_pte(b, VA, level)};

    map_both(b, OLD);
    tables.old = *tables.pointer;
    *tables.pointer = 0;
    map_both(b, NEW);
    tables.new = *tables.pointer;
    *tables.pointer = tables.old;
    return tables;
}

/* A walk is cut short by a fence, and its PTE comes late: no pointer from it is kept, nor does the
 * next walk take it for its own. */
static void known_bug_25_late_pointer_dropped(struct bench *b)
{
    for (unsigned level = 1; level < b->p->levels; level++) {
        struct tables tables = two_tables(b, level);
        for (unsigned moment = 0; moment < moments(b, 6); moment++) {
            bench_drain(b);
            bench_timing(b, 6, 0);
            *tables.pointer = tables.old;
            bench_fence(b, full);
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, moment);
            bench_kill(b, DUT_DATA, 1u << 1);
            *tables.pointer = tables.new;
            bench_fence(b, full);
            bench_enter(b, MMU_LOAD, 0, NEXT); /* while it is on its way */
            bench_enter(b, MMU_FETCH, 0, NEXT);
            answer_pa(b, DUT_DATA, 0, NEW + 0x1000 + LOW, 12);
            answer_pa(b, DUT_FETCH, 0, NEW + 0x1000 + LOW, 12);
            expect_pa(b, MMU_LOAD, VA, NEW + LOW, 12);
        }
        *tables.pointer = tables.old;
    }
}

/* A table moves, and a fence that orders pointers comes at every moment of a walk from before it:
 * neither its page nor one that is asked for later goes through the old table. */
static void known_bug_26_pointer_of_before_a_fence(struct bench *b)
{
    for (unsigned level = 1; level < b->p->levels; level++) {
        struct tables tables = two_tables(b, level);
        for (unsigned moment = 0; moment < 2 * moments(b, 2); moment++) {
            bench_drain(b);
            bench_timing(b, 2, 0);
            *tables.pointer = tables.old;
            bench_fence(b, full);
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, moment / 2);
            *tables.pointer = tables.new;
            bench_fence(b, moment % 2 ? full : by_asid);
            bench_enter(b, MMU_FETCH, 0, NEXT);
            answer_pa(b, DUT_FETCH, 0, NEW + 0x1000 + LOW, 12);
            expect_pa(b, MMU_LOAD, NEXT, NEW + 0x1000 + LOW, 12);
            bench_wait(b, DUT_DATA, 1);
            expect_pa(b, MMU_STORE, VA, NEW + LOW, 12);
            bench_fence(b, (struct dut_fence){.use_va = true, .va = NEXT}); /* leaves pointers */
            expect_pa(b, MMU_LOAD, NEXT, NEW + 0x1000 + LOW, 12);
        }
        *tables.pointer = tables.old;
    }
}

/* satp has another root under the same ASID when the fence comes, and the walk from the old one
 * goes on: it leaves no pointer behind for those who ask after the fence. */
static void known_bug_27_walk_of_old_satp_leaves_no_pointer(struct bench *b)
{
    uint64_t roots[2] = {b->root, bench_table(b)};

    for (unsigned k = 0; k < 2; k++) {
        bench_satp(b, b->p->levels, 1, roots[k]);
        map_both(b, k ? NEW : OLD);
    }
    for (unsigned moment = 0; moment < 2 * moments(b, 4); moment++) {
        bench_drain(b);
        bench_timing(b, 4, 0);
        bench_satp(b, b->p->levels, 1, roots[0]);
        bench_fence(b, full);
        bench_enter(b, MMU_LOAD, 1, VA);
        bench_enter(b, MMU_FETCH, 1, VA);
        bench_steps(b, moment / 2);
        bench_satp(b, b->p->levels, 1, roots[1]);
        bench_fence(b, moment % 2 ? full : by_asid);
        bench_wait(b, DUT_DATA, 1); /* whichever way, and then */
        bench_wait(b, DUT_FETCH, 1);
        expect_pa(b, MMU_LOAD, NEXT, NEW + 0x1000 + LOW, 12);
        expect_pa(b, MMU_FETCH, VA, NEW + LOW, 12);
    }
}

/* satp changes its ASID, its mode, or both, in the middle of a walk: what the walk keeps is of the
 * ASID and the mode that it began with. */
static void known_bug_28_pointer_of_its_own_context(struct bench *b)
{
    unsigned least = b->p->xlen == 32 ? 2 : 3, levels = b->p->levels;
    uint64_t root = b->root, others[2] = {bench_table(b), bench_table(b)};

    map_both(b, OLD);
    for (unsigned k = 0; k < (least < levels ? 2 : 1); k++) {
        bench_satp(b, k ? least : levels, 2 - k, others[k]);
        map_both(b, NEW);
        for (unsigned moment = 0; moment < moments(b, 3); moment++) {
            bench_drain(b);
            bench_timing(b, 3, 0);
            bench_satp(b, levels, 1, root);
            bench_fence(b, full);
            bench_enter(b, MMU_LOAD, 0, NEXT);
            bench_steps(b, moment);
            bench_satp(b, k ? least : levels, 2 - k, others[k]);
            bench_steps(b, 2);
            answer_pa(b, DUT_DATA, 0, OLD + 0x1000 + LOW, 12);
            expect_pa(b, MMU_FETCH, VA, NEW + LOW, 12); /* no line brings the page before */
            bench_satp(b, levels, 1, root);
            expect_pa(b, MMU_LOAD, NEXT, OLD + 0x1000 + LOW, 12);
        }
    }
}

/* A table gives way to a superpage, and comes back: the form by ASID orders both; that by address
 * orders the superpage from any address in it. */
static void known_bug_36_table_and_superpage(struct bench *b)
{
    unsigned shift = bench_shift(b, 1);
    uint64_t low = VA & ((UINT64_C(1) << shift) - 1), base = VA - low;

    map_both(b, OLD);
    uint64_t *word = bench_pte(b, VA, 1), table = *word;
    for (unsigned round = 0; round < 8; round++) {
        expect_pa(b, MMU_LOAD, VA, OLD + LOW, 12);
        *word = pte(NEW, ALL);
        bench_fence(b, round % 2 ? full : by_asid);
        expect_pa(b, MMU_LOAD, NEXT, NEW + low + 0x1000, shift);
        expect_pa(b, MMU_FETCH, VA, NEW + low, shift);
        *word = table;
        bench_fence(b, (struct dut_fence){.use_va = true, .va = base + (round << 12)});
        expect_pa(b, MMU_LOAD, NEXT, OLD + 0x1000 + LOW, 12);
        expect_pa(b, MMU_FETCH, VA, OLD + LOW, 12);
    }
}

/* A walk that begins below the root knows its level: of leaves of every size beside each other,
 * after faults of every level too. */
static void known_bug_37_level_of_a_walk_begun_below_the_root(struct bench *b)
{
    for (unsigned level = 0; level + 1 < b->p->levels; level++) {
        unsigned shift = bench_shift(b, level);
        uint64_t base = VA >> shift << shift;
        uint64_t beside = base ^ UINT64_C(1) << shift, empty = base ^ UINT64_C(2) << shift;
        bench_satp(b, b->p->levels, 1, bench_table(b));
        bench_fence(b, full);
        bench_map(b, base, level, 0, ALL);
        bench_map(b, beside, level, 0, ALL & ~D);
        for (unsigned i = 0; i < 6; i++) {
            expect_page_fault(b, i % 2 ? MMU_LOAD : MMU_FETCH, empty + i);
            expect_pa(b, MMU_LOAD, base + 5 * i, 5 * i, shift);
            expect_page_fault(b, MMU_STORE, beside + i);
            expect_pa(b, MMU_FETCH, beside + i, i, shift);
            bench_fence(b, (struct dut_fence){.use_va = true, .va = base}); /* leaves pointers */
            expect_pa(b, MMU_STORE, base + i, i, shift);
            bench_fence(b, (struct dut_fence){.use_va = true, .va = beside});
        }
    }
}

/* Tables whose VPNs differ in one bit, for each bit and each mode. */
static void tables_one_bit_apart(struct bench *b, unsigned levels)
{
    unsigned top = bench_shift(b, levels) - 1;

    for (unsigned bit = bench_shift(b, 1); bit <= top; bit++) {
        uint64_t other = VA ^ UINT64_C(1) << bit;
        if (bit == top && b->p->xlen == 64)
            other |= ~UINT64_C(0) << top; /* canonical */
        bench_map(b, other, 0, NEW, ALL);
        bench_map(b, other + 0x1000, 0, NEW + 0x1000, ALL);
        bench_fence(b, full);
        expect_pa(b, MMU_LOAD, VA, OLD + LOW, 12);
        expect_pa(b, MMU_LOAD, other, NEW + LOW, 12);
        expect_pa(b, MMU_FETCH, NEXT, OLD + 0x1000 + LOW, 12);
        expect_pa(b, MMU_FETCH, other + 0x1000, NEW + 0x1000 + LOW, 12);
        bench_fence(b, full); /* and the other way round */
        expect_pa(b, MMU_LOAD, other, NEW + LOW, 12);
        expect_pa(b, MMU_LOAD, NEXT, OLD + 0x1000 + LOW, 12);
    }
}

/* A pointer's tag is as wide as the VPN above its table, in the widest mode as in all others; and
 * as wide as the ASID. */
static void known_bug_45_every_bit_of_a_pointers_tag_counts(struct bench *b)
{
    for (unsigned levels = b->p->xlen == 32 ? 2 : 3; levels <= b->p->levels; levels++) {
        bench_satp(b, levels, levels, bench_table(b));
        map_both(b, OLD);
        tables_one_bit_apart(b, levels);
    }
    uint64_t root = b->root;
    for (unsigned bit = 0; bit < b->p->asid_bits; bit++) {
        bench_fence(b, full);
        bench_satp(b, b->p->levels, 1, root);
        expect_pa(b, MMU_LOAD, VA, OLD + LOW, 12);
        bench_satp(b, b->p->levels, 1 ^ 1u << bit, bench_table(b));
        map_both(b, NEW);
        expect_pa(b, MMU_LOAD, NEXT, NEW + 0x1000 + LOW, 12);
        bench_satp(b, b->p->levels, 1, root);
        expect_pa(b, MMU_LOAD, NEXT, OLD + 0x1000 + LOW, 12);
    }
}

/* The next page in the line moves while its line is on its way, and the fence comes at every
 * moment: what came with the line serves nobody after it. */
static void known_bug_26_line_of_before_a_fence(struct bench *b)
{
    const struct dut_fence forms[] = {full, by_asid, {.use_va = true, .va = NEXT}};

    for (unsigned form = 0; form < 3; form++)
        for (unsigned moment = 0; moment < moments(b, 2) + 8; moment++) {
            bench_drain(b);
            bench_timing(b, 2, 0);
            map_both(b, OLD);
            bench_fence(b, full);
            bench_enter(b, MMU_LOAD, 0, VA);
            bench_steps(b, moment);
            bench_map(b, NEXT, 0, NEW, ALL);
            bench_fence(b, forms[form]);
            bench_steps(b, moment % 5);
            expect_pa(b, MMU_FETCH, NEXT, NEW + LOW, 12);
            answer_pa(b, DUT_DATA, 0, OLD + LOW, 12);
            bench_steps(b, 40);
            expect_pa(b, MMU_LOAD, NEXT, NEW + LOW, 12);
        }
}

/* Neighbours that would fault for everybody raise nothing and hold up nobody. */
static void known_bug_29_bad_neighbours_leave_no_trace(struct bench *b)
{
    static const uint64_t bad[] = {0, V, ALL & ~V, V | W, ALL & ~A};

    for (unsigned i = 0; i < 5; i++) {
        uint64_t faults = dut_events(b->dut, DUT_WALK_FAULT);
        bench_map(b, VA, 0, OLD, ALL);
        for (unsigned k = 1; k < 8; k++)
            bench_map(b, VA + (k << 12), 0, OLD, bad[(i + k) % 5]);
        bench_fence(b, full);
        bench_enter(b, MMU_LOAD, 0, VA);
        bench_enter(b, MMU_FETCH, 0, VA);
        answer_pa(b, DUT_DATA, 0, OLD + LOW, 12);
        answer_pa(b, DUT_FETCH, 0, OLD + LOW, 12);
        bench_steps(b, 60);
        check_equal(b, dut_events(b->dut, DUT_WALK_FAULT) - faults, 0);
        check_equal(b, b->unwanted, 0);
        check_equal(b, b->memory.swaps, 0);
    }
}

/* A page that a line brings is there already, in the L2 and in L1s: it is there once, and goes by
 * one fence. */
static void known_bug_35_line_brings_what_is_there(struct bench *b)
{
    for (unsigned i = 0; i < 32; i++) {
        bool global = i & 1, changed = i & 2;
        map_both(b, OLD);
        if (global)
            *bench_pte(b, NEXT, 0) |= G;
        bench_fence(b, full);
        expect_pa(b, i & 4 ? MMU_LOAD : MMU_FETCH, NEXT, OLD + 0x1000 + LOW, 12);
        bench_steps(b, 10);
        if (changed) /* without a fence: either may answer until there is one */
            bench_map(b, NEXT, 0, OLD + 0x2000, ALL | (i & 8 ? G : 0));
        expect_pa(b, MMU_LOAD, VA, OLD + LOW, 12); /* brings NEXT once more */
        bench_steps(b, 60);
        bench_map(b, NEXT, 0, NEW, ALL);
        bench_fence(b, (struct dut_fence){.use_va = true, .va = NEXT});
        for (unsigned k = 0; k < 4; k++) {
            expect_pa(b, k % 2 ? MMU_LOAD : MMU_FETCH, NEXT, NEW + LOW, 12);
            bench_steps(b, 20);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_25_late_pointer_dropped),
        SUITE_TEST(known_bug_26_pointer_of_before_a_fence),
        SUITE_TEST_SET(HAS_PREFETCH, SUITE_LINES, known_bug_26_line_of_before_a_fence),
        SUITE_TEST(known_bug_27_walk_of_old_satp_leaves_no_pointer),
        SUITE_TEST(known_bug_28_pointer_of_its_own_context),
        SUITE_TEST_SET(HAS_PREFETCH, SUITE_LINES, known_bug_29_bad_neighbours_leave_no_trace),
        SUITE_TEST_SET(HAS_PREFETCH, SUITE_LINES, known_bug_35_line_brings_what_is_there),
        SUITE_TEST(known_bug_36_table_and_superpage),
        SUITE_TEST(known_bug_37_level_of_a_walk_begun_below_the_root),
        SUITE_TEST(known_bug_45_every_bit_of_a_pointers_tag_counts),
    };
    int failed = cmocka_run_group_tests_name("pointers", tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

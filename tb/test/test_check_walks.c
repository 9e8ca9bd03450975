// SPDX-License-Identifier: Apache-2.0
/* Which walks explain an answer: the roots and address spaces that they begin at, the order of
 * their reads, and which faults are the request's own. Clauses of "Supervisor Memory-Management
 * Fence Instruction" and of "Virtual Address Translation Process". */
#include "check_bench.h"

/* Writing satp orders nothing and invalidates nothing: an ASID with a new root keeps what the old
 * one led to. */
static void satp_write_orders_nothing(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(SPARE, MMU_PTE_V));
    store(b, SPARE, to(LAST, MMU_PTE_V));
    fence_all(b);
    set_satp(b, sv39(OTHER, 1));
    store(b, SPARE, to(OTHER, MMU_PTE_V));
    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "a0000000");
    set_satp(b, sv39(OTHER, 2)); /* "changes to satp.ASID take effect immediately" */
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A global translation since the last fence that covers it may serve any ASID, in a mode of any
 * width. */
static void global_mappings_hold_in_every_asid(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(SPARE, MMU_PTE_V));
    store(b, SPARE, to(OTHER, MMU_PTE_V));
    store(b, OTHER + 8, to(NEW, ALL));
    store(b, LEAF, to(OLD, ALL | MMU_PTE_G));
    fence_all(b);
    assert_string_equal(legal(b, VA), "a0000000");
    set_satp(b, sv39(OTHER, 2));
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 2);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_all(b);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* The same by way of a pointer that another ASID keeps: the leaf below it, read now, is global. */
static void global_leaf_below_a_pointer_of_another_asid(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL | MMU_PTE_G));
    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    set_satp(b, sv39(ROOT, 2));
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    set_satp(b, sv39(ROOT, 1));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL | MMU_PTE_G));
    assert_string_equal(legal(b, VA), BOTH ", c0000000");
}

/* A translation since the last fence that covers it may serve although it was made in a mode of
 * another width. */
static void other_width_of_the_same_asid(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(SPARE, MMU_PTE_V)); /* an Sv48 root over tables of its own */
    store(b, SPARE, to(SPARE, MMU_PTE_V));
    store(b, SPARE + 8, to(NEW, ALL));
    fence_all(b);
    set_satp(b, sv39(OTHER, 1) | UINT64_C(1) << 60);
    assert_string_equal(legal(b, VA), BOTH);
}

/* A change between Bare and a translating MODE counts at once. */
static void bare_takes_effect_immediately(void **state)
{
    struct bench *b = *state;

    set_satp(b, 0);
    assert_string_equal(legal(b, VA), "1000");
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), "a0000000");
}

/* A walk reads a table only after the pointer to it: what the table held before the pointer named
 * it was never a translation of this address. */
static void leaf_is_read_after_its_pointer(void **state)
{
    struct bench *b = *state;

    store(b, OTHER + 8, to(NEW, ALL));
    b->cycle++;
    store(b, OTHER + 8, to(0xc0000000, ALL));
    b->cycle++;
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    assert_string_equal(legal(b, VA), "a0000000, c0000000");
}

/* A walk begins only under a satp that is active: what changed while a root was not in satp was not
 * read, if a fence parted the two. */
static void root_is_read_while_in_satp(void **state)
{
    struct bench *b = *state;

    set_satp(b, sv39(OTHER, 2));
    fence_all(b);
    store(b, LEAF, to(NEW, ALL));
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), "b0000000");
}

/* Our own rule, stricter than the specification: a page fault needs a PTE that was in memory while
 * the request lived. A translation taken away stays usable, one granted is seen at once. */
static void page_faults_are_live(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, 0);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    store(b, LEAF, to(NEW, ALL));
    ask(b, 2, VA, MMU_STORE);
    assert_string_equal(outcomes(b, 1), "b0000000, cause 13");
    assert_string_equal(outcomes(b, 2), "b0000000");
}

/* A walk begins at the request's own root: the first PTE of another one of the ASID faults nobody,
 * but one that a pointer of its own root leads to does, whoever else begins there. */
static void page_faults_are_of_the_own_root(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(ROOT, MMU_PTE_V));
    fence_all(b);
    set_satp(b, sv39(SPARE, 1)); /* an empty table */
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), "a0000000");
    set_satp(b, sv39(OTHER, 1) | UINT64_C(1) << 60);
    assert_string_equal(legal(b, 0x40000000), "cause 13");
}

/* A and D by Svade, and W, by the access that asks. */
static void faults_depend_on_the_access(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL & ~MMU_PTE_D));
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    ask(b, 2, VA, MMU_STORE);
    ask(b, 3, VA, MMU_AMO);
    assert_string_equal(outcomes(b, 1), "a0000000");
    assert_string_equal(outcomes(b, 2), "cause 15");
    assert_string_equal(outcomes(b, 3), "cause 15");
}

/* An access fault of a PTE read needs a read that erred while the request lived. */
static void read_errors_count_while_the_request_lives(void **state)
{
    struct bench *b = *state;

    check_note_error(b->check, LEAF, ++b->cycle);
    b->cycle++;
    ask(b, 1, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), "a0000000");
    check_note_error(b->check, LEAF + 8, b->cycle);
    assert_string_equal(outcomes(b, 1), "a0000000");
    check_note_error(b->check, LEAF, b->cycle);
    assert_string_equal(outcomes(b, 1), "a0000000, cause 5");
    store(b, LEAF, to(UINT64_C(0x100000000000), MMU_PTE_V)); /* a pointer at level 0 */
    store(b, MIDDLE, to(UINT64_C(0x7000), MMU_PTE_V));       /* no memory there */
    assert_string_equal(outcomes(b, 1), "a0000000, cause 13, cause 5");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(satp_write_orders_nothing),
        TEST(global_mappings_hold_in_every_asid),
        TEST(global_leaf_below_a_pointer_of_another_asid),
        TEST(other_width_of_the_same_asid),
        TEST(bare_takes_effect_immediately),
        TEST(leaf_is_read_after_its_pointer),
        TEST(root_is_read_while_in_satp),
        TEST(page_faults_are_live),
        TEST(page_faults_are_of_the_own_root),
        TEST(faults_depend_on_the_access),
        TEST(read_errors_count_while_the_request_lives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

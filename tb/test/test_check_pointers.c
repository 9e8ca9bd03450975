// SPDX-License-Identifier: Apache-2.0
/*
 * What a cache of pointers may do, and what it may not: clauses of "Virtual Address Translation
 * Process" (address-translation caches hold what step 2 has read) and of "Supervisor
 * Memory-Management Fence Instruction". Sets worked out by hand.
 */
#include "check_update_bench.h"

#define FAR  UINT64_C(0x201000)  /* shares the root's PTE with VA, and no other */
#define SV48 (UINT64_C(1) << 60) /* in satp, on top of Sv39 */

/* A second set of tables of its own, for other roots: OTHER, SPARE. VA is mapped to NEW there. */
static void map_other(struct bench *b, uint64_t pointer)
{
    store(b, OTHER, to(SPARE, pointer));
    store(b, SPARE, to(SPARE, MMU_PTE_V)); /* its own level 0 too */
    store(b, SPARE + 8, to(NEW, ALL));
}

/* A pointer that was rewritten leads where it led, and what is there now is read, however late: its
 * table goes on to be in use. */
static void old_pointer_leads_to_what_its_table_holds_now(void **state)
{
    struct bench *b = *state;

    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    b->cycle += 1000;
    store(b, LEAF, to(0xc0000000, ALL));
    assert_string_equal(legal(b, VA), BOTH ", c0000000");
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000, c0000000");
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* The same one level up: below an old pointer, pointers too are read anew. */
static void old_pointer_of_a_higher_level(void **state)
{
    struct bench *b = *state;

    map_other(b, MMU_PTE_V);
    fence_all(b);
    store(b, ROOT, to(SPARE, MMU_PTE_V));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), BOTH);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    store(b, OTHER + 8, to(0xc0000000, ALL));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), BOTH ", c0000000");
}

/* A pointer serves the addresses below it: one of another index is as fresh as it was. */
static void pointer_serves_its_own_addresses(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE + 8, to(OTHER, MMU_PTE_V)); /* FAR's */
    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    store(b, MIDDLE, to(SPARE, MMU_PTE_V));
    store(b, SPARE + 8, to(0xc0000000, ALL));
    assert_string_equal(legal(b, VA), "a0000000, c0000000");
    assert_string_equal(legal(b, FAR), "b0000000");
}

/* A pointer that was taken away, or became a leaf, serves as long. */
static void old_pointer_outlives_what_replaced_it(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE, 0);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    store(b, MIDDLE, to(NEW, ALL));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "a0000000, b0001000");
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "b0001000");
}

/* A page fault below an old pointer is the request's own if its PTE is in memory while it lives. */
static void page_faults_below_old_pointers_are_live(void **state)
{
    struct bench *b = *state;

    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    store(b, LEAF, 0);
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000, cause 13");
    store(b, LEAF, to(OLD, ALL)); /* the fault was never this request's */
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* So it is with a read that errs, and with one that PMP or the width denies. */
static void access_faults_below_old_pointers_are_live(void **state)
{
    struct bench *b = *state;

    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    check_note_error(b->check, LEAF, b->cycle);
    assert_string_equal(legal(b, VA), BOTH);
    ask(b, 1, VA, MMU_STORE);
    check_note_error(b->check, LEAF, ++b->cycle);
    assert_string_equal(outcomes(b, 1), BOTH ", cause 7");
    fence_asid(b, 1);
    ask(b, 2, VA, MMU_STORE);
    check_note_error(b->check, LEAF, ++b->cycle);
    assert_string_equal(outcomes(b, 2), "b0000000");
}

/* A pointer serves its ASID and, if it is global, all: what is read below it now is global too, and
 * so is what it denies. */
static void global_pointer_serves_every_asid(void **state)
{
    struct bench *b = *state;

    map_other(b, MMU_PTE_V);
    fence_all(b);
    set_satp(b, sv39(OTHER, 2));
    store(b, LEAF, 0);
    assert_string_equal(legal(b, VA), "b0000000"); /* those of ASID 1 have no G */
    set_satp(b, sv39(ROOT, 1));
    store(b, LEAF, to(OLD, ALL));
    store(b, MIDDLE, to(LAST, MMU_PTE_V | MMU_PTE_G));
    b->cycle++;
    set_satp(b, sv39(OTHER, 2));
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, 0);
    assert_string_equal(legal(b, VA), BOTH ", cause 13");
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000, cause 13");
    store(b, LEAF, to(0xc0000000, ALL));
    assert_string_equal(legal(b, VA), "b0000000, c0000000");
    fence_asid(b, 1);
    fence_asid(b, 2);
    assert_string_equal(legal(b, VA), "b0000000, c0000000");
    fence_all(b);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A pointer below a global one is global without a G of its own. */
static void pointer_keeps_the_g_above_it(void **state)
{
    struct bench *b = *state;

    store(b, ROOT, to(MIDDLE, MMU_PTE_V | MMU_PTE_G));
    map_other(b, MMU_PTE_V);
    fence_all(b);
    store(b, MIDDLE, 0);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    set_satp(b, sv39(OTHER, 2));
    assert_string_equal(legal(b, VA), "a0000000, b0000000, cause 13");
}

/* One that is global no more: the fence by ASID leaves what was read before, and takes what was
 * read after. */
static void global_pointer_that_was_made_local(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE, to(LAST, MMU_PTE_V | MMU_PTE_G));
    map_other(b, MMU_PTE_V);
    fence_all(b);
    store(b, MIDDLE, to(LAST, MMU_PTE_V));
    fence_asid(b, 1);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    store(b, OTHER + 8, to(0xc0000000, ALL));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "a0000000, c0000000"); /* a0000000: by the global one */
    fence_all(b);
    store(b, MIDDLE, to(LAST, MMU_PTE_V));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "a0000000");
}

/* A pointer of another mode: what it leads to is a translation of that mode, not a table of this
 * one. Sv48 with Sv39's root in its first table maps VA as Sv39 does, but no address whose index
 * there is another. */
static void pointer_belongs_to_its_mode(void **state)
{
    struct bench *b = *state;
    uint64_t beyond = UINT64_C(3) << 39 | VA;

    store(b, OTHER + 3 * 8, to(SPARE, MMU_PTE_V));
    store(b, SPARE, 0);
    fence_all(b);
    set_satp(b, sv39(OTHER, 1) | SV48);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    assert_string_equal(legal(b, beyond), "cause 13");
    store(b, SPARE, to(MIDDLE, MMU_PTE_V));
    assert_string_equal(legal(b, beyond), "a0000000");
}

/* A walk that began under an earlier root may still read, but what it reads after the fence serves
 * no request from after the fence. */
static void walks_from_before_a_fence_fill_nothing(void **state)
{
    struct bench *b = *state;

    map_other(b, MMU_PTE_V);
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    set_satp(b, sv39(OTHER, 1));
    fence_asid(b, 1);
    ask(b, 2, VA, MMU_LOAD);
    store(b, LEAF, to(0xc0000000, ALL));
    assert_string_equal(outcomes(b, 1), "a0000000, b0000000, c0000000");
    assert_string_equal(outcomes(b, 2), "b0000000");
}

/* The walk of one request reads the others of a line: leaves that nobody asked for. Each of them
 * may be old until a fence for its own address. */
static void neighbour_may_be_known_unasked(void **state)
{
    struct bench *b = *state;
    uint64_t next = VA + 0x1000;

    store(b, LEAF + 8, to(OLD + 0x1000, ALL));
    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    store(b, LEAF + 8, to(NEW + 0x1000, ALL));
    assert_string_equal(legal(b, next), "a0001000, b0001000");
    fence_va(b, VA);
    assert_string_equal(legal(b, next), "a0001000, b0001000");
    fence_va(b, next);
    assert_string_equal(legal(b, next), "b0001000");
}

/* Nor does that walk write to them. */
static void neighbour_is_not_written(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, UNUSED));
    store(b, LEAF + 8, to(OLD, UNUSED));
    b->context.adue = true;
    ask(b, 1, VA, MMU_STORE);
    assert_int_equal(swap(b, LEAF + 8, to(OLD, UNUSED), to(OLD, ALL)), CHECK_WRONG_UPDATE);
    store(b, LEAF + 8, to(OLD, UNUSED));
    assert_int_equal(swap(b, LEAF + 8, to(OLD, UNUSED), to(OLD, CLEAN)), CHECK_WRONG_UPDATE);
    assert_int_equal(swap(b, LEAF, to(OLD, UNUSED), to(OLD, ALL)), CHECK_OK);
}

/* A request may be granted by the leaf that another has fetched before it was asked; what denies is
 * of its own time, whatever that other one met. */
static void follower_inherits_a_leaf_but_no_fault(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    store(b, LEAF, to(OLD, ALL & ~MMU_PTE_W));
    ask(b, 2, VA, MMU_STORE);
    assert_string_equal(outcomes(b, 2), "a0000000, cause 15");
    store(b, LEAF, to(OLD, ALL));
    ask(b, 3, VA, MMU_STORE);
    assert_string_equal(outcomes(b, 3), "a0000000");
    check_note_fence(b->check, &(struct dut_fence){.use_va = true, .va = VA}, ++b->cycle);
    check_note_fence_done(b->check, ++b->cycle);
    b->cycle++;
    store(b, LEAF, 0);
    ask(b, 4, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 4), "a0000000, cause 13");
    fence_va(b, VA);
    ask(b, 5, VA, MMU_LOAD); /* follows nobody who was asked before that fence */
    assert_string_equal(outcomes(b, 5), "cause 13");
}

/* A or D is set below an old pointer too, while no fence has taken it. */
static void writes_below_old_pointers(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, UNUSED));
    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    b->context.adue = true;
    fence_va(b, VA);
    ask(b, 1, VA, MMU_LOAD);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    store(b, LEAF, to(OLD, UNUSED));
    fence_asid(b, 1);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
}

/* A and D below a global pointer of another ASID; not below one that is local. */
static void writes_below_pointers_of_another_asid(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, UNUSED));
    map_other(b, MMU_PTE_V);
    fence_all(b);
    b->context.adue = true;
    set_satp(b, sv39(OTHER, 2));
    ask(b, 1, VA, MMU_LOAD);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
    set_satp(b, sv39(ROOT, 1));
    store(b, LEAF, to(OLD, UNUSED));
    store(b, MIDDLE, to(LAST, MMU_PTE_V | MMU_PTE_G));
    b->cycle++;
    set_satp(b, sv39(OTHER, 2));
    ask(b, 2, VA, MMU_LOAD);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(old_pointer_leads_to_what_its_table_holds_now),
        TEST(old_pointer_of_a_higher_level),
        TEST(pointer_serves_its_own_addresses),
        TEST(old_pointer_outlives_what_replaced_it),
        TEST(page_faults_below_old_pointers_are_live),
        TEST(access_faults_below_old_pointers_are_live),
        TEST(global_pointer_serves_every_asid),
        TEST(pointer_keeps_the_g_above_it),
        TEST(global_pointer_that_was_made_local),
        TEST(pointer_belongs_to_its_mode),
        TEST(walks_from_before_a_fence_fill_nothing),
        TEST(neighbour_may_be_known_unasked),
        TEST(neighbour_is_not_written),
        TEST(follower_inherits_a_leaf_but_no_fault),
        TEST(writes_below_old_pointers),
        TEST(writes_below_pointers_of_another_asid),
    };

    return cmocka_run_group_tests_name("pointers", tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * How long a walk may write A and D: clauses of "Supervisor Memory-Management Fence Instruction",
 * and the design's own rules about kills, fences and changes of PMP.
 */
#include "check_update_bench.h"

/* A killed request's walk may go on, until the time of an answer is over or a fence of everything
 * completes, which ends it. */
static void killed_walks_may_write_for_a_while(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    kill(b, 1);
    fence_va(b, VA);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    store(b, LEAF, to(OLD, UNUSED));
    fence_all(b);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
    store(b, LEAF, to(OLD, UNUSED));
    ask_speculatively(b, 2, VA, MMU_LOAD);
    kill(b, 2);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
    store(b, LEAF, to(OLD, UNUSED));
    ask(b, 3, VA, MMU_LOAD);
    kill(b, 3);
    b->cycle += 101; /* the bound of an answer */
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
}

/* A fence of everything that waits has ended the walks of before, and others have begun since: that
 * of a request that is killed meanwhile goes on. */
static void walks_killed_while_a_fence_waits_may_write(void **state)
{
    struct bench *b = *state;

    for (unsigned before = 0; before < 2; before++) {
        ask(b, 1, VA, MMU_LOAD);
        if (before) {
            kill(b, 1);
            b->cycle++;
        }
        check_note_fence(b->check, &(struct dut_fence){.op = DUT_SINVAL_VMA}, b->cycle++);
        if (!before)
            kill(b, 1);
        b->cycle++;
        check_note_fence_done(b->check, b->cycle++);
        assert_int_equal(swap_leaf(b, UNUSED, CLEAN), before ? CHECK_WRONG_UPDATE : CHECK_OK);
        store(b, LEAF, to(OLD, UNUSED));
        fence_all(b);
    }
}

/* A fence may cut a walk short, and the request be answered by what is cached or by what another
 * walk finds, while its swap is on its way: the fence waits for it. No other request that was
 * answered writes. */
static void answered_walks_may_write_while_a_fence_waits(void **state)
{
    struct bench *b = *state;
    struct dut_response granted = {.pa = OLD, .page_shift = 12};
    struct dut_response fault = {.tag = 1, .result = DUT_FAULT, .cause = 13, .tval = VA};
    struct check_judgement judgement;

    for (unsigned after = 0; after < 3; after++) {
        store(b, LEAF, to(OLD, CLEAN)); /* cached, perhaps */
        store(b, LEAF, to(OLD, UNUSED));
        ask(b, 0, VA, MMU_LOAD);
        if (after > 0)
            check_note_fence(b->check, &(struct dut_fence){.use_va = true, .va = 0}, ++b->cycle);
        check_note_answer(b->check, DUT_DATA, &granted, ++b->cycle, &judgement);
        assert_int_equal(judgement.verdict, CHECK_OK);
        b->cycle++;
        if (after > 1)
            check_note_fence_done(b->check, b->cycle++);
        assert_int_equal(swap_leaf(b, UNUSED, CLEAN), after == 1 ? CHECK_OK : CHECK_WRONG_UPDATE);
        check_note_fence_done(b->check, b->cycle++);
    }
    for (unsigned waits = 0; waits < 2; waits++) {
        store(b, LEAF, to(OLD, UNUSED));
        ask(b, 1, VA, MMU_LOAD);
        if (waits)
            check_note_fence(b->check, &(struct dut_fence){.use_va = true, .va = 0}, ++b->cycle);
        store(b, LEAF, 0);
        check_note_answer(b->check, DUT_DATA, &fault, ++b->cycle, &judgement);
        assert_int_equal(judgement.verdict, CHECK_OK);
        b->cycle++;
        assert_int_equal(swap_leaf(b, UNUSED, CLEAN), waits ? CHECK_OK : CHECK_WRONG_UPDATE);
    }
}

/* No walk works on what was read before a fence that has completed: not on its pointers ... */
static void fences_stop_writes_below_old_pointers(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    fence_asid(b, 2);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    store(b, LEAF, to(OLD, UNUSED));
    fence_asid(b, 1);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
}

/* ... nor on its leaf. While it waits, a swap may still be on its way. */
static void fences_stop_writes_of_old_leaves(void **state)
{
    struct bench *b = *state;
    struct dut_fence of_page = {.use_va = true, .va = VA};

    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    store(b, LEAF, to(NEW, UNUSED));
    check_note_fence(b->check, &of_page, ++b->cycle);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK); /* lost */
    check_note_fence_done(b->check, ++b->cycle);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
    assert_int_equal(swap(b, LEAF, to(NEW, UNUSED), to(NEW, CLEAN)), CHECK_OK);
}

/* A request keeps the root that it was accepted under: after a fence its walk begins there again.
 */
static void own_root_outlives_fences(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    set_satp(b, sv39(SPARE, 1));
    fence_all(b);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    store(b, LEAF, to(OLD, UNUSED));
    fence_all(b);
    kill(b, 1);
    check_note_fence(b->check, &(struct dut_fence){.use_asid = true, .asid = 1}, ++b->cycle);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
}

/* Killed walks have ended when PMP changes. */
static void pmp_change_ends_killed_walks(void **state)
{
    const struct mmu_pmp all = {.cfg = {ALLOWED, ALLOWED}, .addr = {UINT64_MAX >> 10}};
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    kill(b, 1);
    check_note_pmp(b->check, &all, ++b->cycle);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_svadu, tear_down)
#define PMP(name)  cmocka_unit_test_setup_teardown(name, set_up_pmp, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(killed_walks_may_write_for_a_while),
        TEST(walks_killed_while_a_fence_waits_may_write),
        TEST(answered_walks_may_write_while_a_fence_waits),
        TEST(fences_stop_writes_below_old_pointers),
        TEST(fences_stop_writes_of_old_leaves),
        TEST(own_root_outlives_fences),
        PMP(pmp_change_ends_killed_walks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

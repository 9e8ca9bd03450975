// SPDX-License-Identifier: Apache-2.0
/*
 * Which A and D updates the scoreboard allows: clauses of "Virtual Address Translation Process"
 * (step 9), of menvcfg.ADUE and of "Physical Memory Protection and Paging", and the design's own
 * rule about speculation.
 */
#include "check_update_bench.h"

/* Answers with the translation and gives the judgement. */
static struct check_judgement grant(struct bench *b, unsigned tag)
{
    struct dut_response response = {.tag = tag, .result = DUT_GRANTED, .pa = OLD, .page_shift = 12};
    struct check_judgement judgement;

    check_note_answer(b->check, DUT_DATA, &response, ++b->cycle, &judgement);
    return judgement;
}

static void load_sets_a_alone(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), ""); /* until it is done, nothing may be answered */
    assert_int_equal(swap_leaf(b, UNUSED, UNUSED | MMU_PTE_D | MMU_PTE_A), CHECK_WRONG_UPDATE);
    store(b, LEAF, to(OLD, UNUSED));
    assert_int_equal(swap_leaf(b, UNUSED, UNUSED | MMU_PTE_D), CHECK_WRONG_UPDATE);
    store(b, LEAF, to(OLD, UNUSED));
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    struct check_judgement judgement = grant(b, 1);
    assert_int_equal(judgement.verdict, CHECK_OK);
    assert_true(judgement.updated);
    assert_int_equal(judgement.before, to(OLD, UNUSED));
}

/* The judgement says so of the leaf that was written, not of another that came in its place. */
static void updated_is_the_leaf_that_answers(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    store(b, LEAF, to(OLD, ALL));
    struct check_judgement judgement = grant(b, 1);
    assert_int_equal(judgement.verdict, CHECK_OK);
    assert_false(judgement.updated);
}

/* A store, an AMO, a shadow-stack access that stores, cbo.zero: A and D, never A alone. */
static void stores_set_a_and_d(void **state)
{
    static const struct {
        enum mmu_access access;
        bool shadow, dirties;
    } kinds[] = {{MMU_STORE, false, true},       {MMU_AMO, false, true},
                 {MMU_CBO_ZERO, false, true},    {MMU_SS_PUSH, true, true},
                 {MMU_SS_SWAP, true, true},      {MMU_SS_CHECK, true, false},
                 {MMU_CBO_MANAGE, false, false}, {MMU_FETCH, false, false}};
    struct bench *b = *state;

    b->context.sse = true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint64_t bits = kinds[i].shadow ? MMU_PTE_V | MMU_PTE_W : UNUSED;
        uint64_t a = bits | MMU_PTE_A, ad = a | MMU_PTE_D;
        for (unsigned wrong = 0; wrong < 2; wrong++) {
            store(b, LEAF, to(OLD, bits));
            fence_all(b);
            ask(b, 1, VA, kinds[i].access);
            assert_int_equal(swap_leaf(b, bits, (kinds[i].dirties != wrong) ? ad : a),
                             wrong ? CHECK_WRONG_UPDATE : CHECK_OK);
            kill(b, 1);
        }
    }
}

static void nothing_else_changes(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    assert_int_equal(swap(b, LEAF, to(OLD, UNUSED), to(NEW, CLEAN)), CHECK_WRONG_UPDATE);
    store(b, LEAF, to(OLD, UNUSED));
    assert_int_equal(swap(b, LEAF + 8, 0, MMU_PTE_A), CHECK_WRONG_UPDATE);
    store(b, LEAF + 8, to(OLD, UNUSED));
    assert_int_equal(swap(b, LEAF + 8, to(OLD, UNUSED), to(OLD, CLEAN)), CHECK_WRONG_UPDATE);
    assert_int_equal(swap(b, MIDDLE, to(LAST, MMU_PTE_V), to(LAST, MMU_PTE_V | MMU_PTE_A)),
                     CHECK_WRONG_UPDATE);
    store(b, MIDDLE, to(LAST, MMU_PTE_V));
    assert_int_equal(check_note_update(b->check, LEAF, 4, to(OLD, UNUSED), to(OLD, CLEAN),
                                       to(OLD, UNUSED), b->cycle),
                     CHECK_WRONG_UPDATE);
    assert_true(strstr(check_explain(b->check), "no request asks for it; outstanding are:\n"
                                                "  data port, tag 1: load"));
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    assert_int_equal(swap_leaf(b, CLEAN, CLEAN | MMU_PTE_A), CHECK_WRONG_UPDATE); /* no need */
}

/* What a page fault denies, what is not asked, what is speculative, and what prefetches: nothing is
 * written. With ADUE=0 nothing either. */
static void nothing_is_written_without_cause(void **state)
{
    struct bench *b = *state;

    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
    store(b, LEAF, to(OLD, UNUSED));
    ask_speculatively(b, 1, VA, MMU_LOAD);
    ask(b, 2, VA, MMU_PREFETCH);
    ask(b, 3, VA + 0x1000, MMU_LOAD);
    ask(b, 4, VA, MMU_SS_PUSH);
    b->context.adue = false;
    ask(b, 5, VA, MMU_LOAD);
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_WRONG_UPDATE);
    assert_int_equal(swap_leaf(b, CLEAN, ALL), CHECK_WRONG_UPDATE);
    store(b, LEAF, to(OLD, UNUSED & ~MMU_PTE_W));
    fence_all(b);
    b->context.adue = true;
    ask(b, 6, VA, MMU_STORE);
    assert_int_equal(swap_leaf(b, UNUSED & ~MMU_PTE_W, ALL & ~MMU_PTE_W), CHECK_WRONG_UPDATE);
    assert_string_equal(outcomes(b, 6), "cause 15");
}

/* The change of ADUE: each request has its own. */
static void adue_is_the_requests(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_LOAD);
    b->context.adue = false;
    ask(b, 2, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), "");
    assert_string_equal(outcomes(b, 2), "cause 13");
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    assert_string_equal(outcomes(b, 1), "a0000000");
    assert_string_equal(outcomes(b, 2), "a0000000, cause 13");
}

/* A lost race: the swap was legal by the value read, and what is found counts next (step 9, back to
 * step 2), as what memory holds in the request's life. */
static void lost_swaps_evaluate_what_they_find(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_STORE);
    b->cycle++;
    store(b, LEAF, to(NEW, CLEAN));
    assert_int_equal(swap_leaf(b, UNUSED, ALL), CHECK_OK);
    assert_string_equal(outcomes(b, 1), "");
    assert_int_equal(swap(b, LEAF, to(NEW, CLEAN), to(NEW, ALL)), CHECK_OK);
    assert_string_equal(outcomes(b, 1), "b0000000");
    kill(b, 1);
    fence_all(b);
    ask(b, 2, VA, MMU_STORE);
    assert_int_equal(swap_leaf(b, UNUSED, ALL), CHECK_WRONG_UPDATE); /* was before its time */
}

/* A swap that errs is an access fault of the access's own cause. */
static void erring_swaps_are_access_faults(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_STORE);
    check_note_error(b->check, LEAF, ++b->cycle);
    assert_int_equal(
        check_note_update(b->check, LEAF, 8, to(OLD, UNUSED), to(OLD, ALL), 0, b->cycle), CHECK_OK);
    assert_string_equal(outcomes(b, 1), "cause 7");
}

/* PMP must let S-mode store a PTE there; if not, it is an access fault, and nothing is written. A
 * speculative request may be deferred before PMP is asked. */
static void pmp_checks_the_update_as_a_store(void **state)
{
    struct bench *b = *state;
    struct mmu_pmp read_only = {.cfg = {ALLOWED & ~MMU_PMP_W, ALLOWED},
                                .addr = {LAST >> 2 | 0x1ff, UINT64_MAX >> 10}};

    ask(b, 1, VA, MMU_LOAD);
    kill(b, 1); /* PMP changes when nothing is outstanding and no walk is on its way */
    check_note_pmp(b->check, &read_only, ++b->cycle);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7"); /* whatever PMP was before */
    ask(b, 2, VA, MMU_STORE);
    assert_int_equal(swap_leaf(b, UNUSED, ALL), CHECK_WRONG_UPDATE);
    assert_true(strstr(check_explain(b->check), "PMP or the width denies the store"));
    store(b, LEAF, to(OLD, UNUSED));
    kill(b, 2);
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_FETCH), "cause 1");
    ask_speculatively(b, 3, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 3), "cause 5, defer");
    read_only.cfg[0] |= MMU_PMP_W;
    check_note_pmp(b->check, &read_only, ++b->cycle);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "");
    ask(b, 4, VA, MMU_STORE);
    assert_int_equal(swap_leaf(b, UNUSED, ALL), CHECK_OK);
}

/* Where PMP denies the access itself, the update may come first or not at all. */
static void denied_access_may_update_or_not(void **state)
{
    struct bench *b = *state;
    const struct mmu_pmp closed = {.cfg = {ALLOWED & ~MMU_PMP_R, ALLOWED},
                                   .addr = {OLD >> 2 | 0x1ff, UINT64_MAX >> 10}};

    check_note_pmp(b->check, &closed, ++b->cycle);
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), "cause 5");
    ask_speculatively(b, 2, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 2), "cause 5, defer");
    assert_int_equal(swap_leaf(b, UNUSED, CLEAN), CHECK_OK);
    assert_string_equal(outcomes(b, 1), "cause 5");
    assert_string_equal(legal_for(b, VA, MMU_STORE), "");
}

/* mstatus.SBE: the operands are as memory has them. */
static void swaps_have_the_byte_order_of_ptes(void **state)
{
    struct bench *b = *state;

    store(b, ROOT, __builtin_bswap64(to(MIDDLE, MMU_PTE_V)));
    store(b, MIDDLE, __builtin_bswap64(to(LAST, MMU_PTE_V)));
    store(b, LEAF, __builtin_bswap64(to(OLD, UNUSED)));
    b->context.sbe = true;
    check_note_context(b->check, &b->context, ++b->cycle);
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    assert_int_equal(
        swap(b, LEAF, __builtin_bswap64(to(OLD, UNUSED)), __builtin_bswap64(to(OLD, CLEAN))),
        CHECK_OK);
    struct check_judgement judgement = grant(b, 1);
    assert_int_equal(judgement.verdict, CHECK_OK);
    assert_true(judgement.updated);
    assert_int_equal(judgement.before, to(OLD, UNUSED));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_svadu, tear_down)
#define PMP(name)  cmocka_unit_test_setup_teardown(name, set_up_pmp, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(load_sets_a_alone),
        TEST(updated_is_the_leaf_that_answers),
        TEST(stores_set_a_and_d),
        TEST(nothing_else_changes),
        TEST(nothing_is_written_without_cause),
        TEST(adue_is_the_requests),
        TEST(lost_swaps_evaluate_what_they_find),
        TEST(erring_swaps_are_access_faults),
        PMP(pmp_checks_the_update_as_a_store),
        PMP(denied_access_may_update_or_not),
        TEST(swaps_have_the_byte_order_of_ptes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

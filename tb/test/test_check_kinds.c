// SPDX-License-Identifier: Apache-2.0
/*
 * The kinds of access and of answer: speculative requests and prefetches, which are deferred or
 * dropped; shadow-stack accesses and cache-block operations, with whose faults a walk alone may
 * answer.
 */
#include "check_bench.h"

#define UNUSED (ALL & ~(MMU_PTE_A | MMU_PTE_D))
#define SHADOW (MMU_PTE_V | MMU_PTE_W | MMU_PTE_A | MMU_PTE_D)

static enum check_verdict answer(struct bench *b, unsigned tag, struct dut_response response)
{
    struct check_judgement judgement;

    response.tag = tag;
    return check_note_answer(b->check, DUT_DATA, &response, ++b->cycle, &judgement);
}

static enum check_verdict defer(struct bench *b, unsigned tag)
{
    return answer(b, tag, (struct dut_response){.result = DUT_DEFER});
}

static enum check_verdict fault(struct bench *b, unsigned tag, unsigned cause)
{
    return answer(b, tag, (struct dut_response){.result = DUT_FAULT, .cause = cause, .tval = VA});
}

static enum check_verdict grant(struct bench *b, unsigned tag)
{
    return answer(b, tag,
                  (struct dut_response){.result = DUT_GRANTED, .pa = OLD, .page_shift = 12});
}

/* A speculative request is deferred where a walk would write A or D, and nowhere else. */
static void speculative_requests_defer_for_an_update(void **state)
{
    struct bench *b = *state;

    b->context.adue = true;
    ask_speculatively(b, 1, VA, MMU_STORE);
    assert_string_equal(outcomes(b, 1), "a0000000");
    assert_int_equal(defer(b, 1), CHECK_WRONG_DEFER);
    store(b, LEAF, to(OLD, UNUSED));
    ask_speculatively(b, 2, VA, MMU_STORE);
    assert_string_equal(outcomes(b, 2), "a0000000, defer"); /* the old leaf may be cached */
    assert_int_equal(defer(b, 2), CHECK_OK);
    fence_all(b);
    for (unsigned tag = 1; tag < 4; tag++)
        ask_speculatively(b, tag, VA, MMU_STORE);
    assert_int_equal(defer(b, 1), CHECK_OK);
    assert_int_equal(fault(b, 2, 15), CHECK_WRONG_FAULT);
    assert_int_equal(grant(b, 3), CHECK_WRONG_GRANT);
}

/* With ADUE=0 there is nothing to write; a page fault comes before the update. */
static void faults_are_not_deferred(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, UNUSED));
    fence_all(b);
    ask_speculatively(b, 1, VA, MMU_LOAD);
    assert_int_equal(defer(b, 1), CHECK_WRONG_DEFER);
    ask_speculatively(b, 1, VA, MMU_LOAD);
    assert_int_equal(fault(b, 1, 13), CHECK_OK);
    b->context.adue = true;
    store(b, LEAF, to(OLD, UNUSED & ~MMU_PTE_W));
    fence_all(b);
    ask_speculatively(b, 1, VA, MMU_STORE);
    assert_int_equal(defer(b, 1), CHECK_WRONG_DEFER);
}

/* What is not speculative waits for the update. */
static void other_requests_are_not_deferred(void **state)
{
    struct bench *b = *state;

    b->context.adue = true;
    store(b, LEAF, to(OLD, UNUSED));
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    assert_int_equal(defer(b, 1), CHECK_WRONG_DEFER);
    ask(b, 1, VA, MMU_LOAD);
    assert_int_equal(grant(b, 1), CHECK_WRONG_GRANT);
}

/* The PTE for whose sake a request is deferred was in memory in its life. */
static void deferral_is_of_its_time(void **state)
{
    struct bench *b = *state;

    b->context.adue = true;
    store(b, LEAF, to(OLD, UNUSED));
    b->cycle++;
    store(b, LEAF, to(OLD, ALL));
    ask_speculatively(b, 1, VA, MMU_LOAD);
    assert_int_equal(defer(b, 1), CHECK_WRONG_DEFER);
    ask_speculatively(b, 1, VA, MMU_LOAD);
    b->cycle++;
    store(b, LEAF, to(OLD, UNUSED));
    b->cycle++;
    store(b, LEAF, to(OLD, ALL));
    assert_int_equal(defer(b, 1), CHECK_OK);
}

/* A prefetch is granted wherever a load, a store or a fetch may be, whatever A and D are; else it
 * is dropped, with no fault. */
static void prefetches_are_granted_or_dropped(void **state)
{
    struct bench *b = *state;

    b->context.adue = true;
    store(b, LEAF, to(OLD, MMU_PTE_V | MMU_PTE_X));
    fence_all(b);
    ask_speculatively(b, 1, VA, MMU_PREFETCH);
    assert_int_equal(defer(b, 1), CHECK_WRONG_DEFER);
    ask_speculatively(b, 1, VA, MMU_PREFETCH);
    assert_int_equal(grant(b, 1), CHECK_OK);
    store(b, LEAF, to(OLD, ALL | MMU_PTE_U));
    fence_all(b);
    for (unsigned tag = 1; tag < 5; tag++)
        ask(b, tag, VA, MMU_PREFETCH);
    assert_int_equal(defer(b, 1), CHECK_OK);
    assert_int_equal(grant(b, 2), CHECK_WRONG_GRANT);
    assert_int_equal(fault(b, 3, 13), CHECK_WRONG_FAULT);
    assert_int_equal(answer(b, 4, (struct dut_response){.result = DUT_FAULT}), CHECK_WRONG_FAULT);
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal_for(b, UINT64_C(1) << 40, MMU_PREFETCH), "dropped");
}

/* An erring read drops it too. */
static void prefetches_are_dropped_by_errors(void **state)
{
    struct bench *b = *state;

    ask(b, 1, VA, MMU_PREFETCH);
    assert_string_equal(outcomes(b, 1), "a0000000");
    check_note_error(b->check, LEAF, b->cycle);
    assert_string_equal(outcomes(b, 1), "a0000000, dropped");
}

/* Access faults by the kind of page are born in walks: the page was such a one in the request's
 * life. */
static void shadow_stack_faults_are_live(void **state)
{
    struct bench *b = *state;

    b->context.sse = true;
    store(b, LEAF, to(OLD, SHADOW));
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_FETCH), "cause 1");
    assert_string_equal(legal_for(b, VA, MMU_CBO_MANAGE), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_SS_SWAP), "a0000000");
    store(b, LEAF, to(NEW, ALL));
    assert_string_equal(legal_for(b, VA, MMU_STORE), "b0000000");
    assert_string_equal(legal_for(b, VA, MMU_SS_SWAP), "a0000000, cause 7");
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_SS_SWAP), "cause 7");
    store(b, LEAF, to(OLD, MMU_PTE_V | MMU_PTE_R | MMU_PTE_A));
    assert_string_equal(legal_for(b, VA, MMU_SS_PUSH), "cause 15");
}

/* Where satp does not translate there is no shadow stack. */
static void bare_has_no_shadow_stack(void **state)
{
    struct bench *b = *state;

    b->context.sse = true;
    set_satp(b, 0);
    assert_string_equal(legal_for(b, VA, MMU_SS_CHECK), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_STORE), "1000");
}

/* CBO management needs R or W, and A; its causes are the store's. */
static void cache_blocks_are_judged_by_their_own_rules(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, MMU_PTE_V | MMU_PTE_R | MMU_PTE_A));
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_CBO_MANAGE), "a0000000");
    assert_string_equal(legal_for(b, VA, MMU_CBO_ZERO), "cause 15");
    store(b, LEAF, to(OLD, MMU_PTE_V | MMU_PTE_X | MMU_PTE_A));
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_CBO_MANAGE), "cause 15");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(speculative_requests_defer_for_an_update),
        TEST(faults_are_not_deferred),
        TEST(other_requests_are_not_deferred),
        TEST(deferral_is_of_its_time),
        TEST(prefetches_are_granted_or_dropped),
        TEST(prefetches_are_dropped_by_errors),
        TEST(shadow_stack_faults_are_live),
        TEST(bare_has_no_shadow_stack),
        TEST(cache_blocks_are_judged_by_their_own_rules),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

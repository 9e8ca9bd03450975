// SPDX-License-Identifier: Apache-2.0
/* Which answers each form of fence leaves legal, against sets worked out by hand from the clauses
 * of "Supervisor Memory-Management Fence Instruction". */
#include "check_bench.h"

/* A leaf changed without a fence: the new translation or any since the last fence that covers it.
 * */
static void changed_leaf_needs_a_fence(void **state)
{
    struct bench *b = *state;

    assert_string_equal(legal(b, VA), "a0000000");
    store(b, LEAF, to(NEW, ALL));
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL));
    assert_string_equal(legal(b, VA), BOTH ", c0000000");
    fence_all(b);
    assert_string_equal(legal(b, VA), "c0000000");
}

/* rs1 != x0, rs2 = x0: leaves that map the address are ordered, in every address space; no pointer.
 * */
static void address_form_orders_its_page(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_va(b, VA + 0x1000);
    assert_string_equal(legal(b, VA), BOTH);
    fence_va(b, VA + 0xfff);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* The leaf of a superpage corresponds to every address in it. */
static void address_form_orders_a_superpage_from_anywhere_in_it(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE + 8, to(OLD, ALL));
    fence_all(b);
    store(b, MIDDLE + 8, to(NEW, ALL));
    assert_string_equal(legal(b, 0x200000), BOTH);
    fence_va(b, 0x400000);
    assert_string_equal(legal(b, 0x200000), BOTH);
    fence_va(b, 0x3fffff);
    assert_string_equal(legal(b, 0x200000), "b0000000");
}

/* Same form: a pointer is no leaf, so one read before the fence may still be used, and what it
 * leads to is read again. */
static void address_form_leaves_pointers(void **state)
{
    struct bench *b = *state;

    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    fence_va(b, 0);
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000, c0000000");
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* rs1 = x0, rs2 != x0: pointers and leaves of every level are ordered, of that address space alone.
 * */
static void asid_form_orders_its_asid(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_asid(b, 2);
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A fence by ASID leaves global mappings alone, by the G of the leaf ... */
static void asid_form_leaves_global_leaves(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL | MMU_PTE_G));
    fence_all(b);
    store(b, LEAF, to(NEW, ALL | MMU_PTE_G));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_both(b, VA, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* ... or by that of a pointer, which makes all that lies below it global. */
static void global_pointers_make_global_mappings(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE, to(LAST, MMU_PTE_V | MMU_PTE_G));
    fence_all(b);
    store(b, LEAF, to(NEW, ALL));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_all(b);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A global pointer outlives the fence that orders the pointer above it. */
static void global_pointer_outlives_its_parent(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE, to(LAST, MMU_PTE_V | MMU_PTE_G));
    store(b, OTHER, to(SPARE, MMU_PTE_V));
    store(b, SPARE + 8, to(NEW, ALL));
    fence_all(b);
    store(b, ROOT, to(OTHER, MMU_PTE_V));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000, c0000000");
}

/* rs1 != x0 and rs2 != x0: leaves of the address in the address space, no global ones. */
static void both_form_orders_page_and_asid(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_both(b, VA, 2);
    fence_both(b, VA + 0x1000, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_both(b, VA, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A fence for an address that is not a valid one does nothing. */
static void invalid_address_orders_nothing(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_va(b, VA | UINT64_C(1) << 39);
    assert_string_equal(legal(b, VA), BOTH);
}

/* Whether an address is valid is satp.MODE's to say, of the moment of the fence: one of Sv48 alone
 * orders nothing in Sv39. */
static void validity_is_that_of_the_mode(void **state)
{
    struct bench *b = *state;
    uint64_t sv48 = sv39(OTHER, 1) | UINT64_C(1) << 60, va = UINT64_C(1) << 39;

    store(b, OTHER + 8, to(SPARE, MMU_PTE_V));
    store(b, SPARE, to(0x40000000, ALL));
    fence_all(b);
    set_satp(b, sv48);
    assert_string_equal(legal(b, va), "40000000");
    store(b, SPARE, to(0x80000000, ALL));
    set_satp(b, sv39(ROOT, 1));
    fence_va(b, va);
    set_satp(b, sv48);
    assert_string_equal(legal(b, va), "40000000, 80000000");
    fence_va(b, va);
    assert_string_equal(legal(b, va), "80000000");
}

/* Bits of rs2 above the implemented ASID bits are ignored. */
static void unimplemented_asid_bits_are_ignored(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_asid(b, 0xff12);
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 0xff11);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A fence takes effect for what is accepted in the cycles after the one in which it completes. */
static void fence_counts_from_the_cycle_after_it_completes(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    check_note_fence(b->check, &(struct dut_fence){0}, ++b->cycle);
    assert_string_equal(legal(b, VA), BOTH);
    check_note_fence_done(b->check, ++b->cycle);
    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    ask(b, 2, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), BOTH);
    assert_string_equal(outcomes(b, 2), "b0000000");
}

/* A fence orders the stores before it: not one that is made while the fence is on its way. */
static void store_during_a_fence_is_not_ordered(void **state)
{
    struct bench *b = *state;

    check_note_fence(b->check, &(struct dut_fence){0}, ++b->cycle);
    b->cycle++;
    store(b, LEAF, to(NEW, ALL));
    check_note_fence_done(b->check, ++b->cycle);
    assert_string_equal(legal(b, VA), BOTH);
}

/* Svinval: SINVAL.VMA takes away what SFENCE.VMA does, as the design runs it; the two ordering
 * instructions cover nothing. */
static void svinval_invalidates_by_sinval_vma(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence(b, &(struct dut_fence){.op = DUT_SFENCE_W_INVAL});
    fence(b, &(struct dut_fence){.op = DUT_SFENCE_INVAL_IR});
    fence(b, &(struct dut_fence){.op = DUT_SINVAL_VMA, .use_va = true, .va = VA + 0x1000});
    fence(b, &(struct dut_fence){.op = DUT_SINVAL_VMA, .use_asid = true, .asid = 2});
    assert_string_equal(legal(b, VA), BOTH);
    fence(b, &(struct dut_fence){.op = DUT_SINVAL_VMA, .use_va = true, .va = VA});
    assert_string_equal(legal(b, VA), "b0000000");
    store(b, LEAF, to(OLD, ALL));
    fence(b, &(struct dut_fence){.op = DUT_SFENCE_INVAL_IR});
    assert_string_equal(legal(b, VA), BOTH);
    fence(b, &(struct dut_fence){.op = DUT_SINVAL_VMA});
    assert_string_equal(legal(b, VA), "a0000000");
}

#define PAGE(i)  ((i)*UINT64_C(0x1000)) /* the sixteen pages of the first 64 KiB */
#define PTE(i)   (LAST + (i)*UINT64_C(8))
#define NAPOT_AT (UINT64_C(8) << MMU_PTE_PPN_SHIFT | MMU_PTE_N) /* PPN of 64 KiB */

static int set_up_napot(void **state)
{
    set_up_as(state, &(struct mmu_config){.xlen = 64, .levels = 4, .pa_bits = 56, .svnapot = true});
    struct bench *b = *state;
    for (unsigned i = 0; i < 16; i++)
        store(b, PTE(i), to(OLD, ALL) | NAPOT_AT);
    fence_all(b);
    return 0;
}

/* A fence by any address in a NAPOT page orders all of it, none outside of it. */
static void address_form_orders_a_napot_page_from_anywhere_in_it(void **state)
{
    struct bench *b = *state;

    for (unsigned i = 0; i < 16; i++)
        store(b, PTE(i), to(NEW, ALL) | NAPOT_AT);
    fence_va(b, PAGE(16));
    assert_string_equal(legal(b, PAGE(3)), "a0003000, b0003000");
    fence_va(b, PAGE(15));
    assert_string_equal(legal(b, PAGE(3)), "b0003000");
}

/* Each of the sixteen PTEs may answer for the others, for as long as it is cached; it denies only
 * where it stands, and only a NAPOT leaf answers for more than its page. */
static void napot_leaf_answers_for_its_neighbours(void **state)
{
    struct bench *b = *state;

    store(b, PTE(5), to(NEW, ALL) | NAPOT_AT);
    assert_string_equal(legal(b, PAGE(3)), "a0003000, b0003000");
    fence_all(b);
    assert_string_equal(legal(b, PAGE(3)), "a0003000, b0003000");
    store(b, PTE(5), 0);
    assert_string_equal(legal(b, PAGE(5)), "a0005000, b0005000, cause 13");
    fence_all(b);
    assert_string_equal(legal(b, PAGE(3)), "a0003000");
    assert_string_equal(legal(b, PAGE(5)), "a0005000, cause 13");
    for (unsigned i = 0; i < 16; i++)
        store(b, PTE(i), to(OLD + PAGE(i), ALL));
    store(b, PTE(4), to(OLD, ALL) | MMU_PTE_N); /* a reserved size */
    fence_all(b);
    assert_string_equal(legal(b, PAGE(3)), "a0003000");
    assert_string_equal(legal(b, PAGE(4)), "cause 13");
}

/* Without Svnapot there are no neighbours. */
static void no_neighbours_without_svnapot(void **state)
{
    struct bench *b = *state;

    store(b, PTE(5), to(NEW, ALL) | NAPOT_AT);
    fence_all(b);
    assert_string_equal(legal(b, VA), "a0000000");
    assert_string_equal(legal(b, PAGE(5)), "cause 13");
}

static enum check_verdict answer_size(struct bench *b, unsigned shift)
{
    struct dut_response response = {.result = DUT_GRANTED, .pa = OLD, .page_shift = shift};
    struct check_judgement judgement;

    ask(b, 0, 0, MMU_LOAD);
    return check_note_answer(b->check, DUT_DATA, &response, ++b->cycle, &judgement);
}

/* The page of an answer: 64 KiB, or a base page of it; and 64 KiB of what is larger. */
static void napot_page_size_is_legal(void **state)
{
    struct bench *b = *state;

    assert_int_equal(answer_size(b, 16), CHECK_OK);
    assert_int_equal(answer_size(b, 12), CHECK_OK);
    assert_int_equal(answer_size(b, 14), CHECK_WRONG_SIZE);
    assert_int_equal(answer_size(b, 21), CHECK_WRONG_SIZE);
    store(b, MIDDLE, to(OLD, ALL));
    fence_all(b);
    assert_int_equal(answer_size(b, 16), CHECK_OK);
    assert_int_equal(answer_size(b, 30), CHECK_WRONG_SIZE);
}

int main(void)
{
#define TEST(name)  cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define NAPOT(name) cmocka_unit_test_setup_teardown(name, set_up_napot, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(changed_leaf_needs_a_fence),
        TEST(address_form_orders_its_page),
        TEST(address_form_orders_a_superpage_from_anywhere_in_it),
        TEST(address_form_leaves_pointers),
        TEST(asid_form_orders_its_asid),
        TEST(asid_form_leaves_global_leaves),
        TEST(global_pointers_make_global_mappings),
        TEST(global_pointer_outlives_its_parent),
        TEST(both_form_orders_page_and_asid),
        TEST(invalid_address_orders_nothing),
        TEST(validity_is_that_of_the_mode),
        TEST(unimplemented_asid_bits_are_ignored),
        TEST(fence_counts_from_the_cycle_after_it_completes),
        TEST(store_during_a_fence_is_not_ordered),
        TEST(svinval_invalidates_by_sinval_vma),
        NAPOT(address_form_orders_a_napot_page_from_anywhere_in_it),
        NAPOT(napot_leaf_answers_for_its_neighbours),
        TEST(no_neighbours_without_svnapot),
        NAPOT(napot_page_size_is_legal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

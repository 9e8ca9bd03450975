// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: step 9 of "Virtual Address Translation Process", by Svade and by
 * Svadu (menvcfg.ADUE). */
#include "model_machine.h"

static struct machine clear_machine(bool adue, uint64_t ad)
{
    struct machine m = machine_sv39();
    m.context.adue = adue;
    put(&m, PTE_0, pte(PAGE, V | R | W | X | ad));
    return m;
}

/* Svade: an access with A=0, or a store with D=0, is a page fault. */
static void svade_a_clear_is_page_fault(void **state)
{
    (void)state;
    struct machine m = clear_machine(false, D);
    page_fault(&m, MMU_FETCH, VA, 12);
    page_fault(&m, MMU_LOAD, VA, 13);
    page_fault(&m, MMU_STORE, VA, 15);
    page_fault(&m, MMU_AMO, VA, 15);
    assert_int_equal(m.swaps, 0);
    assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | R | W | X | D));
}

static void svade_d_clear_is_page_fault_for_stores_only(void **state)
{
    (void)state;
    struct machine m = clear_machine(false, A);
    granted(&m, MMU_FETCH, VA, 0x12345abc, 12);
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    page_fault(&m, MMU_STORE, VA, 15);
    page_fault(&m, MMU_AMO, VA, 15);
}

/* Svade needs no way to write memory. */
static void svade_works_without_compare_and_swap(void **state)
{
    (void)state;
    struct machine m = clear_machine(false, 0);
    struct mmu_memory memory = {&m, machine_read, NULL};
    struct mmu_request request = {.va = VA, .access = MMU_STORE, .size = 1};
    assert_int_equal(mmu_translate(&m.config, &m.context, &memory, &request, &m.answer),
                     MMU_PAGE_FAULT);
}

/* Svadu: every access sets A, a store D too. */
static void svadu_sets_a_for_fetch_and_load(void **state)
{
    (void)state;
    static const enum mmu_access kinds[2] = {MMU_FETCH, MMU_LOAD};
    for (unsigned i = 0; i < 2; i++) {
        struct machine m = clear_machine(true, 0);
        granted(&m, kinds[i], VA, 0x12345abc, 12);
        assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | R | W | X | A));
        assert_int_equal(m.swaps, 1);
        assert_int_equal(m.bytes, 8);
        assert_int_equal(m.answer.step[2].pte, pte(PAGE, V | R | W | X)); /* the value found */
    }
}

static void svadu_sets_a_and_d_for_store_and_amo(void **state)
{
    (void)state;
    static const enum mmu_access kinds[2] = {MMU_STORE, MMU_AMO};
    static const uint64_t before[3] = {0, A, D};
    for (unsigned i = 0; i < 2; i++)
        for (unsigned j = 0; j < 3; j++) {
            struct machine m = clear_machine(true, before[j]);
            granted(&m, kinds[i], VA, 0x12345abc, 12);
            assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | R | W | X | A | D));
        }
}

/* A load leaves D as it was, and what is set already is not written. */
static void svadu_writes_only_what_is_missing(void **state)
{
    (void)state;
    struct machine m = clear_machine(true, D);
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | R | W | X | A | D));
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    assert_int_equal(m.swaps, 0);
}

/* Pointers have neither A nor D: only the leaf is written, of a superpage too. */
static void svadu_writes_the_leaf_only(void **state)
{
    (void)state;
    struct machine m = clear_machine(true, 0);
    put(&m, PTE_1, pte(0x1c0200000, V | R | W));
    granted(&m, MMU_STORE, VA, 0x1c0203abc, 21);
    assert_int_equal(m.swaps, 1);
    assert_int_equal(*machine_word(&m, PTE_1), pte(0x1c0200000, V | R | W | A | D));
    assert_int_equal(*machine_word(&m, PTE_2), pte(0x80001000, V));
}

/* Steps 3 to 8 come first: a PTE that denies the access is not written. */
static void svadu_denied_access_writes_nothing(void **state)
{
    (void)state;
    static const uint64_t denying[4] = {
        V | R,                 /* no W */
        V | R | W | U,         /* user page, SUM=0 */
        V | W,                 /* reserved */
        V | R | W | MMU_PTE_N, /* reserved */
    };
    for (unsigned i = 0; i < 4; i++) {
        struct machine m = clear_machine(true, 0);
        put(&m, PTE_0, pte(PAGE, denying[i]));
        page_fault(&m, MMU_STORE, VA, 15);
        assert_int_equal(m.swaps, 0);
    }
    struct machine m = clear_machine(true, 0);
    put(&m, PTE_1, pte(0x1c0201000, V | R | W)); /* misaligned */
    page_fault(&m, MMU_STORE, VA, 15);
    assert_int_equal(m.swaps, 0);
}

/* A PTE that PMA or PMP lets nobody store to: an access fault of the original access. */
static void svadu_failed_store_is_access_fault_of_the_access(void **state)
{
    (void)state;
    struct machine m = clear_machine(true, 0);
    m.swaps_err = true;
    access_fault(&m, MMU_FETCH, VA, 1);
    m = clear_machine(true, 0);
    m.swaps_err = true;
    access_fault(&m, MMU_LOAD, VA, 5);
    m = clear_machine(true, 0);
    m.swaps_err = true;
    access_fault(&m, MMU_STORE, VA, 7);
    m = clear_machine(true, 0);
    m.swaps_err = true;
    access_fault(&m, MMU_AMO, VA, 7);
}

/* A comparison that fails leads back to step 2: here with the value found, so without a read. */
static void lost_race_takes_the_value_found(void **state)
{
    (void)state;
    struct machine m = clear_machine(true, 0);
    m.races = 1;
    m.race_value = pte(0x54321000, V | R | W | G);
    granted(&m, MMU_STORE, VA, 0x54321abc, 12);
    assert_int_equal(m.swaps, 2);
    assert_int_equal(m.reads, 3);
    assert_true(m.answer.global);
    assert_int_equal(*machine_word(&m, PTE_0), pte(0x54321000, V | R | W | G | A | D));
    assert_int_equal(m.answer.steps, 3);
    assert_int_equal(m.answer.step[2].pte, pte(0x54321000, V | R | W | G));
    assert_int_equal(m.answer.step[2].pte_pa, PTE_0);
}

/* The value found has A and D already: nothing is left to write. */
static void lost_race_to_an_agent_that_set_the_bits(void **state)
{
    (void)state;
    struct machine m = clear_machine(true, 0);
    m.races = 1;
    m.race_value = pte(PAGE, V | R | W | X | A | D);
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    assert_int_equal(m.swaps, 1);
}

/* The value found is judged from step 3 on: it may be invalid, reserved, or deny the access. */
static void lost_race_to_a_value_that_faults(void **state)
{
    (void)state;
    static const uint64_t found[4] = {0, V | W, V | R, V | R | W | U};
    for (unsigned i = 0; i < 4; i++) {
        struct machine m = clear_machine(true, 0);
        m.races = 1;
        m.race_value = pte(PAGE, found[i]);
        page_fault(&m, MMU_STORE, VA, 15);
        assert_int_equal(m.swaps, 1);
        assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, found[i]));
        assert_int_equal(m.answer.step[2].leaf, i >= 2);
    }
}

/* The value found at a superpage's place is a pointer: the walk goes down. */
static void lost_race_to_a_pointer_goes_down(void **state)
{
    (void)state;
    struct machine m = clear_machine(true, A | D);
    put(&m, PTE_1, pte(0x1c0200000, V | R | W));
    m.races = 1;
    m.race_value = pte(0x80002000, V | G);
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    assert_int_equal(m.answer.steps, 3);
    assert_false(m.answer.step[1].leaf);
    assert_int_equal(m.answer.step[1].pte, pte(0x80002000, V | G));
    assert_true(m.answer.step[2].leaf);
    assert_true(m.answer.global);
}

/* Each lost race is judged anew, however many there are. */
static void races_lost_again_and_again(void **state)
{
    (void)state;
    struct machine m = clear_machine(true, 0);
    m.races = 5;
    m.race_value = pte(0x50000000, V | R | W);
    m.race_step = 1 << 10; /* the next page */
    granted(&m, MMU_LOAD, VA, 0x50004abc, 12);
    assert_int_equal(m.swaps, 6);
    assert_int_equal(m.reads, 3);
    assert_int_equal(*machine_word(&m, PTE_0), pte(0x50004000, V | R | W | A));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(svade_a_clear_is_page_fault),
        cmocka_unit_test(svade_d_clear_is_page_fault_for_stores_only),
        cmocka_unit_test(svade_works_without_compare_and_swap),
        cmocka_unit_test(svadu_sets_a_for_fetch_and_load),
        cmocka_unit_test(svadu_sets_a_and_d_for_store_and_amo),
        cmocka_unit_test(svadu_writes_only_what_is_missing),
        cmocka_unit_test(svadu_writes_the_leaf_only),
        cmocka_unit_test(svadu_denied_access_writes_nothing),
        cmocka_unit_test(svadu_failed_store_is_access_fault_of_the_access),
        cmocka_unit_test(lost_race_takes_the_value_found),
        cmocka_unit_test(lost_race_to_an_agent_that_set_the_bits),
        cmocka_unit_test(lost_race_to_a_value_that_faults),
        cmocka_unit_test(lost_race_to_a_pointer_goes_down),
        cmocka_unit_test(races_lost_again_and_again),
    };
    return cmocka_run_group_tests_name("model: A and D", tests, NULL, NULL);
}

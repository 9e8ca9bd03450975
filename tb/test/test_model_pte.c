// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: step 3 (encodings) and steps 6 and 8 (permissions) of "Virtual
 * Address Translation Process". */
#include "model_machine.h"

static const uint64_t pte_at[3] = {PTE_2, PTE_1, PTE_0};

/* Step 3: V=0 is a page fault at each level. */
static void step3_v_clear_is_page_fault(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = machine_sv39();
        *machine_word(&m, pte_at[i]) &= ~V;
        page_fault(&m, MMU_FETCH, VA, 12);
        page_fault(&m, MMU_LOAD, VA, 13);
        page_fault(&m, MMU_STORE, VA, 15);
        page_fault(&m, MMU_AMO, VA, 15);
        assert_int_equal(m.answer.steps, i + 1);
    }
}

/* V=0: no other bit matters; nothing but a page fault comes of it. */
static void step3_v_clear_makes_the_rest_dont_care(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.adue = true;
    put(&m, PTE_0, ~V);
    page_fault(&m, MMU_LOAD, VA, 13);
    assert_int_equal(m.swaps, 0);
    assert_false(m.answer.step[2].leaf);
}

/* Step 3: r=0 and w=1, with and without X, in each place. */
static void step3_w_without_r_is_page_fault(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (uint64_t x = 0; x <= X; x += X) {
            struct machine m = machine_sv39();
            put(&m, pte_at[i], pte(0x1c0000000, V | W | x | A | D));
            page_fault(&m, MMU_FETCH, VA, 12);
            page_fault(&m, MMU_LOAD, VA, 13);
            page_fault(&m, MMU_STORE, VA, 15);
        }
}

/* D, A and U are reserved in a pointer. */
static void step3_d_a_u_in_a_pointer_are_page_faults(void **state)
{
    (void)state;
    static const uint64_t bits[3] = {D, A, U};
    for (unsigned level = 0; level < 2; level++)
        for (unsigned bit = 0; bit < 3; bit++) {
            struct machine m = machine_sv39();
            *machine_word(&m, pte_at[level]) |= bits[bit];
            page_fault(&m, MMU_LOAD, VA, 13);
            assert_int_equal(m.answer.steps, level + 1);
        }
}

/* Sv39: bits 63 to 54 raise a page fault when set, in leaves and in pointers, as long as Svnapot,
 * Svpbmt and Svrsw60t59b are absent. */
static void step3_bits_63_to_54_are_page_faults(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (unsigned bit = 54; bit < 64; bit++) {
            struct machine m = machine_sv39();
            *machine_word(&m, pte_at[i]) |= UINT64_C(1) << bit;
            page_fault(&m, MMU_LOAD, VA, 13);
            assert_int_equal(m.answer.steps, i + 1);
        }
}

/* RSW is software's and has no say; neither has G in permission. */
static void step3_rsw_and_g_are_ignored(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (uint64_t bits = 1 << 8 | G; bits < 1 << 10; bits += 1 << 8) {
            struct machine m = machine_sv39();
            *machine_word(&m, pte_at[i]) |= bits;
            granted(&m, MMU_STORE, VA, 0x12345abc, 12);
        }
}

/* Sv32's PTE has 22 bits of PPN up to bit 31 and nothing reserved above. */
static void step3_sv32_has_no_high_reserved_bits(void **state)
{
    (void)state;
    struct machine m = {
        .config = {.xlen = 32, .levels = 2, .pa_bits = 34},
        .context = {.satp = 0x80080000, .privilege = MMU_S},
        .size = 4,
    };
    put(&m, 0x80000000, 0xfff00000 | V | R | A | D);
    granted(&m, MMU_LOAD, 0x123450, 0x3ffd23450, 22);
    for (unsigned bit = 0; bit < 3; bit++) {
        static const uint64_t bits[3] = {D, A, U};
        put(&m, 0x80000000, pte(0x80001000, V | bits[bit]));
        put(&m, 0x80001000 + 4 * 0x123, pte(PAGE, V | R | A | D));
        page_fault(&m, MMU_LOAD, 0x123450, 13);
    }
}

/* Encodings of X, W, R that are leaves, against each kind of access without MXR. */
static void step8_permissions_of_each_encoding(void **state)
{
    (void)state;
    static const struct {
        uint64_t xwr;
        bool fetch, load, store;
    } rows[5] = {
        {R, false, true, false},    {R | W, false, true, true},    {X, true, false, false},
        {R | X, true, true, false}, {R | W | X, true, true, true},
    };
    for (unsigned i = 0; i < 5; i++) {
        struct machine m = machine_sv39();
        put(&m, PTE_0, pte(PAGE, V | rows[i].xwr | A | D));
        assert_int_equal(ask(&m, MMU_FETCH, VA), rows[i].fetch ? MMU_GRANTED : MMU_PAGE_FAULT);
        assert_int_equal(ask(&m, MMU_LOAD, VA), rows[i].load ? MMU_GRANTED : MMU_PAGE_FAULT);
        assert_int_equal(ask(&m, MMU_STORE, VA), rows[i].store ? MMU_GRANTED : MMU_PAGE_FAULT);
        assert_int_equal(ask(&m, MMU_AMO, VA), rows[i].store ? MMU_GRANTED : MMU_PAGE_FAULT);
    }
}

/* An AMO's page faults are always those of a store. */
static void step8_amo_on_an_unreadable_page_is_a_store_page_fault(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    put(&m, PTE_0, pte(PAGE, V | X | A | D));
    page_fault(&m, MMU_AMO, VA, 15);
    assert_true(m.answer.step[2].leaf);
}

/* sstatus.MXR: loads succeed from pages with R or X; nothing else changes. */
static void step8_mxr_makes_executable_pages_readable(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.mxr = true;
    put(&m, PTE_0, pte(PAGE, V | X | A | D));
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    page_fault(&m, MMU_STORE, VA, 15);
    page_fault(&m, MMU_AMO, VA, 15);
    put(&m, PTE_0, pte(PAGE, V | R | A | D));
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    page_fault(&m, MMU_FETCH, VA, 12);
}

/* U-mode reaches only pages with U=1. */
static void step6_u_mode_needs_u(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.privilege = MMU_U;
    m.context.sum = true;
    put(&m, PTE_0, pte(PAGE, V | R | W | X | A | D));
    page_fault(&m, MMU_FETCH, VA, 12);
    page_fault(&m, MMU_LOAD, VA, 13);
    page_fault(&m, MMU_STORE, VA, 15);
    page_fault(&m, MMU_AMO, VA, 15);
    m.context.sum = false;
    put(&m, PTE_0, pte(PAGE, V | R | W | X | U | A | D));
    granted(&m, MMU_FETCH, VA, 0x12345abc, 12);
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    granted(&m, MMU_AMO, VA, 0x12345abc, 12);
}

/* sstatus.SUM: S-mode accesses to pages with U fault unless it is set. */
static void step6_sum_lets_s_mode_access_user_pages(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    put(&m, PTE_0, pte(PAGE, V | R | W | X | U | A | D));
    page_fault(&m, MMU_LOAD, VA, 13);
    page_fault(&m, MMU_STORE, VA, 15);
    page_fault(&m, MMU_AMO, VA, 15);
    m.context.sum = true;
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    granted(&m, MMU_AMO, VA, 0x12345abc, 12);
}

/* S-mode never executes from a page with U=1, whatever SUM says. */
static void step6_s_mode_never_executes_user_pages(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    put(&m, PTE_0, pte(PAGE, V | R | W | X | U | A | D));
    page_fault(&m, MMU_FETCH, VA, 12);
    m.context.sum = true;
    page_fault(&m, MMU_FETCH, VA, 12);
}

/* SUM and MXR mean nothing without translation; nor has a leaf's permission a say in M-mode. */
static void steps6_and_8_do_not_concern_m_mode(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    put(&m, PTE_0, 0);
    m.context.privilege = MMU_M;
    granted(&m, MMU_LOAD, VA, VA, 0);
    m.context.sum = m.context.mxr = true;
    granted(&m, MMU_STORE, VA, VA, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(step3_v_clear_is_page_fault),
        cmocka_unit_test(step3_v_clear_makes_the_rest_dont_care),
        cmocka_unit_test(step3_w_without_r_is_page_fault),
        cmocka_unit_test(step3_d_a_u_in_a_pointer_are_page_faults),
        cmocka_unit_test(step3_bits_63_to_54_are_page_faults),
        cmocka_unit_test(step3_rsw_and_g_are_ignored),
        cmocka_unit_test(step3_sv32_has_no_high_reserved_bits),
        cmocka_unit_test(step8_permissions_of_each_encoding),
        cmocka_unit_test(step8_amo_on_an_unreadable_page_is_a_store_page_fault),
        cmocka_unit_test(step8_mxr_makes_executable_pages_readable),
        cmocka_unit_test(step6_u_mode_needs_u),
        cmocka_unit_test(step6_sum_lets_s_mode_access_user_pages),
        cmocka_unit_test(step6_s_mode_never_executes_user_pages),
        cmocka_unit_test(steps6_and_8_do_not_concern_m_mode),
    };
    return cmocka_run_group_tests_name("model: PTE", tests, NULL, NULL);
}

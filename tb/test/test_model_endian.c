// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: "Endianness Control in mstatus and mstatush Registers", for page
 * tables: SBE alone says in which order their bytes are. */
#include "model_machine.h"

/* The word that a little-endian machine reads where a big-endian one has stored `value`. */
static uint64_t big64(uint64_t value)
{
    return __builtin_bswap64(value);
}

static struct machine big_machine(void)
{
    struct machine m = machine_sv39();
    m.context.sbe = true;
    put(&m, PTE_2, big64(pte(0x80001000, V)));
    put(&m, PTE_1, big64(pte(0x80002000, V)));
    put(&m, PTE_0, big64(pte(PAGE, V | R | W | A | D)));
    return m;
}

/* SBE=1: pointers and leaves are big-endian; the answer shows them as PTEs. */
static void sbe_reverses_the_bytes_of_ptes(void **state)
{
    (void)state;
    struct machine m = big_machine();
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    assert_int_equal(m.bytes, 8);
    assert_int_equal(m.answer.step[0].pte, pte(0x80001000, V));
    assert_int_equal(m.answer.step[0].pte_pa, PTE_2);
    assert_int_equal(m.answer.step[1].pte, pte(0x80002000, V));
    assert_int_equal(m.answer.step[2].pte, pte(PAGE, V | R | W | A | D));
}

/* The order is SBE's at this moment: with the other one, the same tables say something else. */
static void sbe_alone_says_the_order(void **state)
{
    (void)state;
    struct machine m = big_machine();
    m.context.sbe = false;
    page_fault(&m, MMU_LOAD, VA, 13);
    m = machine_sv39();
    m.context.sbe = true;
    page_fault(&m, MMU_LOAD, VA, 13);
}

/* All 64 bits take part: the extensions' at the top, the PPN's in the middle. */
static void sbe_reverses_every_byte(void **state)
{
    (void)state;
    struct machine m = big_machine();
    m.config.svnapot = m.config.svpbmt = m.config.svrsw60t59b = m.context.pbmte = true;
    const uint64_t high = MMU_PTE_N | UINT64_C(1) << MMU_PTE_PBMT_SHIFT | MMU_PTE_SOFTWARE_60_59;
    put(&m, PTE_0, big64(pte(0x89674523c18000, V | R | A | high)));
    granted(&m, MMU_LOAD, VA, 0x89674523c13abc, 16);
    assert_int_equal(m.answer.memory_type, MMU_NC);
}

/* Sv32: four bytes. */
static void sbe_of_sv32_reverses_four_bytes(void **state)
{
    (void)state;
    struct machine m = {
        .config = {.xlen = 32, .levels = 2, .pa_bits = 34},
        .context = {.satp = 0x80300000, .privilege = MMU_S, .sbe = true, .adue = true},
        .size = 4,
    };
    put(&m, 0x300000c14, __builtin_bswap32((uint32_t)pte(0x300001000, V)));
    put(&m, 0x30000100c, __builtin_bswap32((uint32_t)pte(0x345678000, V | R)));
    granted(&m, MMU_LOAD, 0xc1403abc, 0x345678abc, 12);
    assert_int_equal(m.bytes, 4);
    assert_int_equal(*machine_word(&m, 0x30000100c),
                     __builtin_bswap32((uint32_t)pte(0x345678000, V | R | A)));
}

/* The A/D update compares and stores in the same order. */
static void sbe_updates_are_big_endian(void **state)
{
    (void)state;
    struct machine m = big_machine();
    m.context.adue = true;
    put(&m, PTE_0, big64(pte(PAGE, V | R | W)));
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    assert_int_equal(*machine_word(&m, PTE_0), big64(pte(PAGE, V | R | W | A)));
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    assert_int_equal(*machine_word(&m, PTE_0), big64(pte(PAGE, V | R | W | A | D)));
    assert_int_equal(m.swaps, 1);
}

/* So is the value that a lost race finds. */
static void sbe_value_found_is_big_endian(void **state)
{
    (void)state;
    struct machine m = big_machine();
    m.context.adue = true;
    put(&m, PTE_0, big64(pte(PAGE, V | R | W)));
    m.races = 1;
    m.race_value = big64(pte(0x54321000, V | R | W));
    granted(&m, MMU_STORE, VA, 0x54321abc, 12);
    assert_int_equal(m.swaps, 2);
    assert_int_equal(*machine_word(&m, PTE_0), big64(pte(0x54321000, V | R | W | A | D)));
    assert_int_equal(m.answer.step[2].pte, pte(0x54321000, V | R | W));
}

/* In U-mode, too, page tables go by SBE. */
static void sbe_holds_for_u_mode(void **state)
{
    (void)state;
    struct machine m = big_machine();
    put(&m, PTE_0, big64(pte(PAGE, V | R | U | A)));
    m.context.privilege = MMU_U;
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sbe_reverses_the_bytes_of_ptes),
        cmocka_unit_test(sbe_alone_says_the_order),
        cmocka_unit_test(sbe_reverses_every_byte),
        cmocka_unit_test(sbe_of_sv32_reverses_four_bytes),
        cmocka_unit_test(sbe_updates_are_big_endian),
        cmocka_unit_test(sbe_value_found_is_big_endian),
        cmocka_unit_test(sbe_holds_for_u_mode),
    };
    return cmocka_run_group_tests_name("model: big-endian page tables", tests, NULL, NULL);
}

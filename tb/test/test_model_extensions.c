// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: Svnapot, Svpbmt, Svrsw60t59b. */
#include "model_machine.h"

#define N MMU_PTE_N

static const uint64_t pte_at[3] = {PTE_2, PTE_1, PTE_0};

static uint64_t pbmt(unsigned type)
{
    return (uint64_t)type << MMU_PTE_PBMT_SHIFT;
}

static struct machine napot_machine(uint64_t leaf)
{
    struct machine m = machine_sv39();
    m.config.svnapot = true;
    put(&m, PTE_0, leaf);
    return m;
}

/* Svnapot: ppn[0][3:0] = 1000 is a 64 KiB region; the low four PPN bits come from the address. */
static void svnapot_64_kib_region(void **state)
{
    (void)state;
    for (uint64_t page = 0; page < 16; page++) {
        struct machine m = napot_machine(0);
        put(&m, PTE_0 - 8 * 3 + 8 * page, pte(0x12348000, V | R | W | A | D | N));
        uint64_t va = (VA & ~UINT64_C(0xffff)) | page << 12 | 0xabc;
        granted(&m, MMU_STORE, va, 0x12340abc | page << 12, 16);
        assert_int_equal(m.answer.step[2].pte, pte(0x12348000, V | R | W | A | D | N));
    }
}

/* Svnapot is of Sv39, Sv48 and Sv57 alike: 64 KiB at level 0. */
static void svnapot_in_every_mode(void **state)
{
    (void)state;
    for (uint64_t mode = 8; mode <= 10; mode++) {
        struct machine m = napot_machine(pte(0x12348000, V | R | A | N));
        m.context.satp = mode << 60 | (mode == 8 ? 0x80000 : mode == 9 ? 0x90000 : 0xa0000);
        put(&m, 0xa0000000, pte(0x90000000, V));
        put(&m, 0x90000000, pte(0x80000000, V));
        granted(&m, MMU_LOAD, VA, 0x12343abc, 16);
        assert_int_equal(m.answer.steps, mode - 5);
        put(&m, PTE_1, pte(0x12348000, V | R | A | N));
        page_fault(&m, MMU_LOAD, VA, 13);
    }
}

/* Svnapot: A and D are checked of the PTE at hand, and superpages stay what they are. */
static void svnapot_pte_without_a_is_page_fault(void **state)
{
    (void)state;
    struct machine m = napot_machine(pte(0x12348000, V | R | W | N));
    page_fault(&m, MMU_LOAD, VA, 13);
    put(&m, PTE_0, pte(0x12348000, V | R | W | A | N));
    page_fault(&m, MMU_STORE, VA, 15);
    put(&m, PTE_1, pte(0x1c0200000, V | R | A));
    granted(&m, MMU_LOAD, VA, 0x1c0203abc, 21);
}

/* The whole PPN of a NAPOT page counts, and so does the physical address width. */
static void svnapot_beyond_the_width_is_access_fault(void **state)
{
    (void)state;
    struct machine m = napot_machine(pte(0xffffffffff8000, V | R | A | N));
    granted(&m, MMU_LOAD, VA, 0xffffffffff3abc, 16);
    m.config.pa_bits = 55;
    access_fault(&m, MMU_LOAD, VA, 5);
}

/* Svnapot: a reserved encoding of N and PPN is a page fault. */
static void svnapot_reserved_sizes_are_page_faults(void **state)
{
    (void)state;
    for (uint64_t low = 0; low < 16; low++) {
        if (low == 8)
            continue;
        struct machine m = napot_machine(pte(0x12340000 | low << 12, V | R | A | D | N));
        page_fault(&m, MMU_LOAD, VA, 13);
        assert_false(m.answer.step[2].leaf);
    }
}

/* The same table: i >= 1 is reserved, in a leaf and in a pointer, whatever the PPN. */
static void svnapot_n_above_level_0_is_page_fault(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct machine m = napot_machine(0);
        put(&m, pte_at[i], pte(0x1c0000000, V | R | A | D | N));
        page_fault(&m, MMU_LOAD, VA, 13);
        put(&m, pte_at[i], pte(0x1c0008000, V | R | A | D | N));
        page_fault(&m, MMU_LOAD, VA, 13);
        m = napot_machine(pte(PAGE, V | R | A | D));
        *machine_word(&m, pte_at[i]) |= N;
        page_fault(&m, MMU_LOAD, VA, 13);
    }
}

/* Sv39: without Svnapot, bit 63 is reserved like those below it. */
static void svnapot_absent_n_is_page_fault(void **state)
{
    (void)state;
    struct machine m = napot_machine(pte(0x12348000, V | R | A | D | N));
    granted(&m, MMU_LOAD, VA, 0x12343abc, 16);
    m.config.svnapot = false;
    page_fault(&m, MMU_LOAD, VA, 13);
}

/* Svnapot changes what reads of the PTE return, not what the A/D update compares and stores. */
static void svnapot_update_writes_the_pte_itself(void **state)
{
    (void)state;
    struct machine m = napot_machine(pte(0x12348000, V | R | W | N));
    m.context.adue = true;
    granted(&m, MMU_STORE, VA, 0x12343abc, 16);
    assert_int_equal(*machine_word(&m, PTE_0), pte(0x12348000, V | R | W | A | D | N));
}

static struct machine pbmt_machine(void)
{
    struct machine m = machine_sv39();
    m.config.svpbmt = true;
    m.context.pbmte = true;
    return m;
}

/* Svpbmt: encodings of a leaf's PBMT; 3 is reserved, a page fault. */
static void svpbmt_types_of_a_leaf(void **state)
{
    (void)state;
    static const enum mmu_memory_type types[3] = {MMU_PMA, MMU_NC, MMU_IO};
    struct machine m = pbmt_machine();
    for (unsigned type = 0; type < 3; type++) {
        put(&m, PTE_0, pte(PAGE, V | R | W | A | D | pbmt(type)));
        granted(&m, MMU_STORE, VA, 0x12345abc, 12);
        assert_int_equal(m.answer.memory_type, types[type]);
    }
    put(&m, PTE_0, pte(PAGE, V | R | W | A | D | pbmt(3)));
    page_fault(&m, MMU_STORE, VA, 15);
    put(&m, PTE_1, pte(0x1c0200000, V | R | A | D | pbmt(2)));
    granted(&m, MMU_LOAD, VA, 0x1c0203abc, 21);
    assert_int_equal(m.answer.memory_type, MMU_IO);
}

/* Svpbmt: in a pointer, bits 62 and 61 are reserved, a page fault. */
static void svpbmt_in_a_pointer_is_page_fault(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++)
        for (unsigned type = 1; type < 4; type++) {
            struct machine m = pbmt_machine();
            *machine_word(&m, pte_at[i]) |= pbmt(type);
            page_fault(&m, MMU_LOAD, VA, 13);
        }
}

/* menvcfg: PBMTE=0 takes Svpbmt away, and its bits are reserved again. */
static void svpbmt_absent_or_disabled_is_page_fault(void **state)
{
    (void)state;
    for (unsigned type = 1; type < 4; type++) {
        struct machine m = pbmt_machine();
        put(&m, PTE_0, pte(PAGE, V | R | A | D | pbmt(type)));
        m.context.pbmte = false;
        page_fault(&m, MMU_LOAD, VA, 13);
        m.context.pbmte = true;
        m.config.svpbmt = false;
        page_fault(&m, MMU_LOAD, VA, 13);
    }
}

/* Svpbmt is a property of a leaf: without translation there is none. */
static void svpbmt_without_translation_is_pma(void **state)
{
    (void)state;
    struct machine m = pbmt_machine();
    m.context.satp = 0;
    granted(&m, MMU_LOAD, VA, VA, 0);
    assert_int_equal(m.answer.memory_type, MMU_PMA);
}

/* Svrsw60t59b: bits 60 and 59 mean nothing to hardware, in pointers as in leaves; the bits below
 * them stay reserved. */
static void svrsw60t59b_bits_are_ignored(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (unsigned bit = 54; bit < 64; bit++) {
            struct machine m = machine_sv39();
            m.config.svrsw60t59b = true;
            *machine_word(&m, pte_at[i]) |= UINT64_C(1) << bit;
            if (bit == 59 || bit == 60)
                granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
            else
                page_fault(&m, MMU_LOAD, VA, 13);
        }
}

/* Svnapot, Svpbmt and Svrsw60t59b together, in one PTE. */
static void extensions_combine(void **state)
{
    (void)state;
    struct machine m =
        napot_machine(pte(0x12348000, V | R | A | D | N | pbmt(1) | MMU_PTE_SOFTWARE_60_59));
    m.config.svpbmt = m.config.svrsw60t59b = true;
    m.context.pbmte = true;
    granted(&m, MMU_LOAD, VA, 0x12343abc, 16);
    assert_int_equal(m.answer.memory_type, MMU_NC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(svnapot_64_kib_region),
        cmocka_unit_test(svnapot_in_every_mode),
        cmocka_unit_test(svnapot_pte_without_a_is_page_fault),
        cmocka_unit_test(svnapot_beyond_the_width_is_access_fault),
        cmocka_unit_test(svnapot_reserved_sizes_are_page_faults),
        cmocka_unit_test(svnapot_n_above_level_0_is_page_fault),
        cmocka_unit_test(svnapot_absent_n_is_page_fault),
        cmocka_unit_test(svnapot_update_writes_the_pte_itself),
        cmocka_unit_test(svpbmt_types_of_a_leaf),
        cmocka_unit_test(svpbmt_in_a_pointer_is_page_fault),
        cmocka_unit_test(svpbmt_absent_or_disabled_is_page_fault),
        cmocka_unit_test(svpbmt_without_translation_is_pma),
        cmocka_unit_test(svrsw60t59b_bits_are_ignored),
        cmocka_unit_test(extensions_combine),
    };
    return cmocka_run_group_tests_name("model: extensions", tests, NULL, NULL);
}

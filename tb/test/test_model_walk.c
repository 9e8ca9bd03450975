// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: satp, "Virtual Address Translation Process" steps 1, 2, 4, 5 and 10,
 * and what Sv32, Sv39, Sv48 and Sv57 say of themselves. */
#include "model_machine.h"

/* "satp": MODE=Bare, supervisor virtual addresses equal physical ones. */
static void satp_bare_is_identity(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.satp = 0;
    granted(&m, MMU_STORE, 0xfedcba98765438, 0xfedcba98765438, 0);
    assert_int_equal(m.answer.steps, 0);
    assert_int_equal(m.reads, 0);
    assert_false(m.answer.global);
}

/* "satp": active in S-mode and U-mode only, so M-mode is not translated. */
static void satp_is_inactive_in_m_mode(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.privilege = MMU_M;
    granted(&m, MMU_FETCH, VA, VA, 0);
    assert_int_equal(m.reads, 0);
}

/* "satp": encoding of MODE; a MODE of more levels than exist cannot be held. */
static void satp_mode_selects_levels(void **state)
{
    (void)state;
    struct mmu_config all = {.xlen = 64, .levels = 5, .pa_bits = 56};
    struct mmu_config sv39 = {.xlen = 64, .levels = 3, .pa_bits = 56};
    struct mmu_config sv32 = {.xlen = 32, .levels = 2, .pa_bits = 34};
    static const unsigned levels[16] = {[8] = 3, [9] = 4, [10] = 5};

    for (unsigned mode = 0; mode < 16; mode++) {
        assert_int_equal(mmu_satp_levels(&all, (uint64_t)mode << 60 | 1), levels[mode]);
        assert_int_equal(mmu_satp_levels(&sv39, (uint64_t)mode << 60 | 1), mode == 8 ? 3 : 0);
    }
    assert_int_equal(mmu_satp_levels(&sv32, 0x7fffffff), 0);
    assert_int_equal(mmu_satp_levels(&sv32, 0x80000000), 2);
}

/* "satp": ASID has 16 bits above 44 of PPN, or 9 above 22. */
static void satp_asid_field(void **state)
{
    (void)state;
    struct mmu_config xlen64 = {.xlen = 64, .levels = 5, .pa_bits = 56};
    struct mmu_config xlen32 = {.xlen = 32, .levels = 2, .pa_bits = 34};
    assert_int_equal(mmu_satp_asid(&xlen64, 0x8abcdfffffffffff), 0xabcd);
    assert_int_equal(mmu_satp_asid(&xlen64, 0x80000fffffffffff), 0);
    assert_int_equal(mmu_satp_asid(&xlen32, 0xd57fffff), 0x155);
    assert_int_equal(mmu_satp_asid(&xlen32, 0x803fffff), 0);
}

/* Step 1: the root is satp.PPN; the ASID above it is no part of an address. */
static void step1_root_is_satp_ppn(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.satp |= UINT64_C(0xffff) << 44;
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    assert_int_equal(m.answer.step[0].pte_pa, 0x80000008);
}

/* Step 2: each PTE is at a + vpn[i] * PTESIZE, read with PTESIZE bytes, and recorded. */
static void step2_reads_one_pte_a_level(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    assert_int_equal(m.reads, 3);
    assert_int_equal(m.bytes, 8);
    assert_int_equal(m.answer.steps, 3);
    static const uint64_t at[3] = {0x80000008, 0x80001010, 0x80002018};
    static const uint64_t value[3] = {0x20000401, 0x20000801, 0x48d14c7};
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(m.answer.step[i].pte_pa, at[i]);
        assert_int_equal(m.answer.step[i].pte, value[i]);
        assert_int_equal(m.answer.step[i].level, 2 - i);
        assert_int_equal(m.answer.step[i].leaf, i == 2);
    }
}

/* Step 2: a PTE access that violates PMA is an access fault of the original access's kind, at every
 * level. */
static void step2_pma_violation_is_access_fault_of_the_access(void **state)
{
    (void)state;
    static const uint64_t at[3] = {PTE_2, PTE_1, PTE_0};
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = machine_sv39();
        m.broken_pa = at[i];
        access_fault(&m, MMU_FETCH, VA, 1);
        access_fault(&m, MMU_LOAD, VA, 5);
        access_fault(&m, MMU_STORE, VA, 7);
        access_fault(&m, MMU_AMO, VA, 7);
        assert_int_equal(m.answer.steps, i + 1);
        assert_int_equal(m.answer.step[i].pte, 0);
    }
}

/* Note to the process: high-order PPN bits are not ignored. A table beyond the physical address
 * width is an access fault without a read. */
static void step2_table_beyond_the_width_is_access_fault(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.config.pa_bits = 40;
    put(&m, PTE_1, pte(0x10080002000, V));
    access_fault(&m, MMU_LOAD, VA, 5);
    assert_int_equal(m.reads, 2);
    assert_int_equal(m.answer.steps, 2 + 1);
    assert_int_equal(m.answer.step[2].pte_pa, 0x10080002018);

    m = machine_sv39();
    m.config.pa_bits = 32;
    m.context.satp = UINT64_C(8) << 60 | 0x100000;
    access_fault(&m, MMU_FETCH, VA, 1);
    assert_int_equal(m.reads, 0);
}

/* Step 4: a pointer at level 0 leads to i < 0. */
static void step4_pointer_at_the_last_level_is_page_fault(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    put(&m, PTE_0, pte(PAGE, V));
    page_fault(&m, MMU_FETCH, VA, 12);
    page_fault(&m, MMU_LOAD, VA, 13);
    page_fault(&m, MMU_STORE, VA, 15);
    page_fault(&m, MMU_AMO, VA, 15);
    assert_int_equal(m.answer.steps, 3);
    assert_false(m.answer.step[2].leaf);
}

/* Step 5: any PPN bit below the superpage's size makes it misaligned. */
static void step5_misaligned_superpage_is_page_fault(void **state)
{
    (void)state;
    for (unsigned bit = 12; bit < 30; bit++) {
        struct machine m = machine_sv39();
        put(&m, PTE_2, pte(0x1c0000000 | UINT64_C(1) << bit, V | R | A | D));
        page_fault(&m, MMU_LOAD, VA, 13);
        assert_false(m.answer.step[0].leaf);
    }
    for (unsigned bit = 12; bit < 21; bit++) {
        struct machine m = machine_sv39();
        put(&m, PTE_1, pte(0x1c0000000 | UINT64_C(1) << bit, V | R | A | D));
        page_fault(&m, MMU_LOAD, VA, 13);
    }
}

/* Step 10: a leaf may stand at any level; Sv39 has pages of 4 KiB, 2 MiB and 1 GiB. */
static void step10_sv39_superpages(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    put(&m, PTE_1, pte(0x1c0200000, V | R | A | D));
    granted(&m, MMU_LOAD, VA, 0x1c0203abc, 21);
    put(&m, PTE_2, pte(0x1c0000000, V | R | A | D));
    granted(&m, MMU_LOAD, VA, 0x1c0403abc, 30);
    assert_int_equal(m.answer.steps, 1);
    assert_true(m.answer.step[0].leaf);
}

/* Step 10: the highest PPN that a PTE holds, 56 bits of address. */
static void step10_whole_ppn(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    put(&m, PTE_0, pte(0xfffffffffff000, V | R | A | D));
    granted(&m, MMU_LOAD, VA, 0xfffffffffffabc, 12);
}

/* Note to the process: an access beyond the physical address width is an access fault, with and
 * without translation. */
static void step10_address_beyond_the_width_is_access_fault(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.config.pa_bits = 40;
    put(&m, PTE_0, pte(0x10000000000, V | R | X | A | D));
    access_fault(&m, MMU_LOAD, VA, 5);
    access_fault(&m, MMU_FETCH, VA, 1);
    put(&m, PTE_0, pte(0xfffffff000, V | R | W | A | D));
    granted(&m, MMU_STORE, VA, 0xfffffffabc, 12);
    m.context.satp = 0;
    granted(&m, MMU_AMO, 0xfffffffff8, 0xfffffffff8, 0);
    access_fault(&m, MMU_AMO, 0x10000000000, 7);
}

/* The same at every width there is, for Bare, pointers, and leaves of every size: bit `pa_bits` of
 * the address is one too many. */
static void every_width_is_kept(void **state)
{
    (void)state;
    for (unsigned width = 32; width < 56; width++) {
        struct machine m = machine_sv39();
        uint64_t beyond = UINT64_C(1) << width, top = UINT64_C(1) << (width - 1);
        m.config.pa_bits = width;
        put(&m, PTE_0, pte(PAGE | beyond, V | R | A));
        access_fault(&m, MMU_LOAD, VA, 5);
        put(&m, PTE_0, pte(PAGE | top, V | R | A));
        granted(&m, MMU_LOAD, VA, 0x12345abc | top, 12);
        put(&m, PTE_1, pte(beyond, V));
        access_fault(&m, MMU_LOAD, VA, 5);
        put(&m, PTE_1, pte(beyond, V | R | A));
        access_fault(&m, MMU_LOAD, VA, 5);
        put(&m, PTE_2, pte(beyond, V | R | A));
        access_fault(&m, MMU_LOAD, VA, 5);
        put(&m, PTE_2, pte(top, V | R | A));
        granted(&m, MMU_LOAD, VA, 0x403abc | top, 30);
        m.context.satp = UINT64_C(8) << 60 | beyond >> 12;
        access_fault(&m, MMU_LOAD, VA, 5);
        assert_int_equal(m.reads, 0);
        m.context.satp = 0;
        access_fault(&m, MMU_LOAD, beyond | VA, 5);
        granted(&m, MMU_LOAD, top | VA, top | VA, 0);
    }
}

/* A superpage may reach beyond the width: there, its addresses are access faults. */
static void superpage_across_the_width(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.satp = UINT64_C(9) << 60 | 0x90000;
    m.config.pa_bits = 36;
    put(&m, 0x90000000, pte(0, V | R | A)); /* 512 GiB */
    granted(&m, MMU_LOAD, 0xffffffabc, 0xffffffabc, 39);
    access_fault(&m, MMU_LOAD, 0x1000000abc, 5);
}

/* "Addressing and Memory Protection", G: set in the leaf, or in a pointer for all below it. */
static void global_in_a_pointer_covers_what_is_below(void **state)
{
    (void)state;
    static const uint64_t at[3] = {PTE_2, PTE_1, PTE_0};
    struct machine m = machine_sv39();
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    assert_false(m.answer.global);
    for (unsigned i = 0; i < 3; i++) {
        m = machine_sv39();
        *machine_word(&m, at[i]) |= G;
        granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
        assert_true(m.answer.global);
    }
}

/* Sv39: address bits 63 to 39 equal bit 38, else a page fault. */
static void sv39_non_canonical_address_is_page_fault(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    for (unsigned bit = 38; bit < 64; bit++) {
        page_fault(&m, MMU_LOAD, VA | UINT64_C(1) << bit, 13);
        assert_int_equal(m.reads, 0);
        assert_int_equal(m.answer.steps, 0);
    }
    /* vpn[2] = 256, the first of the upper half: bits 63-38 all set. */
    put(&m, 0x80000800, pte(0x1c0000000, V | R | A | D));
    granted(&m, MMU_LOAD, 0xffffffc012345678, 0x1d2345678, 30);
    page_fault(&m, MMU_LOAD, 0x0000004012345678, 13);
    page_fault(&m, MMU_FETCH, 0x7fffffc012345678, 12);
    page_fault(&m, MMU_STORE, 0xffffff8012345678, 15);
}

/* Sv48 and Sv57: bits above 47 and 56 equal those. */
static void sv48_and_sv57_canonical_addresses(void **state)
{
    (void)state;
    struct mmu_config config = {.xlen = 64, .levels = 5, .pa_bits = 56};
    assert_true(mmu_canonical(&config, 3, 0x0000003fffffffff));
    assert_false(mmu_canonical(&config, 3, 0x0000004000000000));
    assert_true(mmu_canonical(&config, 3, 0xffffffc000000000));
    assert_true(mmu_canonical(&config, 4, 0x00007fffffffffff));
    assert_false(mmu_canonical(&config, 4, 0x0000800000000000));
    assert_true(mmu_canonical(&config, 4, 0xffff800000000000));
    assert_false(mmu_canonical(&config, 4, 0xffff7fffffffffff));
    assert_true(mmu_canonical(&config, 5, 0x00ffffffffffffff));
    assert_false(mmu_canonical(&config, 5, 0x0100000000000000));
    assert_true(mmu_canonical(&config, 5, 0xff00000000000000));
    assert_false(mmu_canonical(&config, 5, 0x7f00000000000000));
    assert_true(mmu_canonical(&config, 0, 0x8000000000000001));
}

/* Sv48: LEVELS equals 4; 512 GiB terapages. */
static void sv48_walks_four_levels(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.satp = UINT64_C(9) << 60 | 0x90000;
    put(&m, 0x90000000 + 8 * 0x1a5, pte(0x80000000, V)); /* vpn[3] = 0x1a5 */
    granted(&m, MMU_LOAD, 0xffffd28040403abc, 0x12345abc, 12);
    assert_int_equal(m.answer.steps, 4);
    put(&m, 0x90000000 + 8 * 0x1a5, pte(0xaa8000000000, V | R | A | D));
    granted(&m, MMU_LOAD, 0xffffd28040403abc, 0xaa8040403abc, 39);
    put(&m, 0x90000000 + 8 * 0x1a5, pte(0xaa8040000000, V | R | A | D));
    page_fault(&m, MMU_LOAD, 0xffffd28040403abc, 13);
}

/* Sv57: LEVELS equals 5; 256 TiB petapages. */
static void sv57_walks_five_levels(void **state)
{
    (void)state;
    struct machine m = machine_sv39();
    m.context.satp = UINT64_C(10) << 60 | 0xa0000;
    put(&m, 0xa0000000 + 8 * 0x0c3, pte(0x90000000, V)); /* vpn[4] = 0xc3 */
    put(&m, 0x90000000 + 8 * 0x1a5, pte(0x80000000, V)); /* vpn[3] = 0x1a5 */
    granted(&m, MMU_LOAD, 0x00c3d28040403abc, 0x12345abc, 12);
    assert_int_equal(m.answer.steps, 5);
    put(&m, 0xa0000000 + 8 * 0x0c3, pte(0x7000000000000, V | R | A | D));
    granted(&m, MMU_LOAD, 0x00c3d28040403abc, 0x7d28040403abc, 48);
    put(&m, 0xa0000000 + 8 * 0x0c3, pte(0x7008000000000, V | R | A | D));
    page_fault(&m, MMU_LOAD, 0x00c3d28040403abc, 13);
}

/* Sv32: two levels of ten bits, PTEs of four bytes, 34 bits of physical address, 4 MiB megapages.
 */
static void sv32_walks_two_levels(void **state)
{
    (void)state;
    struct machine m = {
        .config = {.xlen = 32, .levels = 2, .pa_bits = 34},
        .context = {.satp = 0x80000000 | 0x155 << 22 | 0x300000, .privilege = MMU_S},
        .size = 4,
    };
    /* va 0xc1403abc: vpn[1] = 0x305, vpn[0] = 0x003 */
    put(&m, 0x300000c14, pte(0x300001000, V));
    put(&m, 0x30000100c, pte(0x3fffff000, V | R | A | D));
    granted(&m, MMU_LOAD, 0xc1403abc, 0x3fffffabc, 12);
    assert_int_equal(m.bytes, 4);
    assert_int_equal(m.answer.steps, 2);
    put(&m, 0x300000c14, pte(0x3ffc00000, V | R | A | D));
    granted(&m, MMU_LOAD, 0xc1403abc, 0x3ffc03abc, 22);
    for (unsigned bit = 12; bit < 22; bit++) {
        put(&m, 0x300000c14, pte(0x3ffc00000 | UINT64_C(1) << bit, V | R | A | D));
        page_fault(&m, MMU_LOAD, 0xc1403abc, 13);
    }
    m.context.satp = 0;
    granted(&m, MMU_LOAD, 0xc1403abc, 0xc1403abc, 0);
}

/* Sv32: an implementation with fewer than 34 bits. */
static void sv32_address_beyond_the_width_is_access_fault(void **state)
{
    (void)state;
    struct machine m = {
        .config = {.xlen = 32, .levels = 2, .pa_bits = 32},
        .context = {.satp = 0x80080000, .privilege = MMU_S},
        .size = 4,
    };
    put(&m, 0x80000c14, pte(0x100000000, V | R | A | D));
    access_fault(&m, MMU_LOAD, 0xc1403abc, 5);
    put(&m, 0x80000c14, pte(0x100000000, V));
    access_fault(&m, MMU_STORE, 0xc1403abc, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(satp_bare_is_identity),
        cmocka_unit_test(satp_is_inactive_in_m_mode),
        cmocka_unit_test(satp_mode_selects_levels),
        cmocka_unit_test(satp_asid_field),
        cmocka_unit_test(step1_root_is_satp_ppn),
        cmocka_unit_test(step2_reads_one_pte_a_level),
        cmocka_unit_test(step2_pma_violation_is_access_fault_of_the_access),
        cmocka_unit_test(step2_table_beyond_the_width_is_access_fault),
        cmocka_unit_test(step4_pointer_at_the_last_level_is_page_fault),
        cmocka_unit_test(step5_misaligned_superpage_is_page_fault),
        cmocka_unit_test(step10_sv39_superpages),
        cmocka_unit_test(step10_whole_ppn),
        cmocka_unit_test(step10_address_beyond_the_width_is_access_fault),
        cmocka_unit_test(every_width_is_kept),
        cmocka_unit_test(superpage_across_the_width),
        cmocka_unit_test(global_in_a_pointer_covers_what_is_below),
        cmocka_unit_test(sv39_non_canonical_address_is_page_fault),
        cmocka_unit_test(sv48_and_sv57_canonical_addresses),
        cmocka_unit_test(sv48_walks_four_levels),
        cmocka_unit_test(sv57_walks_five_levels),
        cmocka_unit_test(sv32_walks_two_levels),
        cmocka_unit_test(sv32_address_beyond_the_width_is_access_fault),
    };
    return cmocka_run_group_tests_name("model: walk", tests, NULL, NULL);
}

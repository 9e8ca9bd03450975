// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: "Pointer Masking Extensions". */
#include "model_machine.h"

#include "mmu_pmp.h"

#define TAG7  UINT64_C(0x7e00000000000000) /* bits of the upper seven */
#define TAG16 UINT64_C(0xabcd000000000000) /* bits of the upper sixteen */

static uint64_t transform(struct machine *m, enum mmu_access access, uint64_t va)
{
    struct mmu_request request = {.va = va, .access = access, .size = m->size};
    return mmu_transform(&m->config, &m->context, &request);
}

static struct machine masking_machine(unsigned pmlen)
{
    struct machine m = machine_sv39();
    m.context.pmlen = pmlen;
    return m;
}

/* "Example": Sv57, PMLEN=7, for a virtual and for a physical address. */
static void example_of_the_chapter(void **state)
{
    (void)state;
    struct machine m = masking_machine(7);
    m.context.satp = UINT64_C(10) << 60 | 0x80000;
    assert_int_equal(transform(&m, MMU_LOAD, 0xabffffff12345678), 0xffffffff12345678);
    m.context.satp = 0;
    assert_int_equal(transform(&m, MMU_LOAD, 0xabffffff12345678), 0x01ffffff12345678);
}

/* "Ignore" of virtual addresses: each of the upper PMLEN bits becomes bit XLEN-PMLEN-1, and nothing
 * below changes. */
static void ignore_sign_extends_virtual_addresses(void **state)
{
    (void)state;
    static const unsigned lengths[2] = {7, 16};
    for (unsigned i = 0; i < 2; i++) {
        struct machine m = masking_machine(lengths[i]);
        unsigned sign = 63 - lengths[i];
        uint64_t lower = (UINT64_C(1) << sign) - 1, upper = ~lower;
        for (unsigned bit = sign + 1; bit < 64; bit++) {
            assert_int_equal(transform(&m, MMU_LOAD, VA | UINT64_C(1) << bit), VA);
            assert_int_equal(transform(&m, MMU_LOAD, (upper | VA) ^ UINT64_C(1) << bit),
                             upper | VA);
        }
        assert_int_equal(transform(&m, MMU_LOAD, UINT64_C(1) << sign), upper);
        assert_int_equal(transform(&m, MMU_LOAD, lower), lower);
    }
}

/* "Ignore" of physical addresses: zeros, in M-mode and in other modes with Bare. */
static void ignore_zero_extends_physical_addresses(void **state)
{
    (void)state;
    static const enum mmu_privilege privileges[3] = {MMU_U, MMU_S, MMU_M};
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = masking_machine(16);
        m.context.privilege = privileges[i];
        if (privileges[i] != MMU_M)
            m.context.satp = 0;
        granted(&m, MMU_STORE, TAG16 | 0x800000000000, 0x800000000000, 0);
        m.context.pmlen = 7;
        granted(&m, MMU_STORE, TAG7 | 0x80000000000000, 0x80000000000000, 0);
        access_fault_tval(&m, MMU_STORE, TAG7 | 0x100000000000000, 7, 0x100000000000000);
    }
}

/* "Determining the Value of PMLEN": without masking no bit is ignored. */
static void pmlen_0_ignores_nothing(void **state)
{
    (void)state;
    struct machine m = masking_machine(0);
    page_fault(&m, MMU_LOAD, UINT64_C(1) << 63 | VA, 13);
    m.context.satp = 0;
    access_fault(&m, MMU_LOAD, UINT64_C(1) << 63 | VA, 5);
    granted(&m, MMU_LOAD, VA, VA, 0);
}

/* "Address validity" is judged of what is left: with PMLEN=16, Sv39 still compares bits 47 to 39
 * with bit 38. */
static void validity_of_the_transformed_address(void **state)
{
    (void)state;
    struct machine m = masking_machine(16);
    granted(&m, MMU_LOAD, TAG16 | VA, 0x12345abc, 12);
    for (unsigned bit = 39; bit < 48; bit++)
        assert_int_equal(ask(&m, MMU_LOAD, VA | UINT64_C(1) << bit), MMU_PAGE_FAULT);
    for (unsigned bit = 48; bit < 64; bit++)
        granted(&m, MMU_LOAD, VA | UINT64_C(1) << bit, 0x12345abc, 12);
    m.context.pmlen = 7;
    for (unsigned bit = 39; bit < 57; bit++)
        assert_int_equal(ask(&m, MMU_LOAD, VA | UINT64_C(1) << bit), MMU_PAGE_FAULT);
    for (unsigned bit = 57; bit < 64; bit++)
        granted(&m, MMU_LOAD, VA | UINT64_C(1) << bit, 0x12345abc, 12);
}

/* VBITS may be masked: in Sv57 with PMLEN=16 bit 47 stands for bits 56 to 48. */
static void masked_bits_that_address_memory(void **state)
{
    (void)state;
    struct machine m = masking_machine(16);
    m.context.satp = UINT64_C(10) << 60 | 0xa0000;
    /* va 0xffff800040403abc: vpn[4] = 0x1ff, vpn[3] = 0x100 */
    put(&m, 0xa0000000 + 8 * 0x1ff, pte(0x90000000, V));
    put(&m, 0x90000000 + 8 * 0x100, pte(0x80000000, V));
    granted(&m, MMU_LOAD, 0x0000800040403abc, 0x12345abc, 12);
    granted(&m, MMU_LOAD, 0x1234800040403abc, 0x12345abc, 12);
    m.context.pmlen = 7;
    page_fault(&m, MMU_LOAD, 0x0000800040403abc, 13);
}

/* "Memory Accesses Subject to Pointer Masking": every explicit one, of whatever kind: loads,
 * stores, AMOs, shadow-stack instructions, cache-management operations. */
static void every_explicit_access_is_masked(void **state)
{
    (void)state;
    struct machine m = masking_machine(7);
    for (enum mmu_access access = MMU_LOAD; access < MMU_ACCESSES; access++)
        assert_int_equal(transform(&m, access, TAG7 | VA), VA);
}

/* Implicit accesses are not: instruction fetches, translated or not. */
static void fetches_are_not_masked(void **state)
{
    (void)state;
    struct machine m = masking_machine(16);
    put(&m, PTE_0, pte(PAGE, V | R | X | A));
    granted(&m, MMU_FETCH, VA, 0x12345abc, 12);
    page_fault(&m, MMU_FETCH, TAG16 | VA, 12);
    m.context.satp = 0;
    access_fault(&m, MMU_FETCH, TAG16 | VA, 1);
    m.context.privilege = MMU_M;
    access_fault(&m, MMU_FETCH, TAG16 | VA, 1);
}

/* Nor are page-table walks, nor what they result in: physical address bits 55 to 48 stay. */
static void walks_are_not_masked(void **state)
{
    (void)state;
    struct machine m = masking_machine(16);
    put(&m, PTE_1, pte(0xff000080002000, V));
    put(&m, PTE_0 | 0xff000000000000, pte(0xfe000012345000, V | R | A));
    granted(&m, MMU_LOAD, TAG16 | VA, 0xfe000012345abc, 12);
    assert_int_equal(m.answer.step[2].pte_pa, 0xff000080002018);
}

/* MXR in effect switches masking off, for every kind of access, with translation and with Bare. */
static void mxr_switches_masking_off(void **state)
{
    (void)state;
    static const enum mmu_privilege privileges[2] = {MMU_U, MMU_S};
    for (unsigned i = 0; i < 2; i++) {
        struct machine m = masking_machine(7);
        m.context.privilege = privileges[i];
        m.context.mxr = true;
        page_fault(&m, MMU_LOAD, TAG7 | VA, 13);
        page_fault(&m, MMU_STORE, TAG7 | VA, 15);
        m.context.satp = 0;
        access_fault(&m, MMU_LOAD, TAG7 | VA, 5);
        access_fault(&m, MMU_STORE, TAG7 | VA, 7);
        m.context.mxr = false;
        granted(&m, MMU_LOAD, TAG7 | VA, VA, 0);
    }
}

/* In M-mode MXR is not in effect. */
static void mxr_does_not_concern_m_mode(void **state)
{
    (void)state;
    struct machine m = masking_machine(7);
    m.context.privilege = MMU_M;
    m.context.mxr = true;
    granted(&m, MMU_LOAD, TAG7 | VA, VA, 0);
}

/* Hardware writes the transformed address to stval; of a fetch, the address itself. */
static void tval_is_the_transformed_address(void **state)
{
    (void)state;
    struct machine m = masking_machine(7);
    put(&m, PTE_0, 0);
    page_fault_tval(&m, MMU_LOAD, TAG7 | VA, 13, VA);
    page_fault_tval(&m, MMU_CBO_ZERO, TAG7 | VA, 15, VA);
    page_fault(&m, MMU_FETCH, TAG7 | VA, 12);
    /* An address that is not valid, too. */
    page_fault_tval(&m, MMU_AMO, TAG7 | UINT64_C(1) << 40, 15, UINT64_C(1) << 40);
    page_fault_tval(&m, MMU_AMO, UINT64_C(1) << 56, 15, UINT64_C(0xff) << 56);
    m.broken_pa = PTE_2;
    access_fault_tval(&m, MMU_STORE, TAG7 | VA, 7, VA);
}

/* "Ignore" of physical addresses: the zeros are what PMP sees. */
static void pmp_sees_the_transformed_address(void **state)
{
    (void)state;
    struct machine m = masking_machine(7);
    struct mmu_pmp pmp = {.cfg = {MMU_PMP_NA4 << MMU_PMP_A_SHIFT | MMU_PMP_R},
                          .addr = {0x80001000 >> 2}};
    m.config.pmp_entries = 1;
    m.context.pmp = &pmp;
    m.context.satp = 0;
    m.size = 4;
    granted(&m, MMU_LOAD, TAG7 | 0x80001000, 0x80001000, 0);
    access_fault_tval(&m, MMU_STORE, TAG7 | 0x80001000, 7, 0x80001000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example_of_the_chapter),
        cmocka_unit_test(ignore_sign_extends_virtual_addresses),
        cmocka_unit_test(ignore_zero_extends_physical_addresses),
        cmocka_unit_test(pmlen_0_ignores_nothing),
        cmocka_unit_test(validity_of_the_transformed_address),
        cmocka_unit_test(masked_bits_that_address_memory),
        cmocka_unit_test(every_explicit_access_is_masked),
        cmocka_unit_test(fetches_are_not_masked),
        cmocka_unit_test(walks_are_not_masked),
        cmocka_unit_test(mxr_switches_masking_off),
        cmocka_unit_test(mxr_does_not_concern_m_mode),
        cmocka_unit_test(tval_is_the_transformed_address),
        cmocka_unit_test(pmp_sees_the_transformed_address),
    };
    return cmocka_run_group_tests_name("model: pointer masking", tests, NULL, NULL);
}

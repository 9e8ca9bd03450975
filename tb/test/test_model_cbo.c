// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: what "Cache Management Operations" say of translation and protection
 * ("Page-Fault, Guest-Page-Fault, and Access-Fault Exceptions"), for Zicbom, Zicboz and Zicbop. */
#include "model_machine.h"

#include "mmu_pmp.h"

#define BLOCK 64

static struct machine block_machine(uint64_t bits)
{
    struct machine m = machine_sv39();
    m.size = BLOCK;
    put(&m, PTE_0, pte(PAGE, V | bits));
    return m;
}

/* Management: wherever a load or a store is permitted; else a store page fault. */
static void management_needs_what_a_load_or_a_store_needs(void **state)
{
    (void)state;
    static const uint64_t permits[4] = {R, R | W, R | X, R | W | X};
    for (unsigned i = 0; i < 4; i++) {
        struct machine m = block_machine(permits[i] | A);
        granted(&m, MMU_CBO_MANAGE, VA, 0x12345abc, 12);
    }
    struct machine m = block_machine(0);
    put(&m, PTE_0, 0);
    page_fault(&m, MMU_CBO_MANAGE, VA, 15);
    put(&m, PTE_0, pte(PAGE, V | W | A));
    page_fault(&m, MMU_CBO_MANAGE, VA, 15);
}

/* Where only a fetch is permitted it is UNSPECIFIED: here, not permitted. With MXR a load is. */
static void management_of_an_execute_only_page(void **state)
{
    (void)state;
    struct machine m = block_machine(X | A | D);
    page_fault(&m, MMU_CBO_MANAGE, VA, 15);
    m.context.mxr = true;
    granted(&m, MMU_CBO_MANAGE, VA, 0x12345abc, 12);
    m.context.mxr = false;
    put(&m, PTE_0, pte(PAGE, V | X | U | A | D));
    m.context.privilege = MMU_U;
    page_fault(&m, MMU_CBO_MANAGE, VA, 15);
}

/* Management checks A, and not D, by Svade and by Svadu. */
static void management_checks_a_and_not_d(void **state)
{
    (void)state;
    struct machine m = block_machine(R | W | D);
    page_fault(&m, MMU_CBO_MANAGE, VA, 15);
    put(&m, PTE_0, pte(PAGE, V | R | W | A));
    granted(&m, MMU_CBO_MANAGE, VA, 0x12345abc, 12);
    m.context.adue = true;
    granted(&m, MMU_CBO_MANAGE, VA, 0x12345abc, 12);
    assert_int_equal(m.swaps, 0);
    put(&m, PTE_0, pte(PAGE, V | R | W));
    granted(&m, MMU_CBO_MANAGE, VA, 0x12345abc, 12);
    assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | R | W | A));
}

/* Zero: wherever a store is permitted; else a store page fault, with MXR too. */
static void zero_needs_what_a_store_needs(void **state)
{
    (void)state;
    static const uint64_t denies[3] = {R, X, R | X};
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = block_machine(denies[i] | A | D);
        page_fault(&m, MMU_CBO_ZERO, VA, 15);
        m.context.mxr = true;
        page_fault(&m, MMU_CBO_ZERO, VA, 15);
    }
    struct machine m = block_machine(R | W | A | D);
    granted(&m, MMU_CBO_ZERO, VA, 0x12345abc, 12);
}

/* Zero checks A and D, by Svade and by Svadu. */
static void zero_checks_a_and_d(void **state)
{
    (void)state;
    struct machine m = block_machine(R | W | D);
    page_fault(&m, MMU_CBO_ZERO, VA, 15);
    put(&m, PTE_0, pte(PAGE, V | R | W | A));
    page_fault(&m, MMU_CBO_ZERO, VA, 15);
    m.context.adue = true;
    put(&m, PTE_0, pte(PAGE, V | R | W));
    granted(&m, MMU_CBO_ZERO, VA, 0x12345abc, 12);
    assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | R | W | A | D));
}

/* U and SUM concern them like loads and stores. */
static void u_and_sum_hold_for_cache_blocks(void **state)
{
    (void)state;
    static const enum mmu_access kinds[2] = {MMU_CBO_MANAGE, MMU_CBO_ZERO};
    for (unsigned i = 0; i < 2; i++) {
        struct machine m = block_machine(R | W | U | A | D);
        page_fault(&m, kinds[i], VA, 15);
        m.context.sum = true;
        granted(&m, kinds[i], VA, 0x12345abc, 12);
        m.context.privilege = MMU_U;
        granted(&m, kinds[i], VA, 0x12345abc, 12);
        put(&m, PTE_0, pte(PAGE, V | R | W | A | D));
        page_fault(&m, kinds[i], VA, 15);
    }
}

/* What is no page fault is a store access fault: PMA at a PTE, an address that is not there. */
static void access_faults_are_those_of_a_store(void **state)
{
    (void)state;
    static const enum mmu_access kinds[2] = {MMU_CBO_MANAGE, MMU_CBO_ZERO};
    for (unsigned i = 0; i < 2; i++) {
        struct machine m = block_machine(R | W | A | D);
        m.broken_pa = PTE_1;
        access_fault(&m, kinds[i], VA, 7);
        m = block_machine(R | W | A | D);
        m.config.pa_bits = 32;
        put(&m, PTE_0, pte(0x100000000, V | R | W | A | D));
        access_fault(&m, kinds[i], VA, 7);
        m.context.satp = 0;
        access_fault(&m, kinds[i], 0x100000000, 7);
        granted(&m, kinds[i], 0xffffffff, 0xffffffff, 0);
    }
}

/* PMP region of `bytes` at `pa` with `cfg`, and all the rest. */
static struct mmu_pmp region(uint64_t pa, uint64_t bytes, unsigned cfg)
{
    const unsigned napot = MMU_PMP_NAPOT << MMU_PMP_A_SHIFT;
    return (struct mmu_pmp){
        .cfg = {napot | cfg, napot | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X},
        .addr = {pa >> 2 | ((bytes >> 3) - 1), 0x3fffffffffffff},
    };
}

static struct machine protected_machine(const struct mmu_pmp *pmp)
{
    struct machine m = block_machine(R | W | X | A | D);
    m.config.pmp_entries = 2;
    m.context.pmp = pmp;
    return m;
}

/* Any address of the block names it, and stands in the answer and in tval; the access has the size
 * of the block. */
static void any_address_of_the_block_names_it(void **state)
{
    (void)state;
    const struct mmu_pmp none = region(0x12345a80, BLOCK, 0);
    struct machine m = protected_machine(&none);
    for (uint64_t offset = 0; offset < BLOCK; offset++) {
        access_fault(&m, MMU_CBO_MANAGE, 0x40403a80 + offset, 7);
        access_fault(&m, MMU_CBO_ZERO, 0x40403a80 + offset, 7);
        dropped(&m, 0x40403a80 + offset);
        granted(&m, MMU_CBO_ZERO, 0x40403a40 + offset, 0x12345a40 + offset, 12);
        granted(&m, MMU_CBO_ZERO, 0x40403ac0 + offset, 0x12345ac0 + offset, 12);
    }
    put(&m, PTE_0, 0);
    page_fault(&m, MMU_CBO_MANAGE, VA, 15);
}

/* "Priority and Matching Logic": a region that has part of the block only denies all of it. */
static void a_region_within_the_block_denies_it(void **state)
{
    (void)state;
    const struct mmu_pmp half = region(0x12345aa0, BLOCK / 2, MMU_PMP_R | MMU_PMP_W);
    struct machine m = protected_machine(&half);
    access_fault(&m, MMU_CBO_MANAGE, 0x40403a84, 7);
    access_fault(&m, MMU_CBO_ZERO, 0x40403aa4, 7);
    m.size = BLOCK / 2;
    granted(&m, MMU_CBO_ZERO, 0x40403aa4, 0x12345aa4, 12);
}

/* PMP: management passes with R or W, zero with W. */
static void pmp_permissions_of_cache_blocks(void **state)
{
    (void)state;
    static const struct {
        unsigned cfg;
        bool manage, zero, prefetch;
    } rows[6] = {
        {0, false, false, false},
        {MMU_PMP_R, true, false, true},
        {MMU_PMP_X, false, false, true},
        {MMU_PMP_R | MMU_PMP_X, true, false, true},
        {MMU_PMP_R | MMU_PMP_W, true, true, true},
        {MMU_PMP_R | MMU_PMP_W | MMU_PMP_X, true, true, true},
    };
    for (unsigned i = 0; i < 6; i++) {
        const struct mmu_pmp pmp = region(PAGE, 0x1000, rows[i].cfg);
        struct machine m = protected_machine(&pmp);
        if (rows[i].manage)
            granted(&m, MMU_CBO_MANAGE, VA, 0x12345abc, 12);
        else
            access_fault(&m, MMU_CBO_MANAGE, VA, 7);
        if (rows[i].zero)
            granted(&m, MMU_CBO_ZERO, VA, 0x12345abc, 12);
        else
            access_fault(&m, MMU_CBO_ZERO, VA, 7);
        if (rows[i].prefetch)
            granted(&m, MMU_PREFETCH, VA, 0x12345abc, 12);
        else
            dropped(&m, VA);
    }
}

/* Prefetches: wherever a load, a store or a fetch is permitted. */
static void prefetch_needs_what_any_access_needs(void **state)
{
    (void)state;
    static const uint64_t permits[5] = {R, R | W, X, R | X, R | W | X};
    for (unsigned i = 0; i < 5; i++) {
        struct machine m = block_machine(permits[i] | A | D);
        granted(&m, MMU_PREFETCH, VA, 0x12345abc, 12);
        put(&m, PTE_0, pte(PAGE, V | permits[i] | U | A | D));
        dropped(&m, VA);
        m.context.privilege = MMU_U;
        granted(&m, MMU_PREFETCH, VA, 0x12345abc, 12);
        put(&m, PTE_0, pte(PAGE, V | permits[i] | A | D));
        dropped(&m, VA);
    }
    struct machine m = block_machine(0);
    m.context.satp = 0;
    granted(&m, MMU_PREFETCH, VA, VA, 0);
    m.context.privilege = MMU_M;
    granted(&m, MMU_PREFETCH, VA, VA, 0);
}

/* With SUM, S-mode may load from and store to a user page, but never fetch: X alone is of no use,
 * unless MXR lets it be loaded. */
static void prefetch_from_a_user_page_by_s_mode(void **state)
{
    (void)state;
    struct machine m = block_machine(R | U | A);
    m.context.sum = true;
    granted(&m, MMU_PREFETCH, VA, 0x12345abc, 12);
    put(&m, PTE_0, pte(PAGE, V | X | U | A));
    dropped(&m, VA);
    m.context.mxr = true;
    granted(&m, MMU_PREFETCH, VA, 0x12345abc, 12);
}

/* One kind of access must be permitted by the page and by PMP: two halves are none. */
static void prefetch_needs_one_kind_from_page_and_pmp(void **state)
{
    (void)state;
    static const struct {
        uint64_t leaf;
        uint8_t pmp;
        bool granted;
    } rows[] = {
        {R, MMU_PMP_R, true},      {R, MMU_PMP_X, false},    {X, MMU_PMP_R, false},
        {X, MMU_PMP_X, true},      {R | X, MMU_PMP_X, true}, {R | X, MMU_PMP_R, true},
        {R | W, MMU_PMP_X, false},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct mmu_pmp pmp = region(PAGE, 0x1000, rows[i].pmp);
        struct machine m = protected_machine(&pmp);
        put(&m, PTE_0, pte(PAGE, V | rows[i].leaf | A | D));
        if (rows[i].granted)
            granted(&m, MMU_PREFETCH, VA, 0x12345abc, 12);
        else
            dropped(&m, VA);
    }
}

/* Whatever is in its way, a prefetch raises nothing. */
static void prefetch_never_faults(void **state)
{
    (void)state;
    struct machine m = block_machine(0);
    dropped(&m, VA | UINT64_C(1) << 63); /* not canonical */
    assert_int_equal(m.reads, 0);
    dropped(&m, VA); /* a pointer at level 0 */
    put(&m, PTE_0, 0);
    dropped(&m, VA);
    put(&m, PTE_0, pte(PAGE, V | W | X)); /* reserved */
    dropped(&m, VA);
    put(&m, PTE_1, pte(0x1c0201000, V | R)); /* misaligned */
    dropped(&m, VA);
    m.broken_pa = PTE_1; /* PMA */
    dropped(&m, VA);
    assert_int_equal(m.answer.steps, 2);
    m = block_machine(R);
    m.config.pa_bits = 32;
    put(&m, PTE_0, pte(0x100000000, V | R)); /* no such address */
    dropped(&m, VA);
    m.context.satp = 0;
    dropped(&m, 0x100000000);
    granted(&m, MMU_PREFETCH, 0xffffffc0, 0xffffffc0, 0);
}

/* A prefetch looks at neither A nor D, and sets neither. */
static void prefetch_ignores_a_and_d(void **state)
{
    (void)state;
    for (unsigned adue = 0; adue < 2; adue++) {
        struct machine m = block_machine(R | W);
        m.context.adue = adue;
        granted(&m, MMU_PREFETCH, VA, 0x12345abc, 12);
        assert_int_equal(m.swaps, 0);
        assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | R | W));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(management_needs_what_a_load_or_a_store_needs),
        cmocka_unit_test(management_of_an_execute_only_page),
        cmocka_unit_test(management_checks_a_and_not_d),
        cmocka_unit_test(zero_needs_what_a_store_needs),
        cmocka_unit_test(zero_checks_a_and_d),
        cmocka_unit_test(u_and_sum_hold_for_cache_blocks),
        cmocka_unit_test(access_faults_are_those_of_a_store),
        cmocka_unit_test(any_address_of_the_block_names_it),
        cmocka_unit_test(a_region_within_the_block_denies_it),
        cmocka_unit_test(pmp_permissions_of_cache_blocks),
        cmocka_unit_test(prefetch_needs_what_any_access_needs),
        cmocka_unit_test(prefetch_from_a_user_page_by_s_mode),
        cmocka_unit_test(prefetch_needs_one_kind_from_page_and_pmp),
        cmocka_unit_test(prefetch_never_faults),
        cmocka_unit_test(prefetch_ignores_a_and_d),
    };
    return cmocka_run_group_tests_name("model: cache-block operations", tests, NULL, NULL);
}

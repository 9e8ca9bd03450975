// SPDX-License-Identifier: Apache-2.0
/* The model, clause by clause: "Shadow Stack Memory Protection" of Zicfiss, and steps 3, 7 and 9 of
 * "Virtual Address Translation Process" for it. */
#include "model_machine.h"

#include "mmu_pmp.h"

/* Accesses that only go to shadow-stack pages, and those that never do, with their access faults.
 */
static const enum mmu_access stack_kinds[3] = {MMU_SS_PUSH, MMU_SS_CHECK, MMU_SS_SWAP};
static const struct {
    enum mmu_access access;
    unsigned cause;
} other_kinds[5] = {
    {MMU_FETCH, 1}, {MMU_STORE, 7}, {MMU_AMO, 7}, {MMU_CBO_MANAGE, 7}, {MMU_CBO_ZERO, 7},
};

/* Every kind of access, with its page fault. */
static const unsigned page_faults[MMU_PREFETCH] = {
    [MMU_FETCH] = 12,   [MMU_LOAD] = 13,       [MMU_STORE] = 15,
    [MMU_AMO] = 15,     [MMU_SS_PUSH] = 15,    [MMU_SS_CHECK] = 15,
    [MMU_SS_SWAP] = 15, [MMU_CBO_MANAGE] = 15, [MMU_CBO_ZERO] = 15,
};

/* S-mode's shadow-stack page, or what else `xwr` says. */
static struct machine page_machine(uint64_t xwr)
{
    struct machine m = machine_sv39();
    m.context.sse = true;
    m.size = 8;
    put(&m, PTE_0, pte(PAGE, V | xwr | A | D));
    return m;
}

static struct machine stack_machine(void)
{
    return page_machine(W);
}

#define SP    (VA & ~UINT64_C(7))
#define SP_PA UINT64_C(0x12345ab8)

/* R=0, W=1, X=0 is a shadow-stack page, at every level. */
static void w_alone_is_a_shadow_stack_page(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = stack_machine();
        granted(&m, stack_kinds[i], SP, SP_PA, 12);
        assert_true(m.answer.step[2].leaf);
        put(&m, PTE_1, pte(0x1c0200000, V | W | A | D));
        granted(&m, stack_kinds[i], SP, 0x1c0203ab8, 21);
        put(&m, PTE_2, pte(0x1c0000000, V | W | A | D));
        granted(&m, stack_kinds[i], SP, 0x1c0403ab8, 30);
    }
    struct machine m = stack_machine();
    put(&m, PTE_1, pte(0x1c0201000, V | W | A | D)); /* a misaligned one */
    page_fault(&m, MMU_SS_PUSH, SP, 15);
}

/* While menvcfg.SSE is 0 the encoding stays reserved, for every access. */
static void without_sse_the_encoding_is_reserved(void **state)
{
    (void)state;
    struct machine m = stack_machine();
    m.context.sse = false;
    for (enum mmu_access access = MMU_FETCH; access < MMU_PREFETCH; access++)
        page_fault(&m, access, SP, page_faults[access]);
    dropped(&m, SP);
    assert_false(m.answer.step[2].leaf);
}

/* W and X without R stays reserved whatever SSE is. */
static void w_and_x_without_r_is_reserved(void **state)
{
    (void)state;
    struct machine m = page_machine(W | X);
    for (enum mmu_access access = MMU_FETCH; access < MMU_PREFETCH; access++)
        page_fault(&m, access, SP, page_faults[access]);
    assert_false(m.answer.step[2].leaf);
}

/* satp.MODE=Bare below M-mode, and M-mode: access faults, and nothing is walked. */
static void bare_and_m_mode_are_access_faults(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = stack_machine();
        m.context.privilege = MMU_M;
        access_fault(&m, stack_kinds[i], SP, 7);
        assert_int_equal(m.reads, 0);
        m.context.satp = 0;
        access_fault(&m, stack_kinds[i], SP, 7);
        m.context.privilege = MMU_S;
        access_fault(&m, stack_kinds[i], SP, 7);
        m.context.privilege = MMU_U;
        access_fault(&m, stack_kinds[i], SP, 7);
    }
}

/* Stores, AMOs and cache-block operations on a shadow-stack page: store/AMO access faults; a fetch:
 * an instruction access fault. */
static void other_accesses_to_a_shadow_stack_are_access_faults(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 5; i++) {
        struct machine m = stack_machine();
        access_fault(&m, other_kinds[i].access, SP, other_kinds[i].cause);
        assert_true(m.answer.step[2].leaf);
        m.context.mxr = true;
        access_fault(&m, other_kinds[i].access, SP, other_kinds[i].cause);
    }
}

/* What only loads may read a shadow stack; MXR changes nothing. So may a prefetch, as a load is
 * permitted. */
static void loads_may_read_a_shadow_stack(void **state)
{
    (void)state;
    struct machine m = stack_machine();
    for (unsigned mxr = 0; mxr < 2; mxr++) {
        m.context.mxr = mxr;
        granted(&m, MMU_LOAD, SP, SP_PA, 12);
        granted(&m, MMU_PREFETCH, SP, SP_PA, 12);
        granted(&m, MMU_SS_CHECK, SP, SP_PA, 12);
    }
}

/* Shadow-stack accesses to a read-only page: store/AMO page faults, with MXR too. */
static void a_read_only_page_is_page_fault(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = page_machine(R);
        page_fault(&m, stack_kinds[i], SP, 15);
        m.context.mxr = true;
        page_fault(&m, stack_kinds[i], SP, 15);
    }
}

/* To any other page: store/AMO access faults. */
static void any_other_page_is_access_fault(void **state)
{
    (void)state;
    static const uint64_t xwr[4] = {R | W, R | W | X, R | X, X};
    for (unsigned i = 0; i < 3; i++)
        for (unsigned j = 0; j < 4; j++) {
            struct machine m = page_machine(xwr[j]);
            access_fault(&m, stack_kinds[i], SP, 7);
            m.context.mxr = true;
            access_fault(&m, stack_kinds[i], SP, 7);
        }
}

/* Faults of the walk itself are the store's, for reads too. */
static void faults_are_those_of_a_store(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = stack_machine();
        page_fault(&m, stack_kinds[i], SP | UINT64_C(1) << 63, 15);
        put(&m, PTE_0, 0);
        page_fault(&m, stack_kinds[i], SP, 15);
        m.broken_pa = PTE_1;
        access_fault(&m, stack_kinds[i], SP, 7);
        m = stack_machine();
        m.config.pa_bits = 32;
        put(&m, PTE_0, pte(0x100000000, V | W | A | D));
        access_fault(&m, stack_kinds[i], SP, 7);
    }
}

/* U and SUM are enforced as ever, and first: a page fault, where permission would be an access
 * fault. */
static void u_and_sum_come_first(void **state)
{
    (void)state;
    struct machine m = page_machine(W | U);
    for (enum mmu_access access = MMU_FETCH; access < MMU_PREFETCH; access++)
        page_fault(&m, access, SP, page_faults[access]);
    dropped(&m, SP);
    m.context.sum = true;
    page_fault(&m, MMU_FETCH, SP, 12);
    access_fault(&m, MMU_STORE, SP, 7);
    granted(&m, MMU_LOAD, SP, SP_PA, 12);
    granted(&m, MMU_SS_SWAP, SP, SP_PA, 12);
    granted(&m, MMU_PREFETCH, SP, SP_PA, 12);

    m.context.privilege = MMU_U;
    m.context.sum = false;
    access_fault(&m, MMU_FETCH, SP, 1);
    access_fault(&m, MMU_STORE, SP, 7);
    granted(&m, MMU_SS_PUSH, SP, SP_PA, 12);
    put(&m, PTE_0, pte(PAGE, V | W | A | D));
    for (enum mmu_access access = MMU_FETCH; access < MMU_PREFETCH; access++)
        page_fault(&m, access, SP, page_faults[access]);
    put(&m, PTE_0, pte(PAGE, V | R | W | A | D));
    page_fault(&m, MMU_SS_PUSH, SP, 15);
}

/* Step 9, Svade: push and swap are stores and need D; a pop-check reads and needs A only. */
static void svade_a_and_d_of_a_shadow_stack(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = stack_machine();
        put(&m, PTE_0, pte(PAGE, V | W | D));
        page_fault(&m, stack_kinds[i], SP, 15);
    }
    struct machine m = stack_machine();
    put(&m, PTE_0, pte(PAGE, V | W | A));
    page_fault(&m, MMU_SS_PUSH, SP, 15);
    page_fault(&m, MMU_SS_SWAP, SP, 15);
    granted(&m, MMU_SS_CHECK, SP, SP_PA, 12);
}

/* Step 9, Svadu: the same bits are set. */
static void svadu_a_and_d_of_a_shadow_stack(void **state)
{
    (void)state;
    static const uint64_t set[3] = {A | D, A, A | D};
    for (unsigned i = 0; i < 3; i++) {
        struct machine m = stack_machine();
        m.context.adue = true;
        put(&m, PTE_0, pte(PAGE, V | W));
        granted(&m, stack_kinds[i], SP, SP_PA, 12);
        assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | W | set[i]));
    }
}

/* Step 7 comes before step 9: an access fault, and nothing is written, whatever A and D are. */
static void access_faults_come_before_a_and_d(void **state)
{
    (void)state;
    for (unsigned adue = 0; adue < 2; adue++) {
        struct machine m = stack_machine();
        m.context.adue = adue;
        put(&m, PTE_0, pte(PAGE, V | W));
        access_fault(&m, MMU_STORE, SP, 7);
        assert_int_equal(m.swaps, 0);
        put(&m, PTE_0, pte(PAGE, V | R | W));
        access_fault(&m, MMU_SS_PUSH, SP, 7);
        assert_int_equal(m.swaps, 0);
    }
}

/* A race lost to a shadow-stack page, or to what is none, is judged as such. */
static void lost_races_are_judged_by_these_rules(void **state)
{
    (void)state;
    struct machine m = page_machine(0);
    m.context.adue = true;
    put(&m, PTE_0, pte(PAGE, V | R | W));
    m.races = 1;
    m.race_value = pte(PAGE, V | W);
    access_fault(&m, MMU_STORE, SP, 7);
    assert_int_equal(*machine_word(&m, PTE_0), pte(PAGE, V | W));
    m.races = 1;
    m.race_value = pte(PAGE, V | R);
    page_fault(&m, MMU_SS_PUSH, SP, 15);
    assert_int_equal(m.swaps, 1);
}

/* Svpbmt and Svnapot are supported for shadow-stack pages. */
static void svpbmt_and_svnapot_of_a_shadow_stack(void **state)
{
    (void)state;
    struct machine m = stack_machine();
    m.config.svnapot = m.config.svpbmt = m.context.pbmte = true;
    put(&m, PTE_0, pte(0x12348000, V | W | A | D | MMU_PTE_N | UINT64_C(1) << MMU_PTE_PBMT_SHIFT));
    granted(&m, MMU_SS_PUSH, SP, 0x12343ab8, 16);
    assert_int_equal(m.answer.memory_type, MMU_NC);
}

/* PMP must give R and W, for a pop-check too. */
static void pmp_must_give_read_and_write(void **state)
{
    (void)state;
    static const struct {
        unsigned cfg;
        bool mml, passes;
    } rows[6] = {
        {MMU_PMP_R, false, false},
        {MMU_PMP_X, false, false},
        {MMU_PMP_R | MMU_PMP_X, false, false},
        {MMU_PMP_R | MMU_PMP_W, false, true},
        {MMU_PMP_W, true, false},            /* shared: S-mode may read */
        {MMU_PMP_W | MMU_PMP_X, true, true}, /* shared: S-mode may read and write */
    };
    for (unsigned i = 0; i < 3; i++)
        for (unsigned j = 0; j < 6; j++) {
            const unsigned napot = MMU_PMP_NAPOT << MMU_PMP_A_SHIFT;
            struct mmu_pmp pmp = {
                .cfg = {napot | rows[j].cfg, napot | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X},
                .addr = {PAGE >> 2 | 0x1ff, 0x3fffffffffffff},
                .mml = rows[j].mml,
            };
            struct machine m = stack_machine();
            m.config.pmp_entries = 2;
            m.context.pmp = &pmp;
            if (rows[j].passes)
                granted(&m, stack_kinds[i], SP, SP_PA, 12);
            else
                access_fault(&m, stack_kinds[i], SP, 7);
        }
}

/* Sv32 has shadow-stack pages, too. */
static void sv32_shadow_stack_page(void **state)
{
    (void)state;
    struct machine m = {
        .config = {.xlen = 32, .levels = 2, .pa_bits = 34},
        .context = {.satp = 0x80080000, .privilege = MMU_S, .sse = true},
        .size = 4,
    };
    put(&m, 0x80000000, pte(0x1c0000000, V | W | A | D));
    granted(&m, MMU_SS_PUSH, 0x123450, 0x1c0123450, 22);
    access_fault(&m, MMU_STORE, 0x123450, 7);
    m.context.sse = false;
    page_fault(&m, MMU_SS_PUSH, 0x123450, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(w_alone_is_a_shadow_stack_page),
        cmocka_unit_test(without_sse_the_encoding_is_reserved),
        cmocka_unit_test(w_and_x_without_r_is_reserved),
        cmocka_unit_test(bare_and_m_mode_are_access_faults),
        cmocka_unit_test(other_accesses_to_a_shadow_stack_are_access_faults),
        cmocka_unit_test(loads_may_read_a_shadow_stack),
        cmocka_unit_test(a_read_only_page_is_page_fault),
        cmocka_unit_test(any_other_page_is_access_fault),
        cmocka_unit_test(faults_are_those_of_a_store),
        cmocka_unit_test(u_and_sum_come_first),
        cmocka_unit_test(svade_a_and_d_of_a_shadow_stack),
        cmocka_unit_test(svadu_a_and_d_of_a_shadow_stack),
        cmocka_unit_test(access_faults_come_before_a_and_d),
        cmocka_unit_test(lost_races_are_judged_by_these_rules),
        cmocka_unit_test(svpbmt_and_svnapot_of_a_shadow_stack),
        cmocka_unit_test(pmp_must_give_read_and_write),
        cmocka_unit_test(sv32_shadow_stack_page),
    };
    return cmocka_run_group_tests_name("model: shadow stacks", tests, NULL, NULL);
}

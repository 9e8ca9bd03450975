// SPDX-License-Identifier: Apache-2.0
/* The simulator's CSRs: who may have them, which bits there are, and what the MMU is told of them.
 */
#include "iss_bench.h"

#define SSTATUS 0x100
#define SIE     0x104
#define SIP     0x144
#define SATP    0x180
#define MSTATUS 0x300
#define MIP     0x344

/* Instructions that a privilege, or mstatus, keeps from the hart. */
static void keeps_from_lower_privileges(void **state)
{
    static const struct {
        uint32_t insn;
        enum mmu_privilege privilege;
        uint64_t mstatus;
        bool legal;
    } rows[] = {
        {BENCH_MRET, MMU_S, 0, false},
        {BENCH_SRET, MMU_U, 0, false},
        {BENCH_SRET, MMU_S, MSTATUS_TSR, false},
        {BENCH_SRET, MMU_M, MSTATUS_TSR, true},
        {BENCH_WFI, MMU_U, 0, false},
        {BENCH_WFI, MMU_S, MSTATUS_TW, false},
        {0x12000073, MMU_U, 0, false}, /* sfence.vma */
        {0x12000073, MMU_S, MSTATUS_TVM, false},
        {0x12000073, MMU_S, 0, true},
        {0x180023f3, MMU_S, MSTATUS_TVM, false}, /* csrr t2, satp */
        {0x180023f3, MMU_S, 0, true},
        {0x180023f3, MMU_U, 0, false},
        {0x300023f3, MMU_S, 0, false}, /* csrr t2, mstatus */
        {0xc01023f3, MMU_S, 0, false}, /* csrr t2, time: mcounteren is 0 */
        {0xc01023f3, MMU_M, 0, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_with_vectors();
        struct iss *iss = &bench->iss;
        bench_emit(bench, rows[i].insn);
        bench_translate(bench);
        if (rows[i].privilege == MMU_U)
            bench_map(bench, BENCH_RWX | MMU_PTE_U);
        if (rows[i].privilege == MMU_M)
            iss->pc = BENCH_CODE;
        iss->privilege = rows[i].privilege;
        iss->csr.mstatus |= rows[i].mstatus;
        iss_run(iss, 1);
        if ((iss->counts.exceptions[2] == 0) != rows[i].legal)
            fail_msg("row %zu, instruction 0x%08x", i, rows[i].insn);
        bench_free(bench);
    }
}

/* time in S-mode by mcounteren, in U-mode by scounteren, too. */
static void counters_are_enabled(void **state)
{
    (void)state;
    for (unsigned enabled = 0; enabled < 4; enabled++)
        for (int user = 0; user < 2; user++) {
            struct bench *bench = bench_with_vectors();
            struct iss *iss = &bench->iss;
            bench_emit(bench, bench_csrrs(T2, 0xc01, ZERO));
            bench_translate(bench);
            bench_map(bench, BENCH_RWX | (user ? MMU_PTE_U : 0));
            iss->privilege = user ? MMU_U : MMU_S;
            iss->csr.mcounteren = enabled & 1 ? 2 : 0;
            iss->csr.scounteren = enabled & 2 ? 2 : 0;
            iss->time = 1000;
            iss_run(iss, 1);
            bool legal = enabled & 1 && (!user || enabled & 2);
            assert_int_equal(iss->counts.exceptions[2], !legal);
            assert_int_equal(iss->x[T2], legal ? 1001 : 0);
            bench_free(bench);
        }
}

static void write_csr(struct bench *bench, unsigned number, uint64_t value)
{
    bench->iss.x[T0] = value;
    bench->iss.pc = BENCH_CODE;
    bench->words = 0;
    bench_emit(bench, bench_csrrw(ZERO, number, T0));
    iss_run(&bench->iss, 1);
    assert_int_equal(bench->iss.pc, BENCH_CODE + 4);
}

static void csr_holds(struct bench *bench, unsigned number, uint64_t value)
{
    uint64_t found = iss_csr(&bench->iss, number);

    if (found != value)
        fail_msg("CSR 0x%x is 0x%llx, not 0x%llx", number, (unsigned long long)found,
                 (unsigned long long)value);
}

/* Ones to every bit: those that there are. */
static void legal_bits_are_kept(void **state)
{
    static const struct {
        unsigned number;
        uint64_t value;
    } rows[] = {
        {0x105, UINT64_C(0xfffffffffffffffd)},
        {0x141, UINT64_C(0xfffffffffffffffc)},
        {0x106, 7},
        {0x10a, 1},
        {0x302, 0xb3ff},
        {0x303, 0x222},
        {0x304, 0xaaa},
        {0x305, UINT64_C(0xfffffffffffffffd)},
        {0x306, 7},
        {0x30a, UINT64_C(0x6000000000000001)},
        {0x341, UINT64_C(0xfffffffffffffffc)},
        {0x340, UINT64_MAX},
        {MSTATUS, UINT64_C(0xa007e19aa)},
        {MIP, 0x222},
    };
    struct bench *bench = bench_new(false);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_csr(bench, rows[i].number, UINT64_MAX);
        csr_holds(bench, rows[i].number, rows[i].value);
    }
    write_csr(bench, MSTATUS, UINT64_C(2) << MSTATUS_MPP_SHIFT); /* there is no such privilege */
    csr_holds(bench, MSTATUS, UINT64_C(0xa00001800));
    csr_holds(bench, SSTATUS, UINT64_C(0x200000000));
    bench_free(bench);
}

/* The views of S-mode show and change what is delegated. */
static void supervisor_views(void **state)
{
    struct bench *bench = bench_new(false);

    (void)state;
    write_csr(bench, 0x303, 0x022);
    write_csr(bench, 0x304, 0x888);
    write_csr(bench, SIE, UINT64_MAX);
    csr_holds(bench, 0x304, 0x8aa);
    csr_holds(bench, SIE, 0x022);
    write_csr(bench, SIP, UINT64_MAX); /* STIP is M-mode's to set */
    csr_holds(bench, MIP, 0x002);
    write_csr(bench, MIP, 0x222);
    csr_holds(bench, SIP, 0x022);
    bench_free(bench);
}

static void satp_takes_legal_modes(void **state)
{
    struct bench *bench = bench_new(false);
    uint64_t sv48 = UINT64_C(9) << 60 | UINT64_C(0xffff) << 44 | 0x80000;

    (void)state;
    write_csr(bench, SATP, UINT64_C(10) << 60 | 1); /* Sv57: the machine has four levels */
    csr_holds(bench, SATP, 0);
    write_csr(bench, SATP, sv48);
    csr_holds(bench, SATP, sv48);
    assert_int_equal(bench->model.context.satp, sv48);
    write_csr(bench, SATP, UINT64_C(1) << 60); /* reserved */
    csr_holds(bench, SATP, sv48);
    bench->iss.config.asid_bits = 9;
    bench->iss.config.pa_bits = 34;
    write_csr(bench, SATP, UINT64_C(0x8fffffffffffffff));
    csr_holds(bench, SATP, UINT64_C(8) << 60 | UINT64_C(0x1ff) << 44 | 0x3fffff);
    bench_free(bench);
}

static void mmu_sees_context(void **state)
{
    struct bench *bench = bench_new(false);
    const struct mmu_context *context = &bench->model.context;

    (void)state;
    write_csr(bench, SSTATUS, MSTATUS_SUM);
    assert_true(context->sum && !context->mxr);
    write_csr(bench, SSTATUS, MSTATUS_SUM | MSTATUS_MXR);
    assert_true(context->sum && context->mxr);
    write_csr(bench, MSTATUS, MSTATUS_MXR);
    assert_true(!context->sum && context->mxr);
    assert_true(!context->adue && !context->pbmte);
    write_csr(bench, 0x30a, MENVCFG_ADUE);
    assert_true(context->adue && !context->pbmte);
    write_csr(bench, 0x30a, MENVCFG_PBMTE);
    assert_true(!context->adue && context->pbmte);
    bench_free(bench);
}

static void pmp_entries_are_locked(void **state)
{
    struct bench *bench = bench_new(false);

    (void)state;
    write_csr(bench, 0x3b0, UINT64_MAX);
    csr_holds(bench, 0x3b0, UINT64_MAX >> 10);
    write_csr(bench, 0x3b9, 5); /* the machine has eight entries */
    csr_holds(bench, 0x3b9, 0);
    write_csr(bench, 0x3a0, 0x8f1a1f); /* 0: NAPOT RWX; 1: W without R; 2: locked, TOR RWX */
    csr_holds(bench, 0x3a0, 0x8f001f);
    assert_int_equal(bench->model.pmp.cfg[2], 0x8f);
    write_csr(bench, 0x3b2, 9);
    csr_holds(bench, 0x3b2, 0);
    write_csr(bench, 0x3b1, 9); /* the bottom of the locked region */
    csr_holds(bench, 0x3b1, 0);
    write_csr(bench, 0x3a0, 0);
    csr_holds(bench, 0x3a0, 0x8f0000);
    bench_free(bench);
}

static void pmp_grain_shows(void **state)
{
    struct bench *bench = bench_new(false);

    (void)state;
    bench->iss.config.pmp_grain = 3;
    write_csr(bench, 0x3b0, 0x1005);
    csr_holds(bench, 0x3b0, 0x1000);
    write_csr(bench, 0x3a0, 0x10); /* NA4 */
    csr_holds(bench, 0x3a0, 0);
    write_csr(bench, 0x3a0, 0x18);
    csr_holds(bench, 0x3b0, 0x1007);
    bench_free(bench);
}

/* PMP denies S-mode what M-mode may have. */
static void pmp_denies(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    bench_emit(bench, bench_ld(T2, T0, 0));
    bench_translate(bench);
    iss->csr.satp = 0;
    iss->pc = BENCH_CODE;
    iss->csr.pmp.cfg[1] = iss->csr.pmp.cfg[0];
    iss->csr.pmp.addr[1] = iss->csr.pmp.addr[0];
    iss->csr.pmp.cfg[0] = 0x18;
    iss->csr.pmp.addr[0] = BENCH_DATA >> 2 | 0x1ff;
    iss->mmu->pmp(iss->mmu->self, &iss->csr.pmp);
    iss_context_changed(iss);
    iss->x[T0] = BENCH_DATA + 8;
    iss_run(iss, 1);
    assert_int_equal(iss->csr.mcause, 5);
    assert_int_equal(iss->csr.mtval, BENCH_DATA + 8);
    iss->pc = BENCH_CODE; /* M-mode */
    iss->x[T2] = 1;
    iss_run(iss, 1);
    assert_int_equal(iss->x[T2], 0);
    bench_free(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_from_lower_privileges),
        cmocka_unit_test(counters_are_enabled),
        cmocka_unit_test(legal_bits_are_kept),
        cmocka_unit_test(supervisor_views),
        cmocka_unit_test(satp_takes_legal_modes),
        cmocka_unit_test(mmu_sees_context),
        cmocka_unit_test(pmp_entries_are_locked),
        cmocka_unit_test(pmp_grain_shows),
        cmocka_unit_test(pmp_denies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

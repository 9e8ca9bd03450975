// SPDX-License-Identifier: Apache-2.0
/* The simulator's traps and where they go, returns, interrupts, and what the MMU or memory
 * refuses. */
#include "iss_bench.h"

#define MTIMECMP   UINT64_C(0x2004000)
#define MSIP       UINT64_C(0x2000000)
#define INTERRUPT  (UINT64_C(1) << 63)
#define PAGE_FAULT 13

/* An ecall from each privilege, and where it lands. */
static void delegates(void **state)
{
    static const struct {
        enum mmu_privilege from;
        uint64_t medeleg;
        bool to_s;
    } rows[] = {
        {MMU_U, 1u << 8, true},  {MMU_U, 0, false},        {MMU_S, 1u << 9, true},
        {MMU_S, 1u << 8, false}, {MMU_M, 1u << 11, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_with_vectors();
        struct iss *iss = &bench->iss;
        bench_emit(bench, BENCH_ECALL);
        iss->csr.pmp.cfg[0] = 0x1f;
        iss->csr.pmp.addr[0] = UINT64_MAX >> 10;
        iss->mmu->pmp(iss->mmu->self, &iss->csr.pmp);
        iss->csr.medeleg = rows[i].medeleg;
        iss->csr.mstatus |= MSTATUS_SIE | MSTATUS_MIE;
        iss->privilege = rows[i].from;
        iss_run(iss, 1);
        assert_int_equal(iss->privilege, rows[i].to_s ? MMU_S : MMU_M);
        assert_int_equal(iss->pc, rows[i].to_s ? BENCH_STVEC : BENCH_MTVEC);
        assert_int_equal(rows[i].to_s ? iss->csr.scause : iss->csr.mcause, 8 + rows[i].from);
        assert_int_equal(rows[i].to_s ? iss->csr.sepc : iss->csr.mepc, BENCH_CODE);
        if (rows[i].to_s) {
            assert_int_equal((iss->csr.mstatus & MSTATUS_SPP) != 0, rows[i].from == MMU_S);
            assert_int_equal(iss->csr.mstatus & (MSTATUS_SIE | MSTATUS_SPIE), MSTATUS_SPIE);
            assert_true(iss->csr.mstatus & MSTATUS_MIE);
        } else {
            assert_int_equal((iss->csr.mstatus & MSTATUS_MPP) >> MSTATUS_MPP_SHIFT, rows[i].from);
            assert_int_equal(iss->csr.mstatus & (MSTATUS_MIE | MSTATUS_MPIE), MSTATUS_MPIE);
            assert_true(iss->csr.mstatus & MSTATUS_SIE);
        }
        bench_free(bench);
    }
}

static void returns_from_machine(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    bench_emit(bench, BENCH_MRET);
    iss->csr.mepc = BENCH_DATA;
    iss->csr.mstatus |= MSTATUS_MPIE | (uint64_t)MMU_S << MSTATUS_MPP_SHIFT | MSTATUS_MPRV;
    iss_run(iss, 1);
    assert_int_equal(iss->pc, BENCH_DATA);
    assert_int_equal(iss->privilege, MMU_S);
    assert_int_equal(iss->data_privilege, MMU_S);
    assert_int_equal(iss->csr.mstatus & (MSTATUS_MPP | MSTATUS_MPIE | MSTATUS_MIE | MSTATUS_MPRV),
                     MSTATUS_MPIE | MSTATUS_MIE);
    bench_free(bench);
}

static void returns_from_supervisor(void **state)
{
    (void)state;
    for (int spp = 0; spp < 2; spp++) {
        struct bench *bench = bench_with_vectors();
        struct iss *iss = &bench->iss;
        bench_emit(bench, BENCH_SRET);
        bench_translate(bench);
        iss->csr.sepc = BENCH_DATA;
        iss->csr.mstatus |= spp ? MSTATUS_SPP : MSTATUS_SPIE;
        iss_run(iss, 1);
        assert_int_equal(iss->pc, BENCH_DATA);
        assert_int_equal(iss->privilege, spp ? MMU_S : MMU_U);
        assert_int_equal(iss->csr.mstatus & (MSTATUS_SPP | MSTATUS_SPIE | MSTATUS_SIE),
                         spp ? MSTATUS_SPIE : MSTATUS_SPIE | MSTATUS_SIE);
        bench_free(bench);
    }
}

/* MPRV: loads and stores of M-mode as MPP's, fetches as M-mode's. */
static void accesses_as_another_privilege(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    bench_emit(bench, bench_ld(T2, T0, 0));
    bench_emit(bench, bench_sd(T2, T0, 8));
    bench_emit(bench, bench_amo(0, 3, T2, T0, T2));
    bench_set(bench, BENCH_DATA, 42);
    bench_translate(bench);
    iss->privilege = MMU_M;
    iss->pc = BENCH_CODE;
    iss->csr.mstatus |= MSTATUS_MPRV | (uint64_t)MMU_S << MSTATUS_MPP_SHIFT;
    iss_context_changed(iss);
    iss->x[T0] = bench_va(bench, BENCH_DATA);
    iss_run(iss, 3);
    assert_int_equal(iss->x[T2], 42);
    assert_int_equal(bench_word(bench, BENCH_DATA), 84);
    assert_int_equal(bench_word(bench, BENCH_DATA + 8), 42);
    iss->pc = BENCH_CODE;
    iss->x[T0] = BENCH_DATA; /* which is not mapped */
    iss_run(iss, 1);
    assert_int_equal(iss->csr.mcause, PAGE_FAULT);
    assert_int_equal(iss->csr.mtval, BENCH_DATA);
    bench_free(bench);
}

/* What the MMU or memory refuses: cause and address. */
static void refuses_accesses(void **state)
{
    static const struct {
        uint32_t insn;
        uint64_t offset; /* from BENCH_VA */
        unsigned cause;
    } rows[] = {
        {0x0002b383, 0x2004, 4},                             /* ld t2, (t0): misaligned */
        {0x0002b383, 0x40000, 13}, {0x0002b383, 0x1f000, 5}, /* mapped to nothing */
        {0x0062b023, 0x2004, 6},                             /* sd t1, (t0) */
        {0x0062b023, 0x40000, 15}, {0x0062b023, 0x1f000, 7},
        {0x0062b3af, 0x2004, 6}, /* amoadd.d t2, t1, (t0) */
        {0x0062b3af, 0x40000, 15}, {0x0062b3af, 0x1f000, 7},
        {0x1002b3af, 0x2004, 4}, /* lr.d t2, (t0) */
        {0x1002b3af, 0x40000, 13}, {0x1002b3af, 0x1f000, 5},
        {0x1862b3af, 0x40000, 15}, /* sc.d t2, t1, (t0) */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_with_vectors();
        struct iss *iss = &bench->iss;
        bench_emit(bench, rows[i].insn);
        bench_translate(bench);
        bench_set(bench, bench_pte(0x1f), UINT64_C(0x40000000) >> 2 | BENCH_RWX | MMU_PTE_V);
        iss->x[T0] = BENCH_VA + rows[i].offset;
        iss->x[T2] = 99;
        iss_run(iss, 1);
        if (iss->csr.mcause != rows[i].cause)
            fail_msg("row %zu: cause %llu", i, (unsigned long long)iss->csr.mcause);
        assert_int_equal(iss->csr.mtval, BENCH_VA + rows[i].offset);
        assert_int_equal(iss->x[T2], 99);
        bench_free(bench);
    }
}

static void refuses_fetches(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    bench_translate(bench);
    iss->pc = BENCH_VA + 0x40000;
    iss_run(iss, 1);
    assert_int_equal(iss->csr.mcause, 12);
    assert_int_equal(iss->csr.mtval, BENCH_VA + 0x40000);
    assert_int_equal(iss->csr.mepc, BENCH_VA + 0x40000);
    iss->pc = 0x1000; /* in M-mode now: no memory there */
    iss_run(iss, 1);
    assert_int_equal(iss->csr.mcause, 1);
    bench_free(bench);
}

/* A handler that cannot be fetched: the machine would trap for ever. */
static void handler_that_traps_to_itself_ends(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    bench_emit(bench, BENCH_ECALL);
    iss->csr.mtvec = 0x1000; /* no memory there */
    assert_int_equal(iss_run(iss, 1), ISS_RUNNING);
    assert_int_equal(iss_run(iss, 100), ISS_LOST);
    assert_int_equal(iss->pc, 0x1000);
    assert_int_equal(iss->counts.exceptions[1], 1);
    bench_free(bench);
}

/* The CLINT's timer: mtime passes mtimecmp after so many instructions, mip shows it, and the trap
 * comes when it is enabled. */
static void timer_interrupts(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    bench_emit(bench, bench_sd(T1, T0, 0));
    for (int i = 0; i < 20; i++)
        bench_emit(bench, bench_addi(T2, T2, 1));
    iss->x[T0] = MTIMECMP;
    iss->x[T1] = 10;
    iss->csr.mtvec |= 1; /* Vectored */
    iss->csr.mie = INTERRUPT_MTI;
    iss->csr.mstatus |= MSTATUS_MIE;
    iss_run(iss, 10);
    assert_int_equal(iss->x[T2], 9);
    assert_int_equal(iss->csr.mip, 0);
    iss_run(iss, 1);
    assert_int_equal(iss->csr.mip, INTERRUPT_MTI);
    assert_int_equal(iss->csr.mcause, INTERRUPT | 7);
    assert_int_equal(iss->csr.mepc, BENCH_CODE + 40);
    assert_int_equal(iss->pc, BENCH_MTVEC + 28 + 4); /* the handler's first instruction is done */
    assert_int_equal(iss->counts.interrupts, 1);
    iss_device_store(iss, MTIMECMP, 8, 1000); /* takes it back */
    assert_int_equal(iss->csr.mip, 0);
    bench_free(bench);
}

/* Of those pending M-mode's go first, and S-mode's wait for SIE. */
static void interrupts_have_an_order(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    for (int i = 0; i < 4; i++)
        bench_emit(bench, bench_addi(ZERO, ZERO, 0));
    bench_translate(bench);
    iss->csr.mideleg = INTERRUPTS_S;
    iss->csr.mie = iss->csr.mip = INTERRUPT_SSI | INTERRUPT_STI | INTERRUPT_SEI;
    iss_run(iss, 1);
    assert_int_equal(iss->counts.interrupts, 0); /* S-mode, SIE = 0 */
    iss_device_store(iss, MSIP, 4, 1);
    iss->csr.mie |= INTERRUPT_MSI;
    iss_run(iss, 1);
    assert_int_equal(iss->csr.mcause, INTERRUPT | 3); /* though MIE = 0: from S-mode */
    assert_int_equal(iss->pc, BENCH_MTVEC + 4);       /* Direct; the first instruction is done */
    assert_int_equal(iss->privilege, MMU_M);
    iss_device_store(iss, MSIP, 4, 0);
    iss->privilege = MMU_S;
    iss->pc = bench_va(bench, BENCH_CODE);
    iss->csr.mstatus |= MSTATUS_SIE;
    iss->csr.stvec = bench_va(bench, BENCH_STVEC);
    iss_run(iss, 1);
    assert_int_equal(iss->csr.scause, INTERRUPT | 9); /* external before software and timer */
    assert_int_equal(iss->csr.mstatus & MSTATUS_SIE, 0);
    bench_free(bench);
}

static void waits_for_the_timer(void **state)
{
    struct bench *bench = bench_with_vectors();
    struct iss *iss = &bench->iss;

    (void)state;
    bench_emit(bench, BENCH_WFI);
    bench_emit(bench, bench_addi(T2, ZERO, 7));
    bench_emit(bench, BENCH_WFI);
    iss->csr.mie = INTERRUPT_MTI;
    iss_timer_set(iss, 5000);
    iss_run(iss, 2);
    assert_in_range(iss->time, 5000, 5001);
    assert_int_equal(iss->x[T2], 7); /* MIE is 0: it goes on without a trap */
    iss->csr.mie = 0;
    assert_int_equal(iss_run(iss, 1), ISS_ASLEEP);
    bench_free(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delegates),
        cmocka_unit_test(returns_from_machine),
        cmocka_unit_test(returns_from_supervisor),
        cmocka_unit_test(accesses_as_another_privilege),
        cmocka_unit_test(refuses_accesses),
        cmocka_unit_test(refuses_fetches),
        cmocka_unit_test(handler_that_traps_to_itself_ends),
        cmocka_unit_test(timer_interrupts),
        cmocka_unit_test(interrupts_have_an_order),
        cmocka_unit_test(waits_for_the_timer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * A guest on a twin of the design under the scoreboard: that all agrees when it should, and that
 * each of a list of faults ends the run. The guest turns translation on by itself, changes a PTE
 * and fences it, goes from one address space to another and back, and faults.
 */
#include "twin_dut.h"

#include "iss_bench.h"
#include "iss_meter.h"
#include "iss_mmu_rtl.h"

#define ROUNDS 200
#define WINDOW UINT64_C(0x40000000) /* a page that is mapped to A, to B, and elsewhere to C */

/* Physical pages. */
#define ROOT_1 (ISS_RAM + 0x10000)
#define ROOT_2 (ISS_RAM + 0x11000)
#define PAGE_A (ISS_RAM + 0x20000)
#define PAGE_B (ISS_RAM + 0x21000)
#define PAGE_C (ISS_RAM + 0x22000)
#define FLAGS  (MMU_PTE_V | MMU_PTE_R | MMU_PTE_W | MMU_PTE_A | MMU_PTE_D)
#define STVEC  (BENCH_CODE + 0x800)

enum { S2 = 18, S3, S4, S5, S6 };

struct guest {
    struct bench bench;
    struct dut *dut;
    struct iss_mmu_rtl rtl;
    struct iss_meter meter;
};

/* Two levels below a root for WINDOW, and for memory a global leaf at its own address. */
static void make_tables(struct bench *bench, uint64_t root, uint64_t page)
{
    uint64_t middle = root + 0x2000, low = root + 0x4000;

    bench_set(bench, root + 8 * 2, ISS_RAM >> 2 | BENCH_RWX | MMU_PTE_G | MMU_PTE_V);
    bench_set(bench, root + 8 * 1, middle >> 2 | MMU_PTE_V);
    bench_set(bench, middle, low >> 2 | MMU_PTE_V);
    bench_set(bench, low, page >> 2 | FLAGS);
}

/* What one round loads is added to S4: from A, from B, from C. */
static void write_program(struct bench *bench)
{
    static const uint32_t handler[] = {
        0x141021f3, /* csrr gp, sepc */
        0x00418193, /* addi gp, gp, 4 */
        0x14119073, /* csrw sepc, gp */
        BENCH_SRET,
    };
    const uint32_t program[] = {
        bench_csrrw(ZERO, 0x180, A4), /* satp: the first address space */
        bench_ld(T2, S0, 0),
        bench_r(0x33, 0, 0, S4, S4, T2),
        bench_sd(A3, S1, 0), /* the PTE */
        bench_ld(RA, S0, 0), /* from A still, or from B already: both are legal */
        bench_sfence(S0, ZERO),
        bench_ld(T0, S0, 0),
        bench_r(0x33, 0, 0, S4, S4, T0),
        bench_sd(T0, S0, 8),
        bench_csrrw(ZERO, 0x180, A5), /* satp: the second */
        bench_ld(T1, S0, 0),
        bench_r(0x33, 0, 0, S4, S4, T1),
        bench_csrrw(ZERO, 0x180, A4),
        bench_ld(A7, S2, 0), /* not mapped */
        bench_sd(A7, S2, 0),
        bench_sd(A2, S1, 0),
        bench_sfence(ZERO, S3), /* the first's ASID */
        bench_addi(S5, S5, -1),
        bench_b(1, S5, ZERO, -18 * 4),
        bench_r(0x33, 6, 0, A7, S6, ZERO),
        BENCH_ECALL, /* shut down */
    };

    for (size_t i = 0; i < sizeof program / sizeof *program; i++)
        bench_emit(bench, program[i]);
    for (unsigned i = 0; i < sizeof handler / sizeof *handler; i++)
        iss_memory_put(&bench->memory, STVEC + 4 * i, 4, handler[i]);
}

static void set_registers(struct iss *iss)
{
    iss->csr.stvec = STVEC;
    iss->x[S0] = WINDOW;
    iss->x[S1] = ROOT_1 + 0x4000;
    iss->x[S2] = WINDOW + 0x1000;
    iss->x[S3] = 1;
    iss->x[S5] = ROUNDS;
    iss->x[S6] = 0x53525354;
    iss->x[A0] = iss->x[A1] = iss->x[A6] = 0;
    iss->x[A2] = PAGE_A >> 2 | FLAGS;
    iss->x[A3] = PAGE_B >> 2 | FLAGS;
    iss->x[A4] = UINT64_C(8) << 60 | UINT64_C(1) << 44 | ROOT_1 >> 12;
    iss->x[A5] = UINT64_C(8) << 60 | UINT64_C(2) << 44 | ROOT_2 >> 12;
}

/* Runs the guest on a twin with this fault. */
static void run(struct guest *guest, const char *fault)
{
    struct bench *bench = &guest->bench;
    const struct dut_set set = {fault};
    const struct mmu_config model = {.xlen = 64, .levels = 4, .pa_bits = 50};
    const struct iss_config config = {
        .levels = 4,
        .asid_bits = 4,
        .pa_bits = 50,
        .sbi = true,
        .put = bench_put,
        .user = bench,
    };
    char error[200];

    *guest = (struct guest){0};
    assert_true(iss_memory_begin(&bench->memory, BENCH_MEMORY));
    guest->dut = dut_open("linux", &set, 1, DUT_WAVE_NONE, error, sizeof error);
    assert_non_null(guest->dut);
    assert_true(iss_mmu_rtl_begin(&guest->rtl, guest->dut, &model, &bench->memory, 1));
    iss_meter_begin(&guest->meter, &guest->rtl.mmu);
    iss_begin(&bench->iss, &config, &bench->memory, &guest->meter.mmu, BENCH_CODE, 0, false);
    make_tables(bench, ROOT_1, PAGE_A);
    make_tables(bench, ROOT_2, PAGE_C);
    write_program(bench);
    bench_set(bench, PAGE_A, 1);
    bench_set(bench, PAGE_B, 10000);
    bench_set(bench, PAGE_C, 100000000);
    set_registers(&bench->iss);
    iss_run(&bench->iss, 100000);
    iss_mmu_rtl_end(&guest->rtl);
}

static void end(struct guest *guest)
{
    dut_close(guest->dut);
    iss_memory_free(&guest->bench.memory);
}

static void good_design_agrees(void **state)
{
    struct guest guest;

    (void)state;
    run(&guest, "Fault=good");
    if (guest.rtl.wrong)
        fail_msg("%s", guest.rtl.message);
    assert_int_equal(guest.bench.iss.end, ISS_POWERED_OFF);
    assert_int_equal(guest.bench.iss.x[S4], ROUNDS * UINT64_C(100010001));
    assert_int_equal(guest.rtl.answers, iss_meter_all(&guest.meter));
    assert_int_equal(guest.rtl.agreed, guest.rtl.answers);
    assert_int_equal(guest.meter.faults[13], ROUNDS);
    assert_int_equal(guest.meter.faults[15], ROUNDS);
    assert_int_equal(guest.meter.translations[MMU_LOAD], 5 * ROUNDS);
    assert_int_equal(guest.meter.translations[MMU_STORE], 4 * ROUNDS);
    assert_int_equal(guest.meter.fences[1], ROUNDS);
    assert_int_equal(guest.meter.fences[2], ROUNDS);
    assert_int_equal(guest.meter.satp_changes, 2 * ROUNDS + 1);
    assert_int_equal(bench_word(&guest.bench, PAGE_B + 8), 10000);
    end(&guest);
}

static void faults_are_found(void **state)
{
    static const char *const faults[] = {
        "ignores_fences", "ignores_asid", "answers_twice", "loses_request", "says_too_large",
        "wrong_cause",    "stuck_fence",  "unready",       "unstable_port",
    };

    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct guest guest;
        char text[40];
        snprintf(text, sizeof text, "Fault=%s", faults[i]);
        run(&guest, text);
        if (!guest.rtl.wrong || !guest.rtl.message[0])
            fail_msg("%s is not found", faults[i]);
        if (strcmp(faults[i], "unstable_port")) /* which is seen at the end */
            assert_int_equal(guest.bench.iss.end, ISS_DISAGREED);
        end(&guest);
    }
}

/* What a disagreement says: what was answered, and what would have been legal. */
static void disagreement_is_explained(void **state)
{
    struct guest guest;

    (void)state;
    run(&guest, "Fault=ignores_fences");
    assert_non_null(strstr(guest.rtl.message, "0x80020000")); /* A, where B is mapped */
    assert_non_null(strstr(guest.rtl.message, "0x80021000"));
    assert_int_equal(guest.rtl.agreed, guest.rtl.answers - 1);
    end(&guest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_design_agrees),
        cmocka_unit_test(faults_are_found),
        cmocka_unit_test(disagreement_is_explained),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* The simulator's computing instructions, jumps and branches, one by one, with translation off and
 * on. What is expected was worked out by hand from the specification. */
#include "iss_bench.h"

#include <stdio.h>

#define MINUS(n) ((uint64_t) - (n))
#define BIG      UINT64_C(0x123456789abcdef0)
#define LEAST    UINT64_C(0x8000000000000000)

/* rd (t2) of an instruction with these operands in t0 and t1. */
struct row {
    const char *name;
    uint32_t insn;
    uint64_t a, b, expected;
};

#define OP(f3, f7)  bench_r(0x33, f3, f7, T2, T0, T1)
#define OPW(f3, f7) bench_r(0x3b, f3, f7, T2, T0, T1)
#define IMM(f3, i)  bench_i(0x13, f3, T2, T0, i)
#define IMMW(f3, i) bench_i(0x1b, f3, T2, T0, i)
#define ARITHMETIC  0x400 /* in the immediate of a shift */

static uint64_t execute(const struct row *row, bool translated)
{
    struct bench *bench = bench_new(false);
    uint64_t result;

    bench_emit(bench, row->insn);
    if (translated)
        bench_translate(bench);
    bench->iss.x[T0] = row->a;
    bench->iss.x[T1] = row->b;
    uint64_t pc = bench->iss.pc;
    iss_run(&bench->iss, 1);
    if (bench->iss.pc != pc + 4)
        fail_msg("%s: pc is 0x%llx", row->name, (unsigned long long)bench->iss.pc);
    assert_int_equal(bench->iss.counts.instructions, 1);
    result = bench->iss.x[T2];
    bench_free(bench);
    return result;
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (int translated = 0; translated < 2; translated++) {
            uint64_t found = execute(&rows[i], translated);
            if (found != rows[i].expected)
                fail_msg("%s: 0x%llx, not 0x%llx", rows[i].name, (unsigned long long)found,
                         (unsigned long long)rows[i].expected);
        }
}

static void computes(void **state)
{
    const struct row rows[] = {
        {"lui", 0x80000000u | T2 << 7 | 0x37, 0, 0, UINT64_C(0xffffffff80000000)},
        {"addi", IMM(0, -1), 5, 0, 4},
        {"slti", IMM(2, -1), MINUS(2), 0, 1},
        {"slti", IMM(2, -1), 1, 0, 0},
        {"sltiu", IMM(3, -1), 7, 0, 1},
        {"xori", IMM(4, -1), BIG, 0, ~BIG},
        {"ori", IMM(6, 0x70f), 0xf0, 0, 0x7ff},
        {"andi", IMM(7, -16), 0x123, 0, 0x120},
        {"slli", IMM(1, 60), 0x1f, 0, UINT64_C(0xf000000000000000)},
        {"srli", IMM(5, 63), LEAST, 0, 1},
        {"srai", IMM(5, 63 | ARITHMETIC), LEAST, 0, MINUS(1)},
        {"add", OP(0, 0), UINT64_MAX, 2, 1},
        {"sub", OP(0, 0x20), 1, 2, MINUS(1)},
        {"sll", OP(1, 0), 1, 64 + 4, 16},
        {"slt", OP(2, 0), LEAST, 1, 1},
        {"sltu", OP(3, 0), LEAST, 1, 0},
        {"xor", OP(4, 0), 0xff, 0x0f, 0xf0},
        {"srl", OP(5, 0), LEAST, 60, 8},
        {"sra", OP(5, 0x20), LEAST, 60, MINUS(8)},
        {"or", OP(6, 0), 0xf0, 0x0f, 0xff},
        {"and", OP(7, 0), 0xfc, 0x3f, 0x3c},
        {"addiw", IMMW(0, 1), 0x7fffffff, 0, UINT64_C(0xffffffff80000000)},
        {"slliw", IMMW(1, 31), 1, 0, UINT64_C(0xffffffff80000000)},
        {"srliw", IMMW(5, 4), UINT64_C(0xffffffff80000000), 0, 0x08000000},
        {"sraiw", IMMW(5, 4 | ARITHMETIC), 0x80000000, 0, UINT64_C(0xfffffffff8000000)},
        {"addw", OPW(0, 0), UINT64_C(0x1ffffffff), 1, 0},
        {"subw", OPW(0, 0x20), 0, 1, MINUS(1)},
        {"sllw", OPW(1, 0), 1, 32 + 3, 8},
        {"srlw", OPW(5, 0), UINT64_C(0xf80000000), 31, 1},
        {"sraw", OPW(5, 0x20), 0x80000000, 31, MINUS(1)},
    };

    (void)state;
    check_rows(rows, sizeof rows / sizeof *rows);
}

static void multiplies_and_divides(void **state)
{
    const struct row rows[] = {
        {"mul", OP(0, 1), MINUS(3), 7, MINUS(21)},
        {"mulh", OP(1, 1), LEAST, LEAST, UINT64_C(0x4000000000000000)},
        {"mulh", OP(1, 1), MINUS(1), 1, MINUS(1)},
        {"mulhsu", OP(2, 1), MINUS(1), UINT64_MAX, MINUS(1)},
        {"mulhu", OP(3, 1), UINT64_MAX, UINT64_MAX, UINT64_MAX - 1},
        {"div", OP(4, 1), MINUS(7), 2, MINUS(3)},
        {"div by zero", OP(4, 1), 7, 0, MINUS(1)},
        {"div overflow", OP(4, 1), LEAST, MINUS(1), LEAST},
        {"divu", OP(5, 1), UINT64_MAX, 16, UINT64_MAX >> 4},
        {"divu by zero", OP(5, 1), 7, 0, UINT64_MAX},
        {"rem", OP(6, 1), MINUS(7), 2, MINUS(1)},
        {"rem by zero", OP(6, 1), MINUS(7), 0, MINUS(7)},
        {"rem overflow", OP(6, 1), LEAST, MINUS(1), 0},
        {"remu", OP(7, 1), UINT64_MAX, 16, 15},
        {"mulw", OPW(0, 1), 0x10000, 0x8000, UINT64_C(0xffffffff80000000)},
        {"divw", OPW(4, 1), UINT64_C(0x1fffffff9), 2, MINUS(3)},
        {"divw overflow", OPW(4, 1), 0x80000000, MINUS(1), UINT64_C(0xffffffff80000000)},
        {"divuw", OPW(5, 1), UINT64_C(0xffffffff80000000), 1, UINT64_C(0xffffffff80000000)},
        {"divuw", OPW(5, 1), 0xffffffff, MINUS(2), 1},
        {"divuw by zero", OPW(5, 1), 1, 0, UINT64_MAX},
        {"remw", OPW(6, 1), 0xfffffff9, 2, MINUS(1)},
        {"remw by zero", OPW(6, 1), 0x80000000, 0, UINT64_C(0xffffffff80000000)},
        {"remuw", OPW(7, 1), UINT64_C(0x5ffffffff), 16, 15},
    };

    (void)state;
    check_rows(rows, sizeof rows / sizeof *rows);
}

/* Each is no instruction: cause 2, with its bits in mtval. */
static void refuses_what_is_none(void **state)
{
    const uint32_t words[] = {
        0,
        0xffffffff,
        0x00000001,                   /* compressed */
        bench_i(0x03, 7, T2, T0, 0),  /* a load of no size */
        bench_s(4, T0, T1, 0),        /* a store of no size */
        bench_b(2, T0, T1, 8),        /* a branch of no kind */
        bench_i(0x67, 1, T2, T0, 0),  /* jalr with a funct3 */
        OP(1, 0x20),                  /* sll, but not quite */
        OP(0, 2),                     /* funct7 of nothing */
        OPW(2, 0),                    /* sltw */
        OPW(1, 1),                    /* mulhw */
        IMM(1, ARITHMETIC),           /* slai */
        IMMW(1, 32),                  /* slliw by 32 */
        IMMW(2, 0),                   /* sltiw */
        bench_amo(5, 3, T2, T0, T1),  /* an atomic of no kind */
        bench_amo(0, 1, T2, T0, T1),  /* of two bytes */
        bench_amo(2, 3, T2, T0, T1),  /* lr with rs2 */
        bench_i(0x73, 4, 0, 0, 0),    /* SYSTEM with funct3 4 */
        bench_i(0x0f, 2, 0, 0, 0),    /* a fence of no kind */
        bench_csrrs(T2, 0x7c0, ZERO), /* no such CSR */
        bench_csrrw(ZERO, 0xf14, T0), /* mhartid cannot be written */
        0x00200073,                   /* uret, that was */
    };

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct bench *bench = bench_new(false);
        bench_emit(bench, words[i]);
        bench->iss.csr.mtvec = BENCH_DATA;
        bench->iss.x[T0] = bench->iss.x[T1] = BENCH_DATA;
        iss_run(&bench->iss, 1);
        if (bench->iss.csr.mcause != 2)
            fail_msg("0x%08x: cause %llu", words[i], (unsigned long long)bench->iss.csr.mcause);
        assert_int_equal(bench->iss.csr.mtval, words[i]);
        assert_int_equal(bench->iss.csr.mepc, BENCH_CODE);
        assert_int_equal(bench->iss.pc, BENCH_DATA);
        assert_int_equal(bench->iss.counts.instructions, 0);
        bench_free(bench);
    }
}

/* pc after the instruction. */
static uint64_t jumps(uint32_t insn, uint64_t a, uint64_t b, bool translated)
{
    struct bench *bench = bench_new(false);
    uint64_t pc;

    bench_emit(bench, insn);
    if (translated)
        bench_translate(bench);
    bench->iss.x[T0] = bench->iss.x[T1] = 0;
    bench->iss.x[T0] = a;
    bench->iss.x[T1] = b;
    pc = bench->iss.pc;
    iss_run(&bench->iss, 1);
    uint64_t to = bench->iss.pc;
    if ((insn & 0x77) == 0x67)
        assert_int_equal(bench->iss.x[RA], pc + 4);
    bench_free(bench);
    return to - pc;
}

static void jumps_and_branches(void **state)
{
    (void)state;
    for (int translated = 0; translated < 2; translated++) {
        uint64_t base = translated ? BENCH_CODE - ISS_RAM + BENCH_VA : BENCH_CODE;

        assert_int_equal(jumps(bench_j(RA, -4096), 0, 0, translated), MINUS(4096));
        assert_int_equal(jumps(bench_j(RA, 0xffffc), 0, 0, translated), 0xffffc);
        assert_int_equal(jumps(bench_i(0x67, 0, RA, T0, -7), base + 128, 0, translated), 120);
        assert_int_equal(jumps(bench_b(0, T0, T1, -64), 1, 1, translated), MINUS(64));
        assert_int_equal(jumps(bench_b(0, T0, T1, -64), 1, 2, translated), 4);
        assert_int_equal(jumps(bench_b(1, T0, T1, 4092), 1, 2, translated), 4092);
        assert_int_equal(jumps(bench_b(4, T0, T1, 2048), MINUS(1), 0, translated), 2048);
        assert_int_equal(jumps(bench_b(5, T0, T1, 2048), MINUS(1), 0, translated), 4);
        assert_int_equal(jumps(bench_b(6, T0, T1, 32), MINUS(1), 0, translated), 4);
        assert_int_equal(jumps(bench_b(7, T0, T1, 32), MINUS(1), 0, translated), 32);
    }
}

static void refuses_odd_targets(void **state)
{
    const struct {
        uint32_t insn;
        uint64_t target;
    } rows[] = {
        {bench_j(RA, 6), BENCH_CODE + 6},
        {bench_i(0x67, 0, RA, T0, 3), BENCH_DATA + 2},
        {bench_b(0, T0, T0, 10), BENCH_CODE + 10},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_new(false);
        bench_emit(bench, rows[i].insn);
        bench->iss.x[T0] = BENCH_DATA;
        iss_run(&bench->iss, 1);
        assert_int_equal(bench->iss.csr.mcause, 0);
        assert_int_equal(bench->iss.csr.mtval, rows[i].target);
        assert_int_equal(bench->iss.csr.mepc, BENCH_CODE);
        assert_int_equal(bench->iss.counts.exceptions[0], 1);
        assert_int_equal(bench->iss.x[RA], 0);
        bench_free(bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(computes),
        cmocka_unit_test(multiplies_and_divides),
        cmocka_unit_test(refuses_what_is_none),
        cmocka_unit_test(jumps_and_branches),
        cmocka_unit_test(refuses_odd_targets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

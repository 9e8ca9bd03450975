// SPDX-License-Identifier: Apache-2.0
/* The simulator's loads, stores and atomic accesses, with translation off and on. */
#include "iss_bench.h"

#define MINUS(n) ((uint64_t) - (n))
#define BIG      UINT64_C(0x123456789abcdef0)

static void loads(void **state)
{
    static const struct {
        unsigned f3;
        int at;
        uint64_t expected;
    } rows[] = {
        {0, 7, MINUS(0x80)},
        {4, 7, 0x80},
        {1, 6, UINT64_C(0xffffffffffff8091)},
        {5, 6, 0x8091},
        {2, 4, UINT64_C(0xffffffff8091a2b3)},
        {6, 4, 0x8091a2b3},
        {3, 0, UINT64_C(0x8091a2b3c4d5e6f7)},
        {2, 0, UINT64_C(0xffffffffc4d5e6f7)},
        {0, 0, MINUS(9)},
    };

    (void)state;
    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_new(false);
        bench_emit(bench, bench_i(0x03, rows[i / 2].f3, T2, T0, rows[i / 2].at - 8));
        bench_set(bench, BENCH_DATA, UINT64_C(0x8091a2b3c4d5e6f7));
        if (i & 1)
            bench_translate(bench);
        bench->iss.x[T0] = bench_va(bench, BENCH_DATA) + 8;
        iss_run(&bench->iss, 1);
        assert_int_equal(bench->iss.x[T2], rows[i / 2].expected);
        bench_free(bench);
    }
}

static void stores(void **state)
{
    static const uint64_t expected[] = {UINT64_C(0x11111111111111f0), UINT64_C(0x111111111111def0),
                                        UINT64_C(0x111111119abcdef0), BIG};

    (void)state;
    for (unsigned i = 0; i < 8; i++) {
        struct bench *bench = bench_new(false);
        bench_emit(bench, bench_s(i / 2, T0, T1, -16));
        bench_set(bench, BENCH_DATA, UINT64_C(0x1111111111111111));
        if (i & 1)
            bench_translate(bench);
        bench->iss.x[T0] = bench_va(bench, BENCH_DATA) + 16;
        bench->iss.x[T1] = BIG;
        iss_run(&bench->iss, 1);
        assert_int_equal(bench_word(bench, BENCH_DATA), expected[i / 2]);
        bench_free(bench);
    }
}

/* The old value goes to t2, the new one to memory; a word's is sign-extended. */
static void atomics(void **state)
{
    static const struct {
        unsigned f5, f3;
        uint64_t memory, operand, loaded, stored;
    } rows[] = {
        {0, 3, 5, MINUS(6), 5, MINUS(1)},
        {1, 3, 5, 6, 5, 6},
        {4, 3, 0xff, 0x0f, 0xff, 0xf0},
        {8, 3, 0xf0, 0x0f, 0xf0, 0xff},
        {12, 3, 0xfc, 0x3f, 0xfc, 0x3c},
        {16, 3, 1, MINUS(1), 1, MINUS(1)},
        {20, 3, 1, MINUS(1), 1, 1},
        {24, 3, 1, MINUS(1), 1, 1},
        {28, 3, 1, MINUS(1), 1, MINUS(1)},
        {0, 2, UINT64_C(0x11111111ffffffff), 1, MINUS(1), UINT64_C(0x1111111100000000)},
        {1, 2, UINT64_C(0x1111111180000000), 5, UINT64_C(0xffffffff80000000),
         UINT64_C(0x1111111100000005)},
        {20, 2, 0x80000000, 1, UINT64_C(0xffffffff80000000), 1},
        {28, 2, 0x80000000, 1, UINT64_C(0xffffffff80000000), 0x80000000},
        {24, 2, 0x80000000, UINT64_C(0xf00000001), UINT64_C(0xffffffff80000000), 1},
    };

    (void)state;
    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_new(false);
        bench_emit(bench, bench_amo(rows[i / 2].f5, rows[i / 2].f3, T2, T0, T1));
        bench_set(bench, BENCH_DATA, rows[i / 2].memory);
        if (i & 1)
            bench_translate(bench);
        bench->iss.x[T0] = bench_va(bench, BENCH_DATA);
        bench->iss.x[T1] = rows[i / 2].operand;
        iss_run(&bench->iss, 1);
        assert_int_equal(bench->iss.x[T2], rows[i / 2].loaded);
        assert_int_equal(bench_word(bench, BENCH_DATA), rows[i / 2].stored);
        bench_free(bench);
    }
}

static void register_zero_stays(void **state)
{
    struct bench *bench = bench_new(false);

    (void)state;
    bench_emit(bench, bench_addi(ZERO, ZERO, 5));
    bench_emit(bench, bench_ld(ZERO, T0, 0));
    bench_emit(bench, bench_addi(T2, ZERO, 1));
    bench->iss.x[T0] = BENCH_CODE;
    iss_run(&bench->iss, 3);
    assert_int_equal(bench->iss.x[ZERO], 0);
    assert_int_equal(bench->iss.x[T2], 1);
    bench_free(bench);
}

/* Code that was just written is run: the simulator has no instruction cache. */
static void runs_what_it_wrote(void **state)
{
    struct bench *bench = bench_new(false);

    (void)state;
    bench_emit(bench, bench_s(2, T0, T1, 8));
    bench_emit(bench, bench_i(0x0f, 1, 0, 0, 0)); /* fence.i */
    bench_emit(bench, BENCH_EBREAK);
    bench_translate(bench);
    bench->iss.x[T0] = bench_va(bench, BENCH_CODE);
    bench->iss.x[T1] = bench_addi(T2, ZERO, 77);
    iss_run(&bench->iss, 3);
    assert_int_equal(bench->iss.x[T2], 77);
    bench_free(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads),
        cmocka_unit_test(stores),
        cmocka_unit_test(atomics),
        cmocka_unit_test(register_zero_stays),
        cmocka_unit_test(runs_what_it_wrote),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

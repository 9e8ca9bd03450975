// SPDX-License-Identifier: Apache-2.0
/* What rvmmu-tb bench makes of a trace, and its random pages. */
#include "bench_stream.h"
#include "bench_trace.h"
#include "bench_work.h"

static void assert_work(const struct bench_work *work, enum dut_port port, size_t i, uint64_t va,
                        enum mmu_access access)
{
    assert_true(i < work->count[port]);
    assert_int_equal(work->accesses[port][i], bench_access(va, access));
}

/* One access a reference, at its first byte; ports apart. */
static void work_of_a_trace(void **state)
{
    char path[64], error[300];
    struct bench_work work;

    (void)state;
    bench_trace_write(path);
    assert_true(bench_work_read(&work, path, 0, error, sizeof error));
    assert_int_equal(work.count[DUT_FETCH], 2);
    assert_int_equal(work.count[DUT_DATA], 3);
    assert_work(&work, DUT_FETCH, 0, 0x400ffe, MMU_FETCH);
    assert_work(&work, DUT_FETCH, 1, 0x401002, MMU_FETCH);
    assert_work(&work, DUT_DATA, 0, 0x500010, MMU_LOAD);
    assert_work(&work, DUT_DATA, 1, 0x500ffc, MMU_STORE);
    assert_work(&work, DUT_DATA, 2, 0x400000, MMU_STORE);
    assert_int_equal(work.page_count, 3);
    bench_work_free(&work);
    assert_true(bench_work_read(&work, path, 2, error, sizeof error));
    assert_int_equal(work.count[DUT_FETCH] + work.count[DUT_DATA], 2);
    bench_work_free(&work);
    unlink(path);
    assert_false(bench_work_read(&work, path, 0, error, sizeof error));
    bench_work_free(&work);
}

static void addresses_keep_their_upper_bits(void **state)
{
    (void)state;
    assert_int_equal(bench_access_va(bench_access(UINT64_C(0xffffffff81234567), MMU_STORE)),
                     UINT64_C(0xffffffff81234567));
    assert_int_equal(bench_access_va(bench_access(0x1ffeffe123, MMU_STORE)), 0x1ffeffe123);
}

static void drawn_work(void **state)
{
    struct bench_work one, two;
    unsigned seen[64] = {0};

    (void)state;
    assert_true(bench_work_draw(&one, 64, 6400) && bench_work_draw(&two, 64, 6400));
    assert_int_equal(one.page_count, 64);
    assert_int_equal(one.count[DUT_DATA], 6400);
    assert_memory_equal(one.accesses[DUT_DATA], two.accesses[DUT_DATA], 6400 * 8);
    for (size_t i = 0; i < 6400; i++)
        seen[(bench_access_va(one.accesses[DUT_DATA][i]) - 0x40000000) >> 12]++;
    for (size_t i = 0; i < 64; i++)
        assert_in_range(seen[i], 50, 200);
    bench_work_free(&one);
    bench_work_free(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_of_a_trace),
        cmocka_unit_test(addresses_keep_their_upper_bits),
        cmocka_unit_test(drawn_work),
    };
    return cmocka_run_group_tests_name("work of bench", tests, NULL, NULL);
}

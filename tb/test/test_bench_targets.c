// SPDX-License-Identifier: Apache-2.0
/* Targets, by the project's table of them, and verdicts. */
#include "bench_target.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct dut_parameters build(unsigned l2_ways, unsigned l2_register, unsigned walk_cache)
{
    return (struct dut_parameters){.l2_ways = l2_ways,
                                   .l2_sets = l2_ways ? 128 : 0,
                                   .l2_register = l2_register,
                                   .walk_cache_entries = walk_cache};
}

#define assert_target(target_, cycles_)                                                            \
    do {                                                                                           \
        struct bench_target is_ = (target_);                                                       \
        assert_true(is_.given);                                                                    \
        assert_true(is_.cycles == (cycles_));                                                      \
    } while (0)

static void targets_of_walks(void **state)
{
    static const unsigned latency[] = {1, 10, 40}, bare[] = {7, 34, 124}, with[] = {8, 35, 125},
                          neighbour[] = {4, 13, 43};

    (void)state;
    for (unsigned r = 0; r < 2; r++)
        for (unsigned i = 0; i < 3; i++) {
            struct dut_parameters plain = build(0, 0, 4), l2 = build(4, r, 4);

            assert_target(bench_target_walk(&plain, 3, latency[i]), bare[i]);
            assert_target(bench_target_walk(&l2, 3, latency[i]), with[i] + r);
            assert_target(bench_target_neighbour(&l2, latency[i]), neighbour[i] + r);
        }
    struct dut_parameters without = build(4, 0, 0);
    assert_false(bench_target_neighbour(&without, 10).given);
}

static void targets_of_the_rest(void **state)
{
    (void)state;
    for (unsigned r = 0; r < 2; r++) {
        struct dut_parameters p = build(4, r, 4);

        assert_target(bench_target_l2_hit(&p), 2 + r);
        assert_target(bench_target_random(&p, 10, 1), 14 + r);
        assert_target(bench_target_random(&p, 40, 1), 44 + r);
        assert_target(bench_target_random(&p, 40, 4), 12);
        assert_true(bench_target_random(&p, 40, 4).below);
        assert_false(bench_target_random(&p, 10, 4).given);
        assert_target(bench_target_fence_va(&p), 3 + r);
        assert_target(bench_target_fence_asid(&p), 130 + r);
    }
    struct dut_parameters none = build(0, 0, 0);
    assert_target(bench_target_fence_va(&none), 1);
    assert_target(bench_target_fence_asid(&none), 1);
    assert_false(bench_target_random(&none, 10, 1).given);
}

static void targets_of_traces(void **state)
{
    static const struct {
        const char *trace;
        double r0[2], r1[2], pipelined[2], fetch[2];
    } table[] = {
        {"gzip", {1.06, 1.07}, {1.12, 1.12}, {1.01, 1.02}, {1.0003, 1.0003}},
        {"sort", {1.01, 1.02}, {1.015, 1.02}, {1.00, 1.01}, {1.001, 1.001}},
        {"sqlite", {1.04, 1.05}, {1.08, 1.08}, {1.01, 1.01}, {1.03, 1.05}},
        {"python", {1.09, 1.11}, {1.16, 1.18}, {1.02, 1.04}, {1.020, 1.048}},
    };

    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (unsigned k = 0; k < 2; k++) {
            const char *trace = table[i].trace;
            unsigned l = k ? 40 : 10;

            assert_target(bench_target_trace(trace, DUT_DATA, false, l, 1), table[i].r0[k]);
            assert_target(bench_target_trace(trace, DUT_DATA, true, l, 1), table[i].r1[k]);
            assert_target(bench_target_trace(trace, DUT_DATA, true, l, 4), table[i].pipelined[k]);
            assert_target(bench_target_trace(trace, DUT_FETCH, true, l, 1), table[i].fetch[k]);
        }
    assert_false(bench_target_trace("cc1", DUT_DATA, true, 10, 1).given);
    assert_false(bench_target_trace("gzip", DUT_DATA, true, 20, 1).given);
    assert_false(bench_target_trace("gzip", DUT_DATA, true, 10, 2).given);
}

static void verdicts_at_the_precision_of_the_target(void **state)
{
    static const struct {
        struct bench_target target;
        double measured;
        enum bench_verdict verdict;
    } cases[] = {
        {{true, 1.06, 2, false}, 1.0649, BENCH_PASS},
        {{true, 1.06, 2, false}, 1.0651, BENCH_OVER},
        {{true, 1.0, 2, false}, 1.0049, BENCH_PASS},
        {{true, 1.0, 2, false}, 1.01, BENCH_OVER},
        {{true, 1.0003, 4, false}, 1.0003, BENCH_PASS},
        {{true, 1.0003, 4, false}, 1.0004, BENCH_OVER},
        {{true, 35, 2, false}, 35, BENCH_PASS},
        {{true, 35, 2, false}, 35.5, BENCH_OVER},
        {{true, 12, 2, true}, 11.99, BENCH_PASS},
        {{true, 12, 2, true}, 12, BENCH_OVER},
        {{true, 0, 2, false}, -3, BENCH_PASS},
        {{false, 0, 0, false}, 1, BENCH_NO_TARGET},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(bench_judge(&cases[i].target, cases[i].measured), cases[i].verdict);
    struct bench_target one = bench_target_exactly(1); /* a hit in each cycle: not one is lost */
    assert_int_equal(bench_judge(&one, 101.0 / 100), BENCH_OVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_of_walks),
        cmocka_unit_test(targets_of_the_rest),
        cmocka_unit_test(targets_of_traces),
        cmocka_unit_test(verdicts_at_the_precision_of_the_target),
    };
    return cmocka_run_group_tests_name("targets of bench", tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Golden vectors on the model and on the RTL: how many run, how many are skipped for what a build
 * lacks, and that all agree. */
#include "vectors_bench.h"

struct expectation {
    const char *name;
    unsigned run;
    unsigned unfenced; /* in each order */
    unsigned skipped[VECTORS_FEATURES];
};

static void check_counts(const struct vectors_engine *engine, const struct expectation *expected,
                         unsigned n, unsigned run, unsigned skipped)
{
    struct vectors_counts total = {0};

    for (unsigned i = 0; i < n; i++) {
        struct vectors_counts counts = vectors_bench_run(engine, expected[i].name);
        assert_int_equal(counts.run, expected[i].run);
        assert_int_equal(counts.unfenced, (1 + VECTORS_SHUFFLES) * expected[i].unfenced);
        assert_true(vectors_count_all_agree(&counts));
        for (int f = 0; f < VECTORS_FEATURES; f++)
            assert_int_equal(counts.skipped[f], expected[i].skipped[f]);
        vectors_count_add(&total, &counts);
    }
    assert_int_equal(total.run, run);
    assert_int_equal(vectors_count_skipped(&total), skipped);
}

static void model_agrees_with_every_access(void **state)
{
    (void)state;
    static const struct expectation expected[] = {
        {"sv32", 7008, 0, {0}},     {"sv39", 8016, 0, {0}},
        {"sv48", 7008, 0, {0}},     {"sv57", 7008, 0, {0}},
        {"perm", 4608, 0, {0}},     {"rsvd", 5016, 0, {0}},
        {"tlb", 6016, 0, {0}},      {"bare", 2016, 0, {0}},
        {"napot", 4008, 0, {0}},    {"pbmt", 4008, 0, {0}},
        {"ad", 6000, 0, {0}},       {"pmp", 8016, 0, {0}},
        {"smepmp", 5016, 0, {0}},   {"pmp_perm", 4592, 0, {[VECTORS_HYPERVISOR] = 2752}},
        {"pmp_edge", 5000, 0, {0}}, {"pmp_ad", 1555, 0, {[VECTORS_HYPERVISOR] = 3461}},
    };
    struct vectors_build builds[2];
    struct vectors_engine model = vectors_model_engine(builds);
    check_counts(&model, expected, 16, 84891, 6213);
}

/* The counts of a build that has Sv32 to Sv57 and no extension, as the RTL's: what the model
 * answers for such a build are the same accesses. */
static void a_build_without_extensions_runs_what_needs_none(void **state)
{
    (void)state;
    static const struct expectation expected[] = {
        {"sv32", 3072, 0, {[VECTORS_SVADU] = 3936}},
        {"sv39",
         1200,
         0,
         {[VECTORS_SVADU] = 5064,
          [VECTORS_SVNAPOT] = 1248,
          [VECTORS_SVRSW60T59B] = 48,
          [VECTORS_SVPBMT] = 456}},
        {"sv48",
         1344,
         0,
         {[VECTORS_SVADU] = 3672,
          [VECTORS_SVNAPOT] = 1464,
          [VECTORS_SVRSW60T59B] = 168,
          [VECTORS_SVPBMT] = 360}},
        {"sv57",
         1104,
         0,
         {[VECTORS_SVADU] = 3648,
          [VECTORS_SVNAPOT] = 1440,
          [VECTORS_SVRSW60T59B] = 312,
          [VECTORS_SVPBMT] = 504}},
        {"perm", 2304, 0, {[VECTORS_SVADU] = 2304}},
        {"rsvd",
         816,
         0,
         {[VECTORS_SVADU] = 2880,
          [VECTORS_SVNAPOT] = 936,
          [VECTORS_SVRSW60T59B] = 216,
          [VECTORS_SVPBMT] = 168}},
        {"tlb",
         1408,
         0,
         {[VECTORS_PMP] = 1280,
          [VECTORS_SVADU] = 2624,
          [VECTORS_SVNAPOT] = 192,
          [VECTORS_SVRSW60T59B] = 64,
          [VECTORS_SVPBMT] = 448}},
        {"bare", 96, 0, {[VECTORS_PMP] = 1848, [VECTORS_SVADU] = 72}},
    };
    struct vectors_build builds[2];
    struct vectors_engine plain = vectors_model_engine(builds);
    builds[0] = (struct vectors_build){.xlen = 32, .levels = 2, .pa_bits = 34};
    builds[1] = (struct vectors_build){.xlen = 64, .levels = 5, .pa_bits = 56};
    check_counts(&plain, expected, 8, 11344, 35352);
}

/* A build of fewer levels skips what it cannot select; one of fewer address bits faults. */
static void a_smaller_build_skips_schemes_and_faults_beyond_its_width(void **state)
{
    (void)state;
    struct vectors_build builds[2];
    struct vectors_engine small = vectors_model_engine(builds);
    builds[1].levels = 3;
    builds[1].pa_bits = 40;
    struct vectors_counts counts = vectors_bench_run(&small, "sv48");
    assert_int_equal(counts.run, 0);
    assert_int_equal(counts.skipped[VECTORS_SV48], 7008);
    counts = vectors_bench_run(&small, "sv57");
    assert_int_equal(counts.skipped[VECTORS_SV57], 7008);
    counts = vectors_bench_run(&small, "sv39");
    assert_true(counts.run > 1000);
    assert_int_equal(counts.agreed, counts.run);
}

/* PMP is used as far as a scenario has lines for it: eight entries hold some of them, as do a
 * coarser grain and narrower registers. */
static void a_build_skips_the_pmp_that_it_cannot_hold(void **state)
{
    (void)state;
    static const struct {
        struct vectors_build build;
        unsigned skipped;
    } rows[] = {
        {{.pa_bits = 56, .pmp_entries = 16, .pmp_grain = 0}, 0},
        {{.pa_bits = 56, .pmp_entries = 0, .pmp_grain = 0}, 6024},
        {{.pa_bits = 56, .pmp_entries = 8, .pmp_grain = 0}, 3912},
        {{.pa_bits = 56, .pmp_entries = 16, .pmp_grain = 1}, 3504},
        {{.pa_bits = 40, .pmp_entries = 16, .pmp_grain = 0}, 5880},
    };

    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct vectors_build builds[2];
        struct vectors_engine model = vectors_model_engine(builds);
        builds[1].pa_bits = rows[i].build.pa_bits;
        builds[1].pmp_entries = rows[i].build.pmp_entries;
        builds[1].pmp_grain = rows[i].build.pmp_grain;
        struct vectors_counts counts = vectors_bench_run(&model, "pmp");
        assert_int_equal(counts.skipped[VECTORS_PMP], rows[i].skipped);
        assert_int_equal(counts.run, 8016 - rows[i].skipped);
        assert_true(vectors_count_all_agree(&counts));
    }
}

/* A sample of the classes on the RTL, with each feature that a head can switch off in it, for both
 * xlens; `make vectors` runs them all. Only what needs two stages is skipped. */
static void the_rtl_runs_all_that_needs_one_stage(void **state)
{
    (void)state;
    static const struct expectation expected[] = {
        {"bare", 2016, 2016, {0}},
        {"napot", 4008, 456, {0}},
        {"rsvd", 5016, 3744, {0}},
        {"pmp_ad", 1555, 167, {[VECTORS_HYPERVISOR] = 3461}},
    };
    struct design verilated = {0};
    struct vectors_rtl *rtl = vectors_rtl_new(&verilated, 1);
    assert_non_null(rtl);
    struct vectors_engine engine = vectors_rtl_engine(rtl);
    check_counts(&engine, expected, 4, 12595, 3461);
    vectors_rtl_free(rtl);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_agrees_with_every_access),
        cmocka_unit_test(a_build_without_extensions_runs_what_needs_none),
        cmocka_unit_test(a_smaller_build_skips_schemes_and_faults_beyond_its_width),
        cmocka_unit_test(a_build_skips_the_pmp_that_it_cannot_hold),
        cmocka_unit_test(the_rtl_runs_all_that_needs_one_stage),
    };
    return cmocka_run_group_tests_name("vectors", tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Measurements of a design that is made of the reference model and answers hits after one cycle and
 * misses after five, one at a time: what is counted, and what is noticed.
 */
#include "bench_point.h"
#include "bench_rows.h"
#include "fake_dut.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>

#include <cmocka.h>

#define PAGE(n) (UINT64_C(0x40000000) + ((uint64_t)(n) << 12) + 0x123)

static void open_hart(struct bench_hart *hart, const char *preset, bool identity)
{
    char error[300];

    if (!bench_hart_open(hart, preset, NULL, 0, identity, error, sizeof error))
        fail_msg("%s", error);
    for (unsigned i = 0; i < 40; i++)
        bench_hart_map(hart, PAGE(i), 0, 0);
    bench_hart_start(hart, 1);
}

/* Pages 0, 0, 1, 0, 1, 2 at the data port. */
static void short_stream(struct bench_stream *stream, struct bench_hart *hart, unsigned outstanding)
{
    static const unsigned pages[] = {0, 0, 1, 0, 1, 2};
    static uint64_t accesses[6];

    for (int i = 0; i < 6; i++)
        accesses[i] = bench_access(PAGE(pages[i]), i % 2 ? MMU_STORE : MMU_LOAD);
    bench_stream_begin(stream, hart, DUT_DATA, accesses, 6, outstanding);
    bench_streams_run(stream, 1, 6);
    assert_string_equal(hart->error, "");
}

static void latencies_are_counted(void **state)
{
    struct bench_hart hart;
    struct bench_stream stream;

    (void)state;
    open_hart(&hart, "good", false);
    short_stream(&stream, &hart, 1);
    assert_int_equal(stream.end - stream.begin, 5 + 1 + 5 + 1 + 1 + 5);
    assert_int_equal(stream.histogram[1], 3);
    assert_int_equal(stream.histogram[5], 3);
    bench_hart_close(&hart);
}

/* A port that takes one at a time makes the others wait, and the time they wait is theirs. */
static void waiting_for_ready_counts(void **state)
{
    struct bench_hart hart;
    struct bench_stream stream;

    (void)state;
    open_hart(&hart, "good", false);
    short_stream(&stream, &hart, 4);
    assert_int_equal(stream.end - stream.begin, 5 + 1 + 5 + 1 + 1 + 5);
    assert_int_equal(stream.histogram[1], 1);
    assert_int_equal(stream.histogram[5], 5);
    bench_hart_close(&hart);
}

static void long_latencies_share_a_bucket(void **state)
{
    struct bench_hart hart;
    struct bench_stream stream;
    const uint64_t access = bench_access(PAGE(0), MMU_LOAD);

    (void)state;
    open_hart(&hart, "good", false);
    bench_stream_begin(&stream, &hart, DUT_DATA, &access, 1, 1);
    bench_stream_cycle(&stream);
    stream.tag[0].since -= 2 * BENCH_BUCKETS; /* asked long ago */
    dut_step(hart.dut);
    bench_streams_run(&stream, 1, 1);
    assert_int_equal(stream.histogram[BENCH_BUCKETS - 1], 1);
    bench_hart_close(&hart);
}

/* 4000 accesses to 40 pages of a design with this fault. */
static void run_faulty(struct bench_hart *hart, const char *fault)
{
    static uint64_t accesses[4000];
    struct bench_stream stream;

    open_hart(hart, fault, false);
    for (unsigned i = 0; i < 4000; i++)
        accesses[i] = bench_access(PAGE(i % 40), MMU_LOAD);
    bench_stream_begin(&stream, hart, DUT_DATA, accesses, 4000, 1);
    bench_streams_run(&stream, 1, 4000);
}

static void wrong_answers_are_noticed(void **state)
{
    static const struct {
        const char *fault, *error;
    } faults[] = {
        {"good", ""},
        {"wrong-pa", "data access 2999, to 0x40027123: answered 0xc0025123, should be 0xc0027123"},
        {"wrong-tag", "an answer with tag 1, which nobody waits for"},
        {"defer", "data access 2999, to 0x40027123: deferred (cause 0), not granted"},
        {"silent", "nothing is answered in 100000 cycles"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct bench_hart hart;

        run_faulty(&hart, faults[i].fault);
        assert_string_equal(hart.error, faults[i].error);
        bench_hart_close(&hart);
    }
}

static void a_fault_is_noticed(void **state)
{
    struct bench_hart hart;

    (void)state;
    open_hart(&hart, "good", false);
    bench_ask(&hart, DUT_FETCH, PAGE(50));
    assert_string_equal(hart.error,
                        "fetch access 0, to 0x40032123: a fault (cause 12), not granted");
    bench_hart_close(&hart);
}

/* An address that comes back as it was is right only where it was mapped so. */
static void identity_or_not(void **state)
{
    struct bench_hart hart;
    uint64_t cycles[2];

    (void)state;
    for (unsigned identity = 0; identity < 2; identity++) {
        struct bench_stream stream;

        open_hart(&hart, "good", identity);
        assert_int_equal(bench_hart_pa(&hart, PAGE(7)) == PAGE(7), identity);
        short_stream(&stream, &hart, 1);
        cycles[identity] = stream.end - stream.begin;
        hart.identity = !identity;
        bench_ask(&hart, DUT_DATA, PAGE(1));
        assert_true(hart.error[0]);
        bench_hart_close(&hart);
    }
    assert_int_equal(cycles[0], cycles[1]);
}

/* The model walks these tables: a page of each size, and its neighbour is not mapped. */
static void tables_of_each_page_size(void **state)
{
    static const char *const presets[] = {"good", "sv32"};

    (void)state;
    for (unsigned i = 0; i < 2; i++)
        for (unsigned level = 0; level < (i ? 2 : 3); level++) {
            struct bench_hart hart;
            char error[300];

            assert_true(bench_hart_open(&hart, presets[i], NULL, 0, false, error, sizeof error));
            uint64_t size = UINT64_C(1) << (12 + level * hart.mode->vpn_bits);
            bench_hart_map(&hart, PAGE(5), level, 0);
            bench_hart_start(&hart, 1);
            uint64_t base = PAGE(5) & ~(size - 1);
            assert_int_equal(bench_ask(&hart, DUT_DATA, base), 5);
            assert_int_equal(bench_ask(&hart, DUT_FETCH, base + size - 1), 1);
            assert_int_equal(dut_events(hart.dut, DUT_PTE_READ), hart.mode->levels - level);
            assert_string_equal(hart.error, "");
            bench_ask(&hart, DUT_DATA, base + size);
            assert_true(hart.error[0]);
            bench_hart_close(&hart);
        }
}

static void addresses_out_of_reach(void **state)
{
    struct bench_hart hart;

    (void)state;
    open_hart(&hart, "good", false);
    assert_true(bench_hart_reaches(&hart, 0x3ffffff000));
    assert_false(bench_hart_reaches(&hart, 0x4000000000));
    assert_true(bench_hart_reaches(&hart, 0xffffffc000000000));
    assert_false(bench_hart_reaches(&hart, 0xffffffbffffff000));
    hart.identity = true; /* and not where there is no such physical address */
    assert_true(bench_hart_reaches(&hart, 0x3ffffff000));
    assert_false(bench_hart_reaches(&hart, 0xffffffc000000000));
    bench_hart_close(&hart);
}

/* ---- Fences. */

static void endless_fence_is_noticed(void **state)
{
    struct bench_rows rows = {0};
    struct bench_hart hart;

    (void)state;
    open_hart(&hart, "endless-fence", false);
    assert_true(bench_measure_fences(&hart, &rows));
    assert_string_equal(hart.error, "a fence has not ended in 100000 cycles");
    free(rows.at);
    bench_hart_close(&hart);
}

/* ---- Points. */

static void points_in_processes(void **state)
{
    struct bench_point *points = bench_points_new(5);
    struct bench_hart good, wrong;
    struct bench_work work;

    (void)state;
    open_hart(&good, "good", false);
    open_hart(&wrong, "wrong-pa", false);
    assert_true(bench_work_draw(&work, 16, 5000)); /* as many as the design has entries */
    for (unsigned i = 0; i < 5; i++)
        points[i] = (struct bench_point){
            .hart = &good, .port = DUT_DATA, .latency = 1, .outstanding = 1, .accesses = 5000};
    bench_points_measure(points, 5, &work, 2, "test");
    for (unsigned i = 0; i < 5; i++) {
        assert_string_equal(points[i].error, "");
        assert_int_equal(points[i].done, 5000);
        assert_int_equal(points[i].cycles, 16 * 5 + (5000 - 16));
        assert_int_equal(bench_point_misses(&points[i]), 16);
        assert_int_equal(points[i].histogram[5], 16);
        assert_int_equal(points[i].events[DUT_DATA_HIT], 5000 - 16);
    }
    assert_int_equal(dut_cycle(good.dut), 16); /* they measured copies of the design */
    points[0].hart = &wrong;
    for (unsigned i = 1; i < 5; i++)
        points[i].done = 0;
    bench_points_measure(points, 5, &work, 1, "test");
    assert_non_null(strstr(points[0].error, "data access 2999"));
    assert_int_equal(points[1].done, 0); /* no other began */
    good.dut = NULL;                     /* a measurement that ends by a signal */
    void (*handler)(int) = signal(SIGSEGV, SIG_DFL);
    bench_points_measure(points + 1, 1, &work, 1, "test");
    signal(SIGSEGV, handler);
    assert_string_equal(points[1].error, "the measurement ended by signal 11");
    bench_hart_close(&wrong);
    bench_work_free(&work);
    bench_points_free(points, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latencies_are_counted),
        cmocka_unit_test(waiting_for_ready_counts),
        cmocka_unit_test(long_latencies_share_a_bucket),
        cmocka_unit_test(wrong_answers_are_noticed),
        cmocka_unit_test(a_fault_is_noticed),
        cmocka_unit_test(identity_or_not),
        cmocka_unit_test(tables_of_each_page_size),
        cmocka_unit_test(addresses_out_of_reach),
        cmocka_unit_test(endless_fence_is_noticed),
        cmocka_unit_test(points_in_processes),
    };
    return cmocka_run_group_tests_name("bench", tests, NULL, NULL);
}

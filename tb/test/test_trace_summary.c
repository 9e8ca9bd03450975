// SPDX-License-Identifier: Apache-2.0
/* The summary of a trace: pages, and the address spaces that it fits. */
#include "test_trace.h"
#include "trace_summary.h"

static void add(struct trace_summary *s, enum trace_kind kind, uint64_t va, unsigned size)
{
    const struct trace_record record = {va, kind, size};
    assert_true(trace_summary_add(s, &record));
}

static void pages(void **state)
{
    (void)state;
    struct trace_summary s = {0};
    add(&s, TRACE_FETCH, 0, 4); /* page 0 counts as any other */
    add(&s, TRACE_LOAD, 0x10, 8);
    add(&s, TRACE_STORE, 0x1ffc, 4); /* ends with its page */
    add(&s, TRACE_STORE, 0x1ffc, 5); /* crosses into the next */
    add(&s, TRACE_MODIFY, 0x5000, 0);
    add(&s, TRACE_FETCH, 0x5ffe, 4);
    add(&s, TRACE_FETCH, 2, 4);
    assert_int_equal(s.pages, 5);
    assert_int_equal(s.data_pages, 4);
    assert_int_equal(s.fetch_pages, 3);
    assert_int_equal(s.count[TRACE_FETCH], 3);
    assert_int_equal(s.count[TRACE_LOAD], 1);
    assert_int_equal(s.count[TRACE_STORE], 2);
    assert_int_equal(s.count[TRACE_MODIFY], 1);
    assert_int_equal(s.lowest, 0);
    assert_int_equal(s.highest, 0x6001);
    trace_summary_free(&s);
}

static void many_pages(void **state)
{
    (void)state;
    enum { PAGES = 20000 };
    struct trace_summary s = {0};
    for (int round = 0; round < 2; round++)
        for (uint64_t i = 0; i < PAGES; i++) {
            add(&s, TRACE_LOAD, i << 12, 1);
            add(&s, TRACE_STORE, UINT64_MAX - (i << 12), 1);
        }
    assert_int_equal(s.pages, 2 * PAGES);
    assert_int_equal(s.data_pages, 2 * PAGES);
    assert_int_equal(s.fetch_pages, 0);
    trace_summary_free(&s);
}

static bool fits(uint64_t va, unsigned size, unsigned va_bits)
{
    struct trace_summary s = {0};
    add(&s, TRACE_LOAD, va, size);
    bool good = trace_summary_fits(&s, va_bits);
    trace_summary_free(&s);
    return good;
}

/* Canonical: the bits above the address equal its top one. Sv32: 32 bits, all of them. */
static void modes(void **state)
{
    (void)state;
    static const unsigned widths[] = {39, 48, 57};
    assert_true(fits(0, 1, 32));
    assert_true(fits(0xffffffff, 1, 32));
    assert_false(fits(0x100000000, 1, 32));
    assert_false(fits(0xffffffff80000000, 1, 32));
    for (int i = 0; i < 3; i++) {
        uint64_t half = UINT64_C(1) << (widths[i] - 1);
        assert_true(fits(0, 1, widths[i]));
        assert_true(fits(half - 1, 1, widths[i]));
        assert_false(fits(half, 1, widths[i]));
        assert_true(fits(-half, 1, widths[i]));
        assert_false(fits(-half - 1, 1, widths[i]));
        assert_true(fits(UINT64_MAX, 1, widths[i]));
        assert_false(fits(half - 4, 8, widths[i])); /* its last bytes are outside */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages),
        cmocka_unit_test(many_pages),
        cmocka_unit_test(modes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* The traces in sim/traces are whole, as large as they should be, and small on disk. */
#include "test_trace.h"
#include "trace_summary.h"

#include <glob.h>
#include <sys/stat.h>

static void samples(void **state)
{
    (void)state;
    static const char *const wanted[] = {"gzip", "sqlite", "cc1", "python"};
    long total = 0;
    glob_t found;
    assert_int_equal(glob(RVMMU_ROOT "/sim/traces/*.rvt.xz", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct stat status;
        assert_int_equal(stat(found.gl_pathv[i], &status), 0);
        total += status.st_size;
    }
    assert_true(total < 2000000);
    globfree(&found);

    for (int i = 0; i < 4; i++) {
        char path[1024], error[1024];
        struct trace_summary s = {0};
        struct trace_record record;
        enum trace_status last;
        snprintf(path, sizeof path, RVMMU_ROOT "/sim/traces/%s.rvt.xz", wanted[i]);
        struct trace *t = trace_open(path, TRACE_AUTO, error, sizeof error);
        if (!t)
            fail_msg("%s", error);
        while ((last = trace_next(t, &record)) == TRACE_RECORD)
            assert_true(trace_summary_add(&s, &record));
        if (last == TRACE_ERROR)
            fail_msg("%s", trace_error(t));
        assert_in_range(trace_count(t), 1000000, 4000000);
        assert_true(s.data_pages > 100);
        assert_true(trace_summary_fits(&s, 39));
        assert_true(s.count[TRACE_FETCH] && s.count[TRACE_LOAD] && s.count[TRACE_STORE]);
        trace_summary_free(&s);
        trace_close(t);
    }
}

/* The standard traces hold what sim/traces/README.md says. */
static void standard(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint64_t fetches, data_pages, fetch_pages;
    } wanted[] = {
        {"gzip", 10547445, 142, 74},
        {"sort", 7754727, 437, 107},
        {"sqlite", 6779628, 58, 119},
        {"python", 7129383, 691, 266},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        char path[1024], error[1024];
        struct trace_summary s = {0};
        struct trace_record record;
        snprintf(path, sizeof path, RVMMU_ROOT "/sim/traces/standard/%s.bin.xz", wanted[i].name);
        struct trace *t = trace_open(path, TRACE_AUTO, error, sizeof error);
        if (!t)
            fail_msg("%s", error);
        while (trace_next(t, &record) == TRACE_RECORD)
            assert_true(trace_summary_add(&s, &record));
        assert_string_equal(trace_error(t), "");
        assert_int_equal(s.count[TRACE_FETCH], wanted[i].fetches);
        assert_int_equal(s.count[TRACE_LOAD] + s.count[TRACE_STORE] + s.count[TRACE_MODIFY],
                         3000000);
        assert_int_equal(s.data_pages, wanted[i].data_pages);
        assert_int_equal(s.fetch_pages, wanted[i].fetch_pages);
        trace_summary_free(&s);
        trace_close(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(samples), cmocka_unit_test(standard)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

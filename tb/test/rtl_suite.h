// SPDX-License-Identifier: Apache-2.0
/* Runs directed tests of the RTL, each on every preset, or on those that the environment's
 * RVMMU_PRESETS names, with blanks between. */
#ifndef RTL_SUITE_H
#define RTL_SUITE_H

#include "rtl_bench.h"

struct suite_test {
    void (*run)(struct bench *bench);
};

/* A test of the table that suite_run takes, named after its function. */
#define SUITE_TEST(function)                                                                       \
    {                                                                                              \
#function, suite_on_every_preset, NULL, NULL, &(struct suite_test)                         \
        {                                                                                          \
            function                                                                               \
        }                                                                                          \
    }

static void suite_on_every_preset(void **state)
{
    const struct suite_test *test = *state;
    const char *chosen = getenv("RVMMU_PRESETS");
    char names[256], *rest = names, *preset;
    struct bench *bench = malloc(sizeof *bench);

    assert_non_null(bench);
    snprintf(names, sizeof names, "%s", chosen ? chosen : "tiny small linux server");
    while ((preset = strtok_r(rest, " ", &rest))) {
        bench_open(bench, preset, NULL, 0);
        test->run(bench);
        bench_drain(bench);
        bench_close(bench);
    }
    free(bench);
}

/* Prints the known bugs that the tests are named after. */
static inline void suite_print_rows(const struct CMUnitTest *tests, size_t count)
{
    int last = 0, rows[2];

    printf("known bugs tested:");
    for (size_t i = 0; i < count; i++) {
        int n = sscanf(tests[i].name, "known_bug_%d_%d", &rows[0], &rows[1]);
        for (int k = 0; k < n; k++)
            if (rows[k] != last)
                printf(" %d", last = rows[k]);
    }
    putchar('\n');
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* Runs directed tests of the RTL, each on every preset, or on those that the environment's
 * RVMMU_PRESETS names, with blanks between, and then without variations of them. */
#ifndef RTL_SUITE_H
#define RTL_SUITE_H

#include "rtl_expect.h"

/* What a design must have for a test to make sense of it. */
enum suite_feature {
    HAS_SVADU = 1 << 0,
    HAS_SVNAPOT = 1 << 1,
    HAS_SVPBMT = 1 << 2,
    HAS_SVRSW60T59B = 1 << 3,
    HAS_ZICFISS = 1 << 4,
    HAS_ZICBO = 1 << 5,
    HAS_MASKING = 1 << 6,
    HAS_BIG_ENDIAN = 1 << 7,
    HAS_PMP = 1 << 8,
    HAS_WALK_CACHE = 1 << 9,
    HAS_MERGING = 1 << 10, /* several miss slots at the data port */
    HAS_L2 = 1 << 11,
    HAS_PREFETCH = 1 << 12,
};

struct suite_test {
    void (*run)(struct bench *bench);
    unsigned needs;      /* features */
    const char *presets; /* with blanks between; null: all */
    const char *sets;    /* parameters that override those of the preset, likewise; may be null */
};

/* Tests of the table that cmocka runs, named after their functions: on every preset, or on those
 * that have these features, or on variations of some. */
#define SUITE_TEST(function)                          SUITE_TEST_WITH(0, function)
#define SUITE_TEST_WITH(features, function)           SUITE_TEST_ON(features, NULL, NULL, function)
#define SUITE_TEST_SET(features, variation, function) SUITE_TEST_ON(features, variation, function)
#define SUITE_TEST_ON(features, presets, sets, function)                                           \
    {                                                                                              \
#function, suite_on_every_preset, NULL, NULL, &(struct suite_test)                         \
        {                                                                                          \
            function, features, presets, sets                                                      \
        }                                                                                          \
    }

/* The presets and settings of builds that take neighbours from lines of PTEs. */
#define SUITE_LINES "small every32 every64", "MemoryLine=1 Prefetch=3"

static inline unsigned suite_features(const struct dut_parameters *p)
{
    return (p->svadu ? HAS_SVADU : 0) | (p->svnapot ? HAS_SVNAPOT : 0) |
           (p->svpbmt ? HAS_SVPBMT : 0) | (p->svrsw60t59b ? HAS_SVRSW60T59B : 0) |
           (p->zicfiss ? HAS_ZICFISS : 0) | (p->zicbo ? HAS_ZICBO : 0) |
           (p->pointer_masking ? HAS_MASKING : 0) | (p->big_endian ? HAS_BIG_ENDIAN : 0) |
           (p->pmp_entries ? HAS_PMP : 0) | (p->walk_cache_entries ? HAS_WALK_CACHE : 0) |
           (p->miss_slots[DUT_DATA] > 1 ? HAS_MERGING : 0) | (p->l2_ways ? HAS_L2 : 0) |
           (p->prefetch ? HAS_PREFETCH : 0);
}

/* Whether the design knows this kind of access. */
static inline bool suite_has_access(const struct dut_parameters *p, enum mmu_access access)
{
    if (is_shadow_stack(access))
        return p->zicfiss;
    return access < MMU_SS_PUSH || p->zicbo;
}

/* Cuts at blanks. */
static inline size_t suite_sets(char *text, struct dut_set sets[8])
{
    size_t count = 0;

    for (char *rest = text, *set; count < 8 && (set = strtok_r(rest, " ", &rest));)
        sets[count++].text = set;
    return count;
}

static void suite_on_every_preset(void **state)
{
    const struct suite_test *test = *state;
    const char *chosen = getenv("RVMMU_PRESETS");
    char names[256], *rest = names, *preset, text[256];
    struct dut_set sets[8];
    struct bench *bench = malloc(sizeof *bench);
    unsigned tested = 0;

    assert_non_null(bench);
    snprintf(names, sizeof names, "%s",
             chosen          ? chosen
             : test->presets ? test->presets
                             : "tiny small linux server every32 every64");
    while ((preset = strtok_r(rest, " ", &rest))) {
        snprintf(text, sizeof text, "%s", test->sets && !chosen ? test->sets : "");
        bench_open(bench, preset, sets, suite_sets(text, sets));
        if (!(test->needs & ~suite_features(bench->p))) {
            test->run(bench);
            bench_drain(bench);
            tested++;
        }
        bench_close(bench);
    }
    assert_true(chosen || tested > 0);
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

// SPDX-License-Identifier: Apache-2.0
/* The runs of a sweep: which there are, in which order, and what their keys depend on. */
#include "sweep_estimate.h"
#include "sweep_root.h"

static struct sweep_definition definition;
static struct sweep_plan plan;
static char error[1000];

static const char text[] = "preset=small\n"
                           "traces=near far\n"
                           "set Walkers=2\n"
                           "points DataEntries=8  FetchEntries=4\n"
                           "points DataEntries=16 FetchEntries=8\n"
                           "grid Replacement=0,1\n";

/* Plans the sweep of that text, of those runs only. */
static bool make(void **state, const char *what, const char *only, uint64_t limit)
{
    struct sweep_list list = {{only}, only != NULL};

    sweep_root_write(*state, "sim/sweeps/t.sweep", what);
    assert_true(sweep_definition_load(&definition, "t", error, sizeof error));
    return sweep_plan_make(&plan, &definition, &list, limit, error, sizeof error);
}

static void end(void)
{
    sweep_plan_free(&plan);
    sweep_definition_free(&definition);
}

/* The key of the first run of that text. */
static void first_key(void **state, const char *what, uint64_t limit, char key[SWEEP_KEY_SIZE])
{
    assert_true(make(state, what, NULL, limit));
    strcpy(key, plan.runs[0].key);
    end();
}

static void assert_run(size_t i, const char *expected)
{
    char words[400];

    sweep_run_describe(&plan.runs[i], words, sizeof words);
    assert_string_equal(words, expected);
}

static void the_points_are_the_product_of_the_axes(void **state)
{
    assert_true(make(state, text, NULL, 0));
    assert_int_equal(plan.point_count, 4);
    assert_int_equal(plan.run_count, 8);
    assert_run(0, "near, Walkers=2 DataEntries=8 FetchEntries=4 Replacement=0");
    assert_run(1, "near, Walkers=2 DataEntries=8 FetchEntries=4 Replacement=1");
    assert_run(2, "near, Walkers=2 DataEntries=16 FetchEntries=8 Replacement=0");
    assert_run(7, "far, Walkers=2 DataEntries=16 FetchEntries=8 Replacement=1");
    end();
}

static void a_point_has_the_preset_and_what_is_set(void **state)
{
    char value[16];

    assert_true(make(state, text, NULL, 0));
    assert_true(sweep_run_value(&plan.runs[2], "FetchEntries", value, sizeof value));
    assert_string_equal(value, "8");
    assert_true(sweep_run_value(&plan.runs[2], "Walkers", value, sizeof value));
    assert_string_equal(value, "2");
    assert_true(sweep_run_value(&plan.runs[2], "Levels", value, sizeof value));
    assert_string_equal(value, "3"); /* that of small */
    assert_true(sweep_run_value(&plan.runs[2], "trace", value, sizeof value));
    assert_string_equal(value, "near");
    assert_false(sweep_run_value(&plan.runs[2], "Colour", value, sizeof value));
    end();
}

static void only_some_runs_can_be_asked_for(void **state)
{
    assert_true(make(state, text, "trace=far", 0));
    assert_int_equal(plan.run_count, 4);
    assert_run(0, "far, Walkers=2 DataEntries=8 FetchEntries=4 Replacement=0");
    end();
    assert_true(make(state, text, "DataEntries=16,32", 0));
    assert_int_equal(plan.run_count, 4);
    assert_run(0, "near, Walkers=2 DataEntries=16 FetchEntries=8 Replacement=0");
    end();
    assert_false(make(state, text, "DataEntries=1", 0)); /* not 16 */
    assert_non_null(strstr(error, "no run is left"));
    end();
    assert_false(make(state, text, "Colour=1", 0));
    assert_non_null(strstr(error, "--only Colour=1"));
    end();
}

static void what_cannot_be_built_or_read_is_named(void **state)
{
    assert_false(make(state, "traces=near\ngrid Walkers=1,9\n", NULL, 0));
    assert_non_null(strstr(error, "Walkers must be"));
    end();
    assert_false(make(state, "traces=near missing\n", NULL, 0));
    assert_non_null(strstr(error, "trace 'missing'"));
    end();
    assert_false(make(state, "traces=near\npreset=none\n", NULL, 0));
    assert_non_null(strstr(error, "no preset 'none'"));
    end();
}

/* Whether the key of the first run is another after the file has changed; it is as before when the
 * file is. */
static bool depends_on(void **state, const char *file)
{
    char before[SWEEP_KEY_SIZE], changed[SWEEP_KEY_SIZE], after[SWEEP_KEY_SIZE];

    first_key(state, text, 0, before);
    sweep_root_write(*state, file, "other");
    first_key(state, text, 0, changed);
    sweep_root_write(*state, file, file);
    first_key(state, text, 0, after);
    assert_string_equal(before, after);
    return strcmp(before, changed) != 0;
}

static void a_key_depends_on_every_source(void **state)
{
    assert_true(depends_on(state, "rtl/rvmmu.sv"));
    assert_true(depends_on(state, "sim/dut.mk"));
    assert_true(depends_on(state, "sim/waivers.vlt"));
    assert_true(depends_on(state, "tb/dut/dut.c"));
    assert_true(depends_on(state, "tb/trace/trace.c"));
    assert_true(depends_on(state, "tb/cmd/bench.c"));
    assert_true(depends_on(state, "sim/traces/standard/near.bin.xz"));
    assert_false(depends_on(state, "sim/traces/standard/far.bin.xz")); /* of another run */
}

static void a_key_depends_on_every_option(void **state)
{
    char key[SWEEP_KEY_SIZE], other[SWEEP_KEY_SIZE];
    static const char *const others[] = {
        "traces=near\nlatency=40\n",    "traces=near\nports=fetch\n",
        "traces=near\noutstanding=4\n", "traces=near\nset Walkers=1\n",
        "traces=near\npreset=small\n",  "traces=far\n",
    };

    first_key(state, "traces=near\n", 0, key);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        first_key(state, others[i], 0, other);
        assert_string_not_equal(key, other);
    }
    first_key(state, "traces=near\n", 1000, other);
    assert_string_not_equal(key, other);
}

/* Names, labels and plots are no part of a measurement, nor is how a value came to be. */
static void a_key_depends_on_nothing_else(void **state)
{
    char key[SWEEP_KEY_SIZE], other[SWEEP_KEY_SIZE];

    first_key(state, "traces=near\n", 0, key);
    first_key(state,
              "title=Other\ntraces=near\nset Walkers=2\nlabel Walkers walkers\n"
              "plot x=Walkers series=port y=cycles\n",
              0, other); /* linux has two walkers */
    assert_string_equal(key, other);
}

static void every_run_has_a_key_of_its_own(void **state)
{
    assert_true(make(state, text, NULL, 0));
    for (size_t i = 0; i < plan.run_count; i++)
        assert_ptr_equal(sweep_plan_find(&plan, plan.runs[i].key), &plan.runs[i]);
    assert_null(sweep_plan_find(&plan, "0123456789abcdef"));
    end();
}

/* Traces follow each other through the designs at a distance of twice the runs at once. */
static void runs_that_are_left_have_an_order(void **state)
{
    static const size_t all[] = {0, 1, 2, 4, 3, 5, 6, 7}, some[] = {1, 2, 4, 5, 6, 7};
    bool left[8] = {true, true, true, true, true, true, true, true};
    struct sweep_estimate estimate;

    assert_true(make(state, text, NULL, 0));
    assert_true(sweep_estimate_begin(&estimate, &plan, left, 1));
    assert_int_equal(estimate.count, 8);
    assert_memory_equal(estimate.order, all, sizeof all);
    sweep_estimate_free(&estimate);
    left[0] = left[3] = false;
    assert_true(sweep_estimate_begin(&estimate, &plan, left, 1));
    assert_int_equal(estimate.count, 6);
    assert_memory_equal(estimate.order, some, sizeof some);
    sweep_estimate_free(&estimate);
    end();
}

static void the_time_left_knows_first_runs_from_later_ones(void **state)
{
    bool left[8] = {true, true, true, true, true, true, true, true};
    struct sweep_estimate estimate;

    assert_true(make(state, text, NULL, 0));
    assert_true(sweep_estimate_begin(&estimate, &plan, left, 2));
    assert_true(sweep_estimate_left(&estimate) == 0);
    sweep_estimate_ended(&estimate, &plan.runs[0], 10);
    assert_true(sweep_estimate_left(&estimate) == (3 * 10 + 4 * 10) / 2.0);
    sweep_estimate_ended(&estimate, &plan.runs[4], 2); /* the same design on the other trace */
    assert_true(sweep_estimate_left(&estimate) == (3 * 10 + 3 * 2) / 2.0);
    sweep_estimate_ended(&estimate, &plan.runs[1], 20);
    assert_true(sweep_estimate_left(&estimate) == (2 * 15 + 3 * 2) / 2.0);
    sweep_estimate_free(&estimate);
    left[0] = false; /* the design of run 4 is built */
    assert_true(sweep_estimate_begin(&estimate, &plan, left, 1));
    sweep_estimate_ended(&estimate, &plan.runs[4], 2);
    sweep_estimate_ended(&estimate, &plan.runs[1], 20);
    assert_true(sweep_estimate_left(&estimate) == 2 * 20 + 3 * 2);
    sweep_estimate_free(&estimate);
    end();
}

/* Every point of the project's own sweeps can be built, as far as its parameters tell. */
static void those_that_are_shipped_can_be_made(void **state)
{
    static const struct {
        const char *name;
        size_t runs;
    } shipped[] = {{"l1", 80},        {"l2", 80},       {"walkers", 4},
                   {"walkcache", 25}, {"prefetch", 24}, {"sets", 24}};
    const struct sweep_root *root = *state;

    assert_int_equal(setenv("RVMMU_ROOT", RVMMU_ROOT, 1), 0);
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        if (!sweep_definition_load(&definition, shipped[i].name, error, sizeof error) ||
            !sweep_plan_make(&plan, &definition, &(struct sweep_list){0}, 0, error, sizeof error))
            fail_msg("%s", error);
        assert_int_equal(plan.run_count, shipped[i].runs);
        end();
    }
    assert_int_equal(setenv("RVMMU_ROOT", root->path, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_points_are_the_product_of_the_axes),
        cmocka_unit_test(a_point_has_the_preset_and_what_is_set),
        cmocka_unit_test(only_some_runs_can_be_asked_for),
        cmocka_unit_test(what_cannot_be_built_or_read_is_named),
        cmocka_unit_test(a_key_depends_on_every_source),
        cmocka_unit_test(a_key_depends_on_every_option),
        cmocka_unit_test(a_key_depends_on_nothing_else),
        cmocka_unit_test(every_run_has_a_key_of_its_own),
        cmocka_unit_test(runs_that_are_left_have_an_order),
        cmocka_unit_test(the_time_left_knows_first_runs_from_later_ones),
        cmocka_unit_test(those_that_are_shipped_can_be_made),
    };
    return cmocka_run_group_tests(tests, sweep_root_setup, sweep_root_teardown);
}

// SPDX-License-Identifier: Apache-2.0
/* Definitions of sweeps: what each line means, and which are refused with which words. */
#include "sweep_definition.h"
#include "sweep_root.h"

static struct sweep_definition definition;
static char error[1000];

/* Loads the text as sim/sweeps/t.sweep. */
static bool load(void **state, const char *text)
{
    sweep_root_write(*state, "sim/sweeps/t.sweep", text);
    return sweep_definition_load(&definition, "t", error, sizeof error);
}

static void assert_refused(void **state, const char *text, const char *reason)
{
    assert_false(load(state, text));
    sweep_definition_free(&definition);
    if (!strstr(error, reason))
        fail_msg("'%s' does not say '%s'", error, reason);
    assert_null(strchr(error, '\n'));
}

static void a_line_means_what_it_says(void **state)
{
    assert_true(load(state, "# a comment\n"
                            "title=Two of them   # another\n"
                            "  preset=small\n"
                            "\n"
                            "traces=near far\n"
                            "ports=data,fetch\n"
                            "latency=10, 40\n"
                            "outstanding=4\n"
                            "set Svadu=0 Walkers=2\n"
                            "grid Replacement=0,1,2\n"
                            "points DataEntries=8  FetchEntries=4\n"
                            "points DataEntries=16 FetchEntries=8\n"
                            "label Replacement=1 true LRU\n"));
    assert_string_equal(definition.name, "t");
    assert_string_equal(definition.title, "Two of them");
    assert_string_equal(definition.preset, "small");
    assert_int_equal(definition.traces.count, 2);
    assert_string_equal(definition.traces.item[1], "far");
    assert_string_equal(definition.measured[SWEEP_PORT].item[1], "fetch");
    assert_int_equal(definition.measured[SWEEP_LATENCY].count, 2);
    assert_string_equal(definition.measured[SWEEP_LATENCY].item[1], "40");
    assert_string_equal(definition.measured[SWEEP_OUTSTANDING].item[0], "4");
    assert_int_equal(definition.set.count, 2);
    assert_int_equal(definition.axes, 2);
    assert_int_equal(definition.axis[0].count, 3);
    assert_string_equal(definition.axis[0].choice[2].set[0].text, "Replacement=2");
    assert_int_equal(definition.axis[1].count, 2);
    assert_string_equal(definition.axis[1].choice[1].set[1].text, "FetchEntries=8");
    assert_string_equal(sweep_label(&definition, "Replacement", "1"), "true LRU");
    assert_string_equal(sweep_label(&definition, "Replacement", "2"), "2");
    assert_string_equal(sweep_label(&definition, "Replacement", NULL), "Replacement");
    sweep_definition_free(&definition);
}

static void a_plot_shows_what_it_says(void **state)
{
    assert_true(load(state, "traces=near\n"
                            "latency=10,40\n"
                            "grid Replacement=0,1\n"
                            "plot x=DataEntries series=Replacement y=misses panel=latency\n"
                            "plot y=cycles series=latency x=Replacement\n"));
    assert_int_equal(definition.plots, 2);
    assert_string_equal(definition.plot[0].x, "DataEntries");
    assert_string_equal(definition.plot[0].series, "Replacement");
    assert_string_equal(definition.plot[0].y, "misses");
    assert_string_equal(definition.plot[0].panel, "latency");
    assert_string_equal(definition.plot[1].y, "cycles");
    assert_string_equal(definition.plot[1].panel, "trace");
    sweep_definition_free(&definition);
}

static void what_is_not_said_is_usual(void **state)
{
    assert_true(load(state, "grid Walkers=1,2\n"));
    assert_string_equal(definition.title, "t");
    assert_string_equal(definition.preset, "linux");
    assert_int_equal(definition.traces.count, 4);
    assert_string_equal(definition.traces.item[3], "python");
    assert_string_equal(definition.measured[SWEEP_PORT].item[0], "data");
    assert_string_equal(definition.measured[SWEEP_LATENCY].item[0], "10");
    assert_string_equal(definition.measured[SWEEP_OUTSTANDING].item[0], "1");
    sweep_definition_free(&definition);
}

static void a_bad_line_is_named(void **state)
{
    assert_refused(state, "\ncolour=red\n", "t.sweep:2: 'colour='");
    assert_refused(state, "measure all\n", "t.sweep:1: 'measure'");
    assert_refused(state, "latency=0\n", "latency '0'");
    assert_refused(state, "latency=fast\n", "latency 'fast'");
    assert_refused(state, "outstanding=65\n", "outstanding '65'");
    assert_refused(state, "ports=side\n", "port 'side'");
    assert_refused(state, "title=\n", "without a value");
    assert_refused(state, "grid Walkers\n", "grid 'Walkers'");
    assert_refused(state, "grid Walkers=,\n", "no values");
    assert_refused(state, "set Walkers\n", "'Walkers': Parameter=V");
    assert_refused(state, "points DataEntries=4 FetchEntries=4\npoints DataEntries=8\n",
                   "t.sweep:2: points: every line");
    assert_refused(state, "points DataEntries=4\npoints FetchEntries=4\n", "points: every line");
    assert_refused(state, "points DataEntries=4\npoints DataEntries=8 Walkers=2\n",
                   "points: every line");
    assert_refused(state, "label Walkers\n", "label: Parameter TEXT");
    assert_refused(state, "plot x=Walkers y=cycles\n", "series=");
    assert_refused(state, "plot x=Walkers series=trace y=colour\n", "there is no such measure");
    assert_refused(state, "plot z=Walkers\n", "'z=Walkers'");
}

static void lines_that_do_not_go_together_are_named(void **state)
{
    assert_refused(state, "set Walkers=1\ngrid Walkers=1,2\n", "Walkers is set in two places");
    assert_refused(state, "grid Walkers=1,2\npoints Walkers=1\n", "Walkers is set in two places");
    assert_refused(state, "label Colour=1 red\n", "label 'Colour=1'");
    assert_refused(state, "plot x=Colour series=trace y=cycles\n", "'Colour'");
    assert_refused(state,
                   "grid Walkers=1,2\ngrid L2Ways=2,4\nplot x=Walkers series=port y=cycles\n",
                   "L2Ways varies");
    assert_refused(state, "latency=10,40\nplot x=Walkers series=port y=cycles\n", "latency varies");
    assert_refused(state, "plot x=Walkers series=port y=cycles panel=latency\n", "trace varies");
}

static void related_parameters_are_shown_by_any_of_them(void **state)
{
    assert_true(load(state, "points L2Ways=2 L2Sets=64\n"
                            "points L2Ways=4 L2Sets=128\n"
                            "plot x=L2Sets series=port y=cycles\n"));
    sweep_definition_free(&definition);
}

static void a_sweep_that_is_not_there_is_named(void **state)
{
    (void)state;
    assert_false(sweep_definition_load(&definition, "none", error, sizeof error));
    sweep_definition_free(&definition);
    assert_non_null(strstr(error, "no sweep 'none'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_means_what_it_says),
        cmocka_unit_test(a_plot_shows_what_it_says),
        cmocka_unit_test(what_is_not_said_is_usual),
        cmocka_unit_test(a_bad_line_is_named),
        cmocka_unit_test(lines_that_do_not_go_together_are_named),
        cmocka_unit_test(related_parameters_are_shown_by_any_of_them),
        cmocka_unit_test(a_sweep_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, sweep_root_setup, sweep_root_teardown);
}

// SPDX-License-Identifier: Apache-2.0
/* The scoreboard and the random traffic on a double of the design: a good one passes, each planted
 * fault is caught. */
#include "twin_dut.h"

#include "random_drive.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define SEEDS 24
#define COUNT 4000

static unsigned modes_of(const char *preset)
{
    return !strcmp(preset, "tiny") ? 1 | 1 << 2 : 1 | 1 << 3 | 1 << 4;
}

/* The first verdict against the double over several seeds; CHECK_OK if there is none. */
static enum check_verdict run(const char *preset, enum twin_fault fault, unsigned without,
                              struct random_statistics *statistics, struct random_outcome *outcome)
{
    char set[64], error[128];
    struct dut_set sets[] = {{set}};

    snprintf(set, sizeof set, "Fault=%s", twin_fault_names[fault]);
    struct dut *dut = dut_open(preset, sets, 1, DUT_WAVE_NONE, error, sizeof error);
    assert_non_null(dut);
    outcome->verdict = CHECK_OK;
    for (unsigned seed = 1; seed <= SEEDS && outcome->verdict == CHECK_OK; seed++) {
        struct random_case what = {
            .seed = seed, .count = COUNT, .modes = modes_of(preset), .without = without};
        random_drive(dut, &what, statistics, NULL, outcome);
    }
    dut_close(dut);
    return outcome->verdict;
}

static void expect_caught(enum twin_fault fault)
{
    static const char *const presets[] = {"tiny", "linux"};

    for (unsigned i = 0; i < 2; i++) {
        struct random_statistics statistics = {0};
        struct random_outcome outcome;
        enum check_verdict verdict = run(presets[i], fault, 0, &statistics, &outcome);
        print_message("%s on %s: %s after %llu accesses\n", twin_fault_names[fault], presets[i],
                      check_verdict_name(verdict), (unsigned long long)statistics.accepted);
        assert_int_not_equal(verdict, CHECK_OK);
        assert_true(strlen(outcome.text) > 0);
    }
}

static void good_design_passes(void **state)
{
    static const char *const presets[] = {"tiny", "linux"};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct random_statistics s = {0};
        struct random_outcome outcome;
        enum check_verdict verdict = run(presets[i], TWIN_GOOD, 1u << RANDOM_RESETS, &s, &outcome);
        if (verdict != CHECK_OK)
            print_error("%s\n", outcome.text);
        assert_int_equal(verdict, CHECK_OK);
        assert_int_equal(s.accepted, SEEDS * COUNT);
        assert_int_equal(s.answered + s.killed, s.accepted);
        assert_true(s.granted > s.answered / 10 && s.stale > 0 && s.ambiguous > 0);
        assert_true(s.events[DUT_DATA_HIT] > 0 && s.errors > 0 && s.stores > 0);
        for (unsigned form = 0; form < 4; form++)
            assert_true(s.fences[form] > 0);
    }
}

static void every_fault_is_caught(void **state)
{
    (void)state;
    for (unsigned fault = TWIN_GOOD + 1; fault < TWIN_FAULTS; fault++)
        expect_caught(fault);
}

static void same_seed_does_the_same(void **state)
{
    struct random_statistics first = {0}, second = {0};
    struct random_outcome outcome;

    (void)state;
    run("linux", TWIN_GOOD, 0, &first, &outcome);
    run("linux", TWIN_GOOD, 0, &second, &outcome);
    assert_memory_equal(&first, &second, sizeof first);
}

/* Each class that is left out does not happen. */
static void classes_can_be_left_out(void **state)
{
    struct random_statistics s = {0};
    struct random_outcome outcome;
    unsigned without = 1u << RANDOM_KILLS | 1u << RANDOM_FENCES | 1u << RANDOM_STORES |
                       1u << RANDOM_CONTEXTS | 1u << RANDOM_PMP | 1u << RANDOM_ERRORS |
                       1u << RANDOM_FETCH | 1u << RANDOM_RESETS;

    (void)state;
    assert_int_equal(run("linux", TWIN_GOOD, without, &s, &outcome), CHECK_OK);
    assert_int_equal(s.kills + s.stores + s.contexts + s.errors, 0);
    assert_int_equal(s.fences[0] + s.fences[1] + s.fences[2] + s.fences[3], 0);
    assert_int_equal(s.events[DUT_FETCH_HIT] + s.events[DUT_FETCH_MISS], 0);
    assert_int_equal(s.stale + s.ambiguous, 0);
}

/* A failure shrinks to one that is smaller, fails still and needs fewer classes. */
static void failures_shrink(void **state)
{
    struct dut_set sets[] = {{"Fault=superpage_offset"}};
    struct random_statistics s = {0};
    struct random_outcome outcome;
    struct random_case what = {.seed = 1, .count = 50000, .modes = modes_of("linux")};
    char error[128];
    struct dut *dut = dut_open("linux", sets, 1, DUT_WAVE_NONE, error, sizeof error);

    (void)state;
    while (random_drive(dut, &what, &s, NULL, &outcome) != RANDOM_DISAGREES)
        what.seed++;
    random_shrink(dut, &what, &outcome);
    assert_true(what.count < 1000);
    assert_true(what.without & 1u << RANDOM_KILLS && what.without & 1u << RANDOM_FENCES);
    assert_int_equal(random_drive(dut, &what, &s, NULL, &outcome), RANDOM_DISAGREES);
    assert_int_equal(outcome.verdict, CHECK_WRONG_ADDRESS);
    dut_close(dut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_design_passes),      cmocka_unit_test(every_fault_is_caught),
        cmocka_unit_test(same_seed_does_the_same), cmocka_unit_test(classes_can_be_left_out),
        cmocka_unit_test(failures_shrink),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

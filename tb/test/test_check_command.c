// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb random as a user calls it, on a twin of the design: exit status, what it prints, replay,
 * coverage. */
#include "twin_dut.h"

#include "cmd.h"
#include "command_bench.h"

struct result {
    int status;
    char text[65536]; /* standard output and error */
};

static void run(const char *line, struct result *result)
{
    result->status =
        command_run(cmd_random, "rvmmu-tb random", line, "", result->text, sizeof result->text);
}

static void has(const struct result *result, const char *words)
{
    if (!strstr(result->text, words))
        fail_msg("'%s' is not in: %s", words, result->text);
}

static void good_design_agrees(void **state)
{
    struct result r;

    (void)state;
    run("--preset linux --seed 3 --seeds 2 --count 5000", &r);
    assert_int_equal(r.status, CMD_AGREE);
    has(&r, "random: preset linux, seeds 3 to 4, 5000 accesses each\n");
    has(&r, "  accesses accepted                                   10000\n");
    has(&r, "  Sv48  level 0 ");
    has(&r, " answers are legal\n");
}

/* A failure names its seed, and what it prints as replay fails too. */
static void failure_replays(void **state)
{
    struct result r, again;
    char replay[512];

    (void)state;
    run("--preset linux --set Fault=superpage_offset --seeds 9 --count 20000", &r);
    assert_int_equal(r.status, CMD_DISAGREE);
    has(&r, "wrong physical address\n");
    has(&r, "\nshrunk:\nseed ");
    const char *command = strstr(strstr(r.text, "\nshrunk:\n"), "replay: rvmmu-tb random ");
    assert_non_null(command);
    command += strlen("replay: rvmmu-tb random ");
    snprintf(replay, sizeof replay, "%.*s", (int)strcspn(command, "\n"), command);
    assert_non_null(strstr(replay, "--preset linux --set Fault=superpage_offset --seed "));
    assert_non_null(strstr(replay, "--without "));
    run(replay, &again);
    assert_int_equal(again.status, CMD_DISAGREE);
    has(&again, "wrong physical address\n");
}

static void modes_can_be_chosen(void **state)
{
    struct result r;

    (void)state;
    run("--mode bare,sv39 --count 2000", &r);
    assert_int_equal(r.status, CMD_AGREE);
    has(&r, "  Sv39  level 2 ");
    assert_null(strstr(r.text, "Sv48"));
    run("--mode bare --count 2000", &r);
    assert_int_equal(r.status, CMD_AGREE);
    run("--preset tiny --mode sv39", &r);
    assert_int_equal(r.status, CMD_BAD_INPUT);
    has(&r, "rvmmu-tb random: preset tiny has no sv39; it has bare sv32\n");
}

static void coverage_is_written(void **state)
{
    char name[] = "/tmp/rvmmu-coverage-XXXXXX", line[128], text[64];
    struct result r;

    (void)state;
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    snprintf(line, sizeof line, "--count 1000 --coverage %s", name);
    run(line, &r);
    assert_int_equal(r.status, CMD_AGREE);
    FILE *file = fopen(name, "r"); /* the name is of a new file now */
    assert_true(fread(text, 1, 20, file) == 20 && !strncmp(text, "{\n \"seen\": ", 11));
    fclose(file);
    close(fd);
    unlink(name);
    run("--count 1000 --coverage /nowhere/file", &r);
    assert_int_equal(r.status, CMD_BAD_INPUT);
    has(&r,
        "rvmmu-tb random: /nowhere/file cannot be written: No such file or directory; --coverage "
        "names a file that can\n");
}

static void bad_input_is_one_line(void **state)
{
    static const char *const cases[][2] = {
        {"--preset huge", "rvmmu-tb random: no preset 'huge'\n"},
        {"--seed x", "--seed x: a number from 0 to 18446744073709551615 is wanted"},
        {"--count 0", "--count 0: a number from 1 to "},
        {"--seeds -1", "--seeds -1: a number from 1 to "},
        {"--mode sv64", "--mode sv64: bare, sv32, sv39, sv48 or sv57 is wanted"},
        {"--without rain", "--without rain: fetch, data, kills, "},
        {"--without fetch,data", "--without: one of fetch and data must stay"},
        {"--wave-on-mismatch", "--wave-on-mismatch needs --wave FILE"},
        {"--wave-from 3", "--wave-from and --wave-to need --wave FILE"},
        {"--wave w --wave-from 3 --wave-to 2", "--wave-from 3 comes after --wave-to 2"},
        {"--wave /nowhere/w.fst", "rvmmu-tb random: cannot write waves to '/nowhere/w.fst'\n"},
        {"here", "'here': this command takes options only"},
    };
    struct result r;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        run(cases[i][0], &r);
        assert_int_equal(r.status, CMD_BAD_INPUT);
        has(&r, cases[i][1]);
        assert_ptr_equal(strchr(r.text, '\n') + 1, r.text + strlen(r.text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_design_agrees),    cmocka_unit_test(failure_replays),
        cmocka_unit_test(modes_can_be_chosen),   cmocka_unit_test(coverage_is_written),
        cmocka_unit_test(bad_input_is_one_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb run, with a design made of the reference model: that it agrees when it should, finds
 * each of a list of faults, and refuses bad input with one line. */
#include "cmd.h"
#include "fake_dut.h"
#include "splitmix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#define MOST_ARGUMENTS 24

/* A folder of its own, with two traces; and what the last run printed. */
struct bench {
    char folder[64];
    char first[96], second[96];
    char out[16384], err[4096];
};

static void bench_path(const struct bench *bench, const char *name, char *path, size_t size)
{
    snprintf(path, size, "%s/%s", bench->folder, name);
}

/* A trace in lackey's form: code in a few pages, data in many, all kinds and sizes. */
static void write_trace(const char *path, uint64_t seed, uint64_t base)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    for (int i = 0; i < 4000; i++) {
        uint64_t code = base + splitmix_below(&seed, 3) * 4096 + splitmix_below(&seed, 4096);
        uint64_t page = splitmix_below(&seed, splitmix_below(&seed, 8) ? 6 : 30);
        uint64_t data = base + 0x8000000 + page * 4096 + splitmix_below(&seed, 4096);
        unsigned size = 1u << splitmix_below(&seed, 6);

        fprintf(file, "I  %08llx,%u\n", (unsigned long long)code,
                1 + (unsigned)splitmix_below(&seed, 15));
        fprintf(file, " %c %08llx,%u\n", "LSM"[splitmix_below(&seed, 3)], (unsigned long long)data,
                size);
    }
    assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);

    assert_non_null(bench);
    strcpy(bench->folder, "/tmp/rvmmu-test-run-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    bench_path(bench, "first", bench->first, sizeof bench->first);
    bench_path(bench, "second", bench->second, sizeof bench->second);
    write_trace(bench->first, 1, 0x400000);
    write_trace(bench->second, 2, UINT64_C(0x7f0000400000));
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    char command[100];

    snprintf(command, sizeof command, "rm -r %s", bench->folder);
    assert_int_equal(system(command), 0);
    free(bench);
    return 0;
}

static void slurp(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* The command in a process of its own; returns its status. The arguments end with a null. */
static int run(struct bench *bench, ...)
{
    char *arguments[MOST_ARGUMENTS] = {"rvmmu-tb run"};
    char out[96], err[96];
    int count = 1, status;
    va_list list;

    va_start(list, bench);
    while ((arguments[count] = va_arg(list, char *)))
        count++;
    va_end(list);
    bench_path(bench, "out", out, sizeof out);
    bench_path(bench, "err", err, sizeof err);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (!freopen(out, "w", stdout) || !freopen(err, "w", stderr) || chdir(bench->folder))
            _exit(99);
        exit(cmd_run(count, arguments));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    slurp(out, bench->out, sizeof bench->out);
    slurp(err, bench->err, sizeof bench->err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static bool exists(const struct bench *bench, const char *name)
{
    struct stat about;
    char path[96];

    bench_path(bench, name, path, sizeof path);
    return stat(path, &about) == 0;
}

static json_int_t count_of(const json_t *run, const char *name)
{
    return json_integer_value(json_object_get(run, name));
}

static void two_processes_agree_under_every_policy(void **state)
{
    struct bench *bench = *state;
    char path[96];
    json_error_t error;

    assert_int_equal(run(bench, "-p", "good", "--policy", "all", "--frames", "40%", "--slice",
                         "500", "--sample", "300", "--json", "result.json", bench->first,
                         bench->second, bench->first, NULL),
                     0);
    assert_string_equal(bench->err, "");
    bench_path(bench, "result.json", path, sizeof path);
    json_t *result = json_load_file(path, 0, &error);
    json_t *runs = json_object_get(result, "runs");
    assert_int_equal(json_array_size(runs), 8);
    json_t *opt = json_array_get(runs, 7);
    json_t *best = json_object_get(json_object_get(opt, "operating_system"), "page_faults");
    for (size_t i = 0; i < 8; i++) {
        json_t *one = json_array_get(runs, i);
        json_t *system = json_object_get(one, "operating_system");
        json_t *faults = json_object_get(system, "page_faults");

        assert_true(json_is_true(json_object_get(one, "agrees")));
        assert_int_equal(count_of(one, "answers"), count_of(one, "answers_agreed"));
        assert_int_equal(count_of(one, "fetches"), count_of(opt, "fetches"));
        assert_true(count_of(faults, "demand_zero") + count_of(faults, "swapped_in") >=
                    count_of(best, "demand_zero") + count_of(best, "swapped_in"));
        assert_true(count_of(system, "written_back") > 0);
        assert_true(count_of(one, "context_switches") > 20);
    }
    json_decref(result);
    assert_false(exists(bench, "result.json.part"));
}

static void options_of_every_kind_agree(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(
        run(bench, "-p", "sv32", "--fold", "--frames", "2", bench->first, bench->second, NULL), 0);
    assert_non_null(strstr(bench->out, "memory: all"));
    assert_int_equal(
        run(bench, "-p", "good", "--mode", "sv39", "--fold", "--superpages", bench->second, NULL),
        0);
    assert_int_equal(run(bench, "-p", "good", "--limit", "100", "--policy", "opt", "--wave",
                         "some.vcd", "--wave-from", "10", "--wave-to", "20", bench->first, NULL),
                     0);
    assert_true(exists(bench, "some.vcd"));
    assert_false(exists(bench, "some.vcd.part"));
    assert_non_null(strstr(bench->out, "some.vcd"));
}

/* Each fault of the design ends the run with status 1 and says which policy and access. */
static void faults_of_the_design_are_found(void **state)
{
    static const char *const faults[] = {
        "wrong-pa", "wrong-cause",   "wrong-tval",   "wrong-tag", "wide-page",
        "defer",    "silent",        "no-fence",     "no-asid",   "no-dirty",
        "twice",    "endless-fence", "flipped-byte", "unstable",
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        int status = run(bench, "-p", faults[i], "--frames", "50%", "--slice", "200", "--policy",
                         "clock", bench->first, bench->first, NULL);

        if (status != 1)
            fail_msg("%s: status %d\n%s%s", faults[i], status, bench->out, bench->err);
        assert_non_null(strstr(bench->out, "DISAGREEMENT: policy clock, process"));
    }
}

static void a_mismatch_is_recorded(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(run(bench, "-p", "wrong-pa", "--wave-on-mismatch", bench->first, NULL), 1);
    assert_non_null(strstr(bench->out, "rvmmu-mismatch.fst"));
    assert_true(exists(bench, "rvmmu-mismatch.fst"));
    assert_int_equal(
        run(bench, "-p", "good", "--wave-on-mismatch", "--wave", "none.fst", bench->first, NULL),
        0);
    assert_false(exists(bench, "none.fst"));
}

/* Status 2, one line on standard error that holds `word`, nothing on standard output. */
#define refused(bench, word, ...)                                                                  \
    do {                                                                                           \
        assert_int_equal(run(bench, __VA_ARGS__, NULL), 2);                                        \
        assert_string_equal((bench)->out, "");                                                     \
        assert_ptr_equal(strchr((bench)->err, '\n'), (bench)->err + strlen((bench)->err) - 1);     \
        if (!strstr((bench)->err, word))                                                           \
            fail_msg("no '%s' in: %s", word, (bench)->err);                                        \
    } while (0)

static void bad_input_is_refused_in_one_line(void **state)
{
    struct bench *bench = *state;
    char *first = bench->first, *second = bench->second;

    refused(bench, "no trace", "-p", "good");
    refused(bench, "unknown", "-p", "unknown", first);
    refused(bench, "wsclock", "-p", "good", "--policy", "mru", first);
    refused(bench, "sv57", "-p", "good", "--mode", "sv64", first);
    refused(bench, "sv39 sv48", "-p", "good", "--mode", "sv57", first);
    refused(bench, "sv39 sv48", "-p", "good", "--mode", "sv32", first);
    refused(bench, "missing", "-p", "good", "missing");
    refused(bench, "at least 2", "-p", "good", "--frames", "0", first);
    refused(bench, "at least 2", "-p", "good", "--frames", "1", first);
    refused(bench, "at least 2", "-p", "good", "--frames", "0%", first);
    refused(bench, "25%", "-p", "good", "--frames", "x%", first);
    refused(bench, "34-bit", "-p", "sv32", "--frames", "4000000000", first);
    refused(bench, "ASID", "-p", "good", first, first, first, first, first);
    refused(bench, "--fold", "-p", "good", "--mode", "sv39", second);
    refused(bench, "--fold", "-p", "sv32", second);
    refused(bench, "--swap", "-p", "good", "--swap", "/nonexistent/swap", first);
    refused(bench, "No space", "-p", "good", "--frames", "4", "--swap", "/dev/full", first);
    refused(bench, "--json", "-p", "good", "--json", "/nonexistent/json", first);
    refused(bench, "--json", "-p", "good", "--json", "/dev/full/x", first);
    refused(bench, "--wave", "-p", "good", "--wave", "/nonexistent/wave", first);
    refused(bench, "--wave", "-p", "good", "--wave-from", "3", first);
    refused(bench, "one policy", "-p", "good", "--wave", "w", "--policy", "all", first);
    refused(bench, "slice", "-p", "good", "--slice", "0", first);
    refused(bench, "PARAMETER", "-p", "good", "--set", "Walkers", first);
}

/* A run that fails leaves nothing under its final names. */
static void failed_runs_leave_nothing(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(run(bench, "-p", "good", "--frames", "4", "--swap", "/dev/full", "--json",
                         "failed.json", "--wave", "failed.fst", bench->first, NULL),
                     2);
    assert_false(exists(bench, "failed.json"));
    assert_false(exists(bench, "failed.json.part"));
    assert_false(exists(bench, "failed.fst"));
    assert_false(exists(bench, "failed.fst.part"));
}

/* Pages of each process, counted by hand: 4 code, 1 + 2 data; a reference over a page's end counts
 * as two accesses, a modify too. */
static void accesses_are_counted(void **state)
{
    static const char trace[] = "I  00400ffe,4\n L 00600000,8\nI  00402000,4\n M 00600ffc,8\n"
                                "I  00403000,2\n S 00602000,1\n";
    struct bench *bench = *state;
    char path[96];
    json_error_t error;

    bench_path(bench, "tiny", path, sizeof path);
    FILE *file = fopen(path, "w");
    assert_true(file && fputs(trace, file) >= 0 && fclose(file) == 0);
    assert_int_equal(run(bench, "-p", "good", "--json", "tiny.json", path, NULL), 0);
    bench_path(bench, "tiny.json", path, sizeof path);
    json_t *result = json_load_file(path, 0, &error);
    json_t *one = json_array_get(json_object_get(result, "runs"), 0);
    assert_int_equal(count_of(one, "fetches"), 4);
    assert_int_equal(count_of(one, "loads"), 3);
    assert_int_equal(count_of(one, "stores"), 3);
    assert_int_equal(count_of(result, "pages_touched"), 7);
    assert_int_equal(count_of(one, "bytes_compared"), 4 + 8 + 4 + 8 + 2);
    assert_int_equal(count_of(one, "pages_compared"), 7);
    json_t *faults = json_object_get(json_object_get(one, "operating_system"), "page_faults");
    assert_int_equal(count_of(faults, "demand_zero"), 7);
    assert_int_equal(count_of(faults, "dirty_set"), 2); /* the two halves of the modify */
    json_decref(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_processes_agree_under_every_policy),
        cmocka_unit_test(options_of_every_kind_agree),
        cmocka_unit_test(faults_of_the_design_are_found),
        cmocka_unit_test(a_mismatch_is_recorded),
        cmocka_unit_test(bad_input_is_refused_in_one_line),
        cmocka_unit_test(failed_runs_leave_nothing),
        cmocka_unit_test(accesses_are_counted),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

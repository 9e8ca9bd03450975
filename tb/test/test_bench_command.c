// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb bench as a command, with a design made of the reference model: its options, its status,
 * its JSON. */
#include "bench_trace.h"
#include "cmd.h"
#include "fake_dut.h"

#include <jansson.h>
#include <sys/wait.h>

#define MOST_ARGUMENTS 24

static char out[16384], err[4096];

static void slurp(FILE *file, char *text, size_t size)
{
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* The command in a process of its own; returns its status. The arguments end with a null. */
static int bench(const char *first, ...)
{
    char *arguments[MOST_ARGUMENTS] = {"rvmmu-tb bench", (char *)(uintptr_t)first};
    FILE *to = tmpfile(), *errors = tmpfile();
    int count = 2, status;
    va_list list;

    va_start(list, first);
    while ((arguments[count] = va_arg(list, char *)))
        count++;
    va_end(list);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(fileno(to), STDOUT_FILENO);
        dup2(fileno(errors), STDERR_FILENO);
        exit(cmd_bench(count, arguments));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    slurp(to, out, sizeof out);
    slurp(errors, err, sizeof err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void command_line_mistakes(void **state)
{
    static const char *const lines[][2] = {
        {"--rows", "walks"},    {"--ports", "left"}, {"--memory-latency", "0"},
        {"--outstanding", "x"}, {"--register", "2"}, {"--limit", "0"},
        {"--set", "L2Ways"},    {"--jobs", "0"},     {"--preset", "no-such-preset"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        assert_int_equal(bench(lines[i][0], lines[i][1], NULL), CMD_BAD_INPUT);
        assert_string_equal(out, "");
        assert_non_null(strstr(err, lines[i][1]));
        assert_ptr_equal(strchr(err, '\n'), err + strlen(err) - 1); /* one line */
    }
    assert_int_equal(bench("trace", NULL), CMD_BAD_INPUT);
    assert_int_equal(bench("--rows", "fence,", NULL), CMD_BAD_INPUT);
    assert_int_equal(bench("--trace", "/no/such/trace", "--rows", "traces", NULL), CMD_BAD_INPUT);
    assert_non_null(strstr(err, "/no/such/trace"));
}

/* Walks of this design take five cycles, fences up to three. */
static void status_says_what_is_over(void **state)
{
    (void)state;
    assert_int_equal(bench("--rows", "latency", "--latency", "10,40", NULL), CMD_AGREE);
    assert_non_null(strstr(out, " 0 over"));
    assert_int_equal(bench("--rows", "fence", NULL), CMD_DISAGREE);
    assert_non_null(strstr(out, "OVER"));
    assert_string_equal(err, "");
}

static const json_t *at(const json_t *array, size_t i)
{
    assert_true(i < json_array_size(array));
    return json_array_get(array, i);
}

static json_int_t whole(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

static void json_of_a_trace(void **state)
{
    char path[64], file[80];
    json_error_t error;

    (void)state;
    bench_trace_write(path);
    snprintf(file, sizeof file, "%s.json", path);
    assert_int_equal(bench("--rows", "traces", "--trace", path, "--latency", "10", "--outstanding",
                           "1", "--register", "0", "--json", file, "--histogram", NULL),
                     CMD_AGREE);
    json_t *result = json_load_file(file, 0, &error);
    assert_non_null(result);
    const json_t *traces = json_object_get(result, "traces");
    assert_int_equal(json_array_size(traces), 2);
    const json_t *data = at(traces, 0), *fetch = at(traces, 1);
    assert_string_equal(json_string_value(json_object_get(data, "port")), "data");
    assert_string_equal(json_string_value(json_object_get(data, "file")), path);
    assert_string_equal(json_string_value(json_object_get(data, "trace")), path + strlen("/tmp/"));
    assert_int_equal(whole(data, "accesses"), 3);
    assert_int_equal(whole(data, "cycles"), 5 + 1 + 5);
    assert_int_equal(whole(data, "l1_misses"), 2);
    assert_int_equal(whole(data, "memory_latency"), 10);
    assert_int_equal(whole(data, "outstanding"), 1);
    assert_int_equal(whole(json_object_get(data, "histogram"), "5"), 2);
    assert_int_equal(whole(json_object_get(data, "events"), "data_misses"), 2);
    assert_true(json_is_null(json_object_get(data, "target")));
    assert_true(json_number_value(json_object_get(data, "l1_misses_per_1000")) > 666);
    assert_int_equal(whole(fetch, "cycles"), 5 + 5);
    assert_non_null(strstr(out, "   5 cycles            2   66.6667 %"));
    json_decref(result);
    unlink(path);
    unlink(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(command_line_mistakes),
        cmocka_unit_test(status_says_what_is_over),
        cmocka_unit_test(json_of_a_trace),
    };
    return cmocka_run_group_tests_name("bench, the command", tests, NULL, NULL);
}

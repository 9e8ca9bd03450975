// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb trace convert and info, as a user calls them; and the writer's behaviour on disk. */
#include "cmd.h"
#include "test_trace.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

struct result {
    int status;
    char out[4096], error[4096];
};

static void read_text(const char *path, char *text, size_t size)
{
    struct bytes b = read_file(path);
    snprintf(text, size, "%.*s", (int)b.size, (const char *)b.at);
    free(b.at);
    unlink(path);
}

static void redirect(const char *path, int to)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || dup2(fd, to) < 0)
        _exit(99);
}

/* Runs "rvmmu-tb trace" with the arguments (up to a null) in a child that works in `directory`. */
static struct result run(const char *directory, const char *const *arguments)
{
    struct result r;
    char out[80], error[80];
    snprintf(out, sizeof out, "%s.out", directory);
    snprintf(error, sizeof error, "%s.error", directory);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        char *argv[16] = {"rvmmu-tb trace"};
        int argc = 1;
        while (arguments[argc - 1]) {
            argv[argc] = (char *)arguments[argc - 1];
            argc++;
        }
        redirect(out, STDOUT_FILENO);
        redirect(error, STDERR_FILENO);
        if (chdir(directory))
            _exit(99);
        exit(cmd_trace(argc, argv));
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    r.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    read_text(out, r.out, sizeof r.out);
    read_text(error, r.error, sizeof r.error);
    return r;
}
#define RUN(directory, ...) run(directory, (const char *const[]){__VA_ARGS__, NULL})

static unsigned files_in(const char *directory)
{
    unsigned n = 0;
    DIR *d = opendir(directory);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static const char text[] = "I  1000,4\n L 7fff00000ffc,8\nI  1004,2\n S 2000,8\n M 2008,1\n";

static int set_up(void **state)
{
    static char directory[64], path[80];
    make_directory(directory);
    snprintf(path, sizeof path, "%s/in", directory);
    write_file(path, text, strlen(text));
    *state = directory;
    return 0;
}

static int tear_down(void **state)
{
    char path[512];
    DIR *d = opendir(*state);
    for (struct dirent *e; (e = readdir(d));) {
        snprintf(path, sizeof path, "%s/%s", (char *)*state, e->d_name);
        if (e->d_name[0] != '.')
            unlink(path);
    }
    closedir(d);
    return rmdir(*state);
}

static void info_says_what_is_in_it(void **state)
{
    struct result r = RUN(*state, "info", "in");
    assert_int_equal(r.status, 0);
    assert_string_equal(r.error, "");
    assert_string_equal(r.out, "in: lackey, plain\n"
                               "  references 5: fetches 2, loads 1, stores 1, modifies 1\n"
                               "  4 KiB pages 4: data 3, fetch 1\n"
                               "  addresses 0x1000 to 0x7fff00001003\n"
                               "  fits Sv48 Sv57; needs --fold for Sv32, Sv39\n");
}

static void convert_keeps_the_references(void **state)
{
    static const char *const outs[] = {"o", "o.xz", "o.zst"}, *const how[] = {"plain", "xz",
                                                                              "zstd"};
    for (int i = 0; i < 3; i++) {
        char expected[4096];
        struct result r = RUN(*state, "convert", "--name", "five", "-o", outs[i], "in");
        assert_int_equal(r.status, 0);
        assert_string_equal(r.error, "");
        r = RUN(*state, "info", outs[i]);
        assert_int_equal(r.status, 0);
        snprintf(expected, sizeof expected,
                 "%s: compact, %s, \"five\"\n"
                 "  references 5: fetches 2, loads 1, stores 1, modifies 1\n"
                 "  4 KiB pages 4: data 3, fetch 1\n"
                 "  addresses 0x1000 to 0x7fff00001003\n"
                 "  fits Sv48 Sv57; needs --fold for Sv32, Sv39\n",
                 outs[i], how[i]);
        assert_string_equal(r.out, expected);
    }
    assert_int_equal(files_in(*state), 4);
}

static void skip_and_limit(void **state)
{
    char path[80], error[1024];
    struct result r = RUN(*state, "convert", "--skip", "1", "--limit", "3", "-o", "o", "in");
    assert_int_equal(r.status, 0);
    snprintf(path, sizeof path, "%s/o", (char *)*state);
    struct trace *t = trace_open(path, TRACE_COMPACT, error, sizeof error);
    assert_non_null(t);
    assert_string_equal(trace_name(t), "in");
    assert_record(t, TRACE_LOAD, 0x7fff00000ffc, 8);
    assert_record(t, TRACE_FETCH, 0x1004, 2);
    assert_record(t, TRACE_STORE, 0x2000, 8);
    assert_end(t);
}

/* Bad input: status 2, one line, and neither the output nor anything beside it appears. */
static void bad_input_leaves_nothing(void **state)
{
    char path[80];
    static const struct {
        const char *arguments[8];
        const char *error;
    } cases[] = {
        {{"convert", "-o", "o", "none"},
         "rvmmu-tb trace: none: cannot open: No such file or directory\n"},
        {{"convert", "-o", "o", "cut"},
         "rvmmu-tb trace: cut:5: truncated: the last line has no end\n"},
        {{"convert", "-o", "o", "--from", "dinero", "in"},
         "rvmmu-tb trace: in:1: wrong label, where 0 (read), 1 (write) or 2 (fetch) is wanted\n"},
        {{"convert", "-o", "o", "--skip", "5", "in"},
         "rvmmu-tb trace: in has 5 references; --skip 5 leaves none\n"},
        {{"convert", "-o", "none/o", "in"},
         "rvmmu-tb trace: none/o: cannot create a file beside it: No such file or directory\n"},
        {{"convert", "-o", ".", "in"},
         "rvmmu-tb trace: .: cannot write: it exists and is not a regular file\n"},
        {{"info", "none"}, "rvmmu-tb trace: none: cannot open: No such file or directory\n"},
        {{"info", "cut"}, "rvmmu-tb trace: cut:5: truncated: the last line has no end\n"},
        {{"fold"}, "rvmmu-tb trace: no 'fold'; there are convert and info\n"},
    };
    snprintf(path, sizeof path, "%s/cut", (char *)*state);
    write_file(path, text, strlen(text) - 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result r = run(*state, cases[i].arguments);
        assert_string_equal(r.error, cases[i].error);
        assert_int_equal(r.status, 2);
        assert_string_equal(r.out, "");
        assert_int_equal(files_in(*state), 2);
    }
}

static void wrong_arguments(void **state)
{
    static const struct {
        const char *arguments[8];
        const char *says;
    } cases[] = {
        {{"convert", "in"}, "no -o OUT"},
        {{"convert", "-o", "o"}, "no trace to convert"},
        {{"convert", "-o", "o", "in", "in"}, "one trace at a time: 'in' is the second"},
        {{"convert", "-o", "o", "--from", "elf", "in"}, "--from elf: auto, lackey"},
        {{"convert", "-o", "o", "--skip", "-1", "in"}, "--skip -1: a number from 0 to "},
        {{"convert", "-o", "o", "--limit", "2M", "in"}, "--limit 2M: a number from 1 to "},
        {{"convert", "-o", "o", "--limit", "0", "in"}, "--limit 0: a number from 1 to "},
        {{"convert", "--frob"}, "unrecognized option '--frob'"},
        {{"info"}, "no trace named"},
        {{NULL}, "Usage: rvmmu-tb trace convert"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result r = run(*state, cases[i].arguments);
        if (!strstr(r.error, cases[i].says))
            fail_msg("'%s' does not say '%s'", r.error, cases[i].says);
        assert_int_equal(r.status, 2);
        assert_int_equal(files_in(*state), 1);
    }
}

static void help(void **state)
{
    static const struct {
        const char *arguments[3], *says;
    } cases[] = {{{"--help"}, "rvmmu-tb trace info [OPTION...] FILE..."},
                 {{"convert", "--help"}, "--limit=N"},
                 {{"info", "--help"}, "FILE..."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result r = run(*state, cases[i].arguments);
        assert_int_equal(r.status, 0);
        assert_string_equal(r.error, "");
        assert_non_null(strstr(r.out, cases[i].says));
    }
}

/* A failed conversion leaves what stood at OUT as it was. */
static void old_output_survives_failure(void **state)
{
    char path[80];
    snprintf(path, sizeof path, "%s/o", (char *)*state);
    write_file(path, "precious", 8);
    struct result r = RUN(*state, "convert", "--skip", "9", "-o", "o", "in");
    assert_int_equal(r.status, 2);
    struct bytes b = read_file(path);
    assert_int_equal(b.size, 8);
    assert_memory_equal(b.at, "precious", 8);
    free(b.at);
    r = RUN(*state, "convert", "-o", "o", "in");
    assert_int_equal(r.status, 0);
    b = read_file(path);
    assert_memory_equal(b.at, "\x89RVTRACE", 8);
    free(b.at);
}

static void writer_refuses(void **state)
{
    char path[80], error[1024], name[TRACE_NAME_MAX + 2];
    snprintf(path, sizeof path, "%s/o", (char *)*state);
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    assert_null(trace_writer_open(path, name, error, sizeof error));
    assert_non_null(strstr(error, "name is longer than 255 bytes"));
    struct trace_writer *w = trace_writer_open(path, name + 1, error, sizeof error);
    assert_non_null(w);
    struct trace_record record = {0x1000, TRACE_LOAD, TRACE_SIZE_MAX + 1};
    assert_false(trace_writer_put(w, &record));
    assert_string_equal(trace_writer_error(w), "a record is larger than 64 bytes");
    assert_false(trace_writer_close(w, error, sizeof error));
    assert_string_equal(error, "a record is larger than 64 bytes");
    assert_int_equal(files_in(*state), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(info_says_what_is_in_it),
        TEST(convert_keeps_the_references),
        TEST(skip_and_limit),
        TEST(bad_input_leaves_nothing),
        TEST(wrong_arguments),
        TEST(help),
        TEST(old_output_survives_failure),
        TEST(writer_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

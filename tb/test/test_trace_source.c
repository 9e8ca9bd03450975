// SPDX-License-Identifier: Apache-2.0
/* Where traces come from: files, standard input, xz and zstd streams, whole and broken. */
#include "test_trace.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { LINES = 30000 };

/* Lackey text that does not compress to nothing. */
static struct bytes make_text(void)
{
    struct bytes b = allocate_bytes(LINES * 32);
    size_t used = 0;
    uint64_t x = 1;
    for (int i = 0; i < LINES; i++) {
        x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
        used += (size_t)sprintf((char *)b.at + used, " L %08x,8\n", (unsigned)(x >> 32));
    }
    b.size = used;
    return b;
}

static void assert_text(struct trace *t)
{
    struct trace_record record;
    uint64_t x = 1;
    for (int i = 0; i < LINES; i++) {
        x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
        if (trace_next(t, &record) != TRACE_RECORD)
            fail_msg("record %d: %s", i, trace_error(t));
        assert_int_equal(record.va, x >> 32);
    }
    assert_end(t);
}

static struct bytes compress(enum trace_compression how, struct bytes plain)
{
    return how == TRACE_XZ ? compress_xz(plain.at, plain.size)
                           : compress_zstd(plain.at, plain.size);
}

static void compressed_streams(void **state)
{
    (void)state;
    struct bytes text = make_text();
    assert_text(open_bytes(text.at, text.size, TRACE_AUTO));
    for (int how = TRACE_XZ; how <= TRACE_ZSTD; how++) {
        struct bytes packed = compress((enum trace_compression)how, text);
        struct trace *t = open_bytes(packed.at, packed.size, TRACE_AUTO);
        assert_int_equal(trace_compression(t), how);
        assert_int_equal(trace_format(t), TRACE_LACKEY);
        assert_text(t);
        free(packed.at);
    }
    free(text.at);
}

/* Streams one after another, as `cat a.xz b.xz` makes them. */
static void concatenated_streams(void **state)
{
    (void)state;
    static const char one[] = "I  10,4\n", two[] = " S 20,8\n";
    for (int how = TRACE_XZ; how <= TRACE_ZSTD; how++) {
        struct bytes a = compress((enum trace_compression)how, (struct bytes){(uint8_t *)one, 8});
        struct bytes b = compress((enum trace_compression)how, (struct bytes){(uint8_t *)two, 8});
        a.at = realloc(a.at, a.size + b.size);
        assert_non_null(a.at);
        memcpy(a.at + a.size, b.at, b.size);
        struct trace *t = open_bytes(a.at, a.size + b.size, TRACE_AUTO);
        assert_record(t, TRACE_FETCH, 0x10, 4);
        assert_record(t, TRACE_STORE, 0x20, 8);
        assert_end(t);
        free(a.at);
        free(b.at);
    }
}

/* Reads to the end, however it is; returns the last status, with its error. */
static enum trace_status read_through(struct bytes b, size_t size, char *error, size_t room)
{
    struct trace_record record;
    enum trace_status status;
    struct trace *t = trace_open_memory("mem", b.at, size, TRACE_LACKEY, error, room);
    if (!t)
        return TRACE_ERROR;
    while ((status = trace_next(t, &record)) == TRACE_RECORD)
        ;
    snprintf(error, room, "%s", trace_error(t));
    trace_close(t);
    return status;
}

static void every_truncated_stream_is_noticed(void **state)
{
    (void)state;
    static const char *const says[] = {"", "mem: truncated: the xz stream ends at byte ",
                                       "mem: truncated: the zstd stream ends at byte "};
    static char text[] = "==1== x\nI  0401ab70,3\n L 1fff000678,8\n S 04222cac,4\n";
    for (int how = TRACE_XZ; how <= TRACE_ZSTD; how++) {
        struct bytes packed =
            compress((enum trace_compression)how, (struct bytes){(uint8_t *)text, strlen(text)});
        char error[1024];
        assert_int_equal(read_through(packed, packed.size, error, sizeof error), TRACE_END);
        for (size_t size = 6; size < packed.size; size++) {
            assert_int_equal(read_through(packed, size, error, sizeof error), TRACE_ERROR);
            if (strncmp(error, says[how], strlen(says[how])))
                fail_msg("%zu bytes of %zu: %s", size, packed.size, error);
        }
        free(packed.at);
    }
}

/* A flipped bit is noticed wherever it is, or harmless: the records are still the right ones. What
 * comes out before a stream's own check may already be nonsense to the format. */
static void every_damage_is_noticed(void **state)
{
    (void)state;
    static char text[] = "I  0401ab70,3\n L 1fff000678,8\n S 04222cac,4\n";
    static const uint64_t va[] = {0x0401ab70, 0x1fff000678, 0x04222cac};
    char error[1024];
    for (int how = TRACE_XZ; how <= TRACE_ZSTD; how++) {
        struct bytes packed =
            compress((enum trace_compression)how, (struct bytes){(uint8_t *)text, strlen(text)});
        for (size_t bit = 0; bit < 8 * packed.size; bit++) {
            struct trace_record record;
            uint8_t flip = (uint8_t)(1 << bit % 8);
            enum trace_status status = TRACE_ERROR;
            bool right = true;
            int n = 0;
            packed.at[bit / 8] ^= flip;
            struct trace *t =
                trace_open_memory("mem", packed.at, packed.size, TRACE_LACKEY, error, sizeof error);
            while (t && (status = trace_next(t, &record)) == TRACE_RECORD) {
                right = right && n < 3 && record.va == va[n];
                n++;
            }
            if (status == TRACE_END && !(right && n == 3))
                fail_msg("bit %zu of byte %zu changes the trace", bit % 8, bit / 8);
            trace_close(t);
            packed.at[bit / 8] ^= flip;
        }
        free(packed.at);
    }
}

static void damage_is_said(void **state)
{
    (void)state;
    static char text[] = "I  0401ab70,3\n L 1fff000678,8\n S 04222cac,4\n";
    static const char *const says[] = {"", "mem: corrupt: the xz stream is damaged before byte ",
                                       "mem: corrupt: the zstd stream is damaged before byte "};
    for (int how = TRACE_XZ; how <= TRACE_ZSTD; how++) {
        struct bytes packed =
            compress((enum trace_compression)how, (struct bytes){(uint8_t *)text, strlen(text)});
        char error[1024];
        packed.at[packed.size - 1] ^= 0x10;
        assert_int_equal(read_through(packed, packed.size, error, sizeof error), TRACE_ERROR);
        if (strncmp(error, says[how], strlen(says[how])))
            fail_msg("%s", error);
        free(packed.at);
    }
}

static void junk_after_a_stream(void **state)
{
    (void)state;
    static char text[] = "I  0401ab70,3\n";
    for (int how = TRACE_XZ; how <= TRACE_ZSTD; how++) {
        struct bytes packed =
            compress((enum trace_compression)how, (struct bytes){(uint8_t *)text, strlen(text)});
        char error[1024];
        packed.at = realloc(packed.at, packed.size + 8);
        assert_non_null(packed.at);
        memcpy(packed.at + packed.size, "I  10,4\n", 8);
        assert_int_equal(read_through(packed, packed.size + 8, error, sizeof error), TRACE_ERROR);
        free(packed.at);
    }
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    char directory[64], path[80], error[1024], expected[1024];
    make_directory(directory);
    snprintf(path, sizeof path, "%s/none", directory);
    assert_null(trace_open(path, TRACE_AUTO, error, sizeof error));
    snprintf(expected, sizeof expected, "%s: cannot open: No such file or directory", path);
    assert_string_equal(error, expected);

    assert_null(trace_open(directory, TRACE_AUTO, error, sizeof error));
    snprintf(expected, sizeof expected, "%s: a directory, where a trace file is wanted", directory);
    assert_string_equal(error, expected);

    snprintf(path, sizeof path, "%s/empty", directory);
    write_file(path, "", 0);
    assert_null(trace_open(path, TRACE_AUTO, error, sizeof error));
    snprintf(expected, sizeof expected, "%s: empty; a trace holds at least one reference", path);
    assert_string_equal(error, expected);
    unlink(path);
    rmdir(directory);
    assert_no_open("", 0, TRACE_AUTO, "mem: empty; a trace holds at least one reference");
}

/* Waits until what was written to the pipe has been read, so that it is not read with the next. */
static void wait_until_read(int pipe_end)
{
    int unread = 1;
    for (int i = 0; i < 5000 && unread; i++) {
        assert_int_equal(ioctl(pipe_end, FIONREAD, &unread), 0);
        usleep(1000);
    }
    assert_int_equal(unread, 0);
}

/* Feeds bytes to standard input, the first ones each alone, and reads them as a trace, in a child;
 * returns how many records came, or what went wrong. */
static int read_from_pipe(const void *at, size_t size)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        char error[1024];
        dup2(ends[0], STDIN_FILENO);
        close(ends[1]);
        struct trace_record record;
        struct trace *t = trace_open("-", TRACE_AUTO, error, sizeof error);
        int n = 0;
        while (t && trace_next(t, &record) == TRACE_RECORD)
            n++;
        _exit(!t ? 100 : trace_error(t)[0] ? 101 : trace_progress(t) != -1 ? 102 : n);
    }
    for (size_t i = 0; i < size; i++) {
        assert_int_equal(write(ends[1], (const char *)at + i, 1), 1);
        if (i < 8)
            wait_until_read(ends[1]);
    }
    close(ends[0]);
    close(ends[1]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

static void standard_input(void **state)
{
    (void)state;
    static const char text[] = "I  10,4\n L 20,8\n S 30,8\n";
    struct bytes xz = compress_xz(text, strlen(text)), zstd = compress_zstd(text, strlen(text));
    assert_int_equal(read_from_pipe(text, strlen(text)), 3);
    assert_int_equal(read_from_pipe(xz.at, xz.size), 3);
    assert_int_equal(read_from_pipe(zstd.at, zstd.size), 3);
    assert_int_equal(read_from_pipe(xz.at, xz.size - 1), 101);
    assert_int_equal(read_from_pipe("", 0), 100);
    free(xz.at);
    free(zstd.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compressed_streams),
        cmocka_unit_test(concatenated_streams),
        cmocka_unit_test(every_truncated_stream_is_noticed),
        cmocka_unit_test(every_damage_is_noticed),
        cmocka_unit_test(damage_is_said),
        cmocka_unit_test(junk_after_a_stream),
        cmocka_unit_test(files_that_cannot_be_read),
        cmocka_unit_test(standard_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

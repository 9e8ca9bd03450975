// SPDX-License-Identifier: Apache-2.0
/* What the tests of traces share: references by hand, files, and compressed copies. */
#ifndef TEST_TRACE_H
#define TEST_TRACE_H

#include "trace.h"

#include <lzma.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include <cmocka.h>

struct bytes {
    uint8_t *at;
    size_t size;
};

static inline void assert_record(struct trace *trace, enum trace_kind kind, uint64_t va,
                                 unsigned size)
{
    struct trace_record record;
    enum trace_status status = trace_next(trace, &record);
    if (status != TRACE_RECORD)
        fail_msg("no record: %s", trace_error(trace));
    assert_int_equal(record.kind, kind);
    assert_int_equal(record.va, va);
    assert_int_equal(record.size, size);
}

/* The trace has no more records, says so again when asked again, and is closed. */
static inline void assert_end(struct trace *trace)
{
    struct trace_record record;
    for (int i = 0; i < 2; i++) {
        enum trace_status status = trace_next(trace, &record);
        if (status != TRACE_END)
            fail_msg("no end: status %d, %s", status, trace_error(trace));
    }
    trace_close(trace);
}

/* Reading gives `good` records and then this error, again and again; the trace is closed. */
static inline void assert_error(struct trace *trace, unsigned good, const char *error)
{
    struct trace_record record;
    for (unsigned i = 0; i < good; i++)
        assert_int_equal(trace_next(trace, &record), TRACE_RECORD);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(trace_next(trace, &record), TRACE_ERROR);
        assert_string_equal(trace_error(trace), error);
    }
    trace_close(trace);
}

static inline struct trace *open_bytes(const void *at, size_t size, enum trace_format format)
{
    char error[1024];
    struct trace *trace = trace_open_memory("mem", at, size, format, error, sizeof error);
    if (!trace)
        fail_msg("cannot open: %s", error);
    return trace;
}

static inline struct trace *open_text(const char *text, enum trace_format format)
{
    return open_bytes(text, strlen(text), format);
}

static inline void assert_no_open(const void *at, size_t size, enum trace_format format,
                                  const char *expected)
{
    char error[1024] = "";
    assert_null(trace_open_memory("mem", at, size, format, error, sizeof error));
    assert_string_equal(error, expected);
}

static inline struct bytes allocate_bytes(size_t size)
{
    struct bytes b = {malloc(size ? size : 1), size};
    assert_non_null(b.at);
    return b;
}

static inline struct bytes compress_xz(const void *at, size_t size)
{
    size_t used = 0, room = lzma_stream_buffer_bound(size);
    struct bytes b = allocate_bytes(room);
    assert_int_equal(
        lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, NULL, at, size, b.at, &used, room), LZMA_OK);
    b.size = used;
    return b;
}

static inline struct bytes compress_zstd(const void *at, size_t size)
{
    struct bytes b = allocate_bytes(ZSTD_compressBound(size));
    ZSTD_CCtx *context = ZSTD_createCCtx();
    assert_non_null(context);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    b.size = ZSTD_compress2(context, b.at, b.size, at, size);
    assert_false(ZSTD_isError(b.size));
    ZSTD_freeCCtx(context);
    return b;
}

static inline struct bytes read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    struct bytes b = allocate_bytes((size_t)ftell(file));
    rewind(file);
    assert_int_equal(fread(b.at, 1, b.size, file), b.size);
    fclose(file);
    return b;
}

static inline void write_file(const char *path, const void *at, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(at, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* A fresh directory for the test's files. */
static inline void make_directory(char path[64])
{
    strcpy(path, "/tmp/rvmmu-trace-XXXXXX");
    assert_non_null(mkdtemp(path));
}

/* Writes `count` records to a compact trace at `path`. */
static inline void write_compact(const char *path, const char *name,
                                 const struct trace_record *records, size_t count)
{
    char error[1024];
    struct trace_writer *writer = trace_writer_open(path, name, error, sizeof error);
    if (!writer)
        fail_msg("cannot open: %s", error);
    for (size_t i = 0; i < count; i++)
        assert_true(trace_writer_put(writer, &records[i]));
    if (!trace_writer_close(writer, error, sizeof error))
        fail_msg("cannot close: %s", error);
}

#endif

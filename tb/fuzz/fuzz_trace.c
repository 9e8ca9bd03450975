// SPDX-License-Identifier: Apache-2.0
/*
 * libFuzzer's entry to the trace readers. The first byte says how the others are read:
 *
 *     0..5   as a trace of that enum trace_format, 0 recognising format and compression
 *     6      as blocks of a compact trace, put between a header and a trailer with right checks,
 *            since a fuzzer does not find checksums: a block is four bytes that say how long its
 *            four columns are, and the columns
 */
#include "trace.h"
#include "trace_compact.h"
#include "trace_summary.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WAYS = 7, WRAPPED = 6, MOST_RECORDS = 1 << 20, BLOCK_SPEC = 4 };

struct wrapped {
    uint8_t *at;
    size_t size;
    uint32_t check;
};

static void append(struct wrapped *w, const void *bytes, size_t size)
{
    if (size)
        memcpy(w->at + w->size, bytes, size);
    w->size += size;
    w->check = lzma_crc32(bytes, size, w->check);
}

static void append_check(struct wrapped *w)
{
    compact_store32(w->at + w->size, w->check);
    w->size += COMPACT_CHECK_SIZE;
}

/* The least of what is asked for and what is there. */
static size_t least(size_t asked, size_t there)
{
    return asked < there ? asked : there;
}

/* Takes a block from the data; returns how much of them it took. */
static size_t append_block(struct wrapped *w, const uint8_t *data, size_t size, uint64_t *count)
{
    uint8_t header[COMPACT_BLOCK_SIZE];
    size_t left = size - BLOCK_SPEC, columns = 0;
    for (int i = 0; i < 4; i++) {
        size_t column = least(data[i], left);
        compact_store32(header + 4 * i, (uint32_t)column);
        columns += column;
        left -= column;
    }
    append(w, header, sizeof header);
    append(w, data + BLOCK_SPEC, columns);
    append_check(w);
    *count += compact_load32(header);
    return BLOCK_SPEC + columns;
}

static uint64_t append_blocks(struct wrapped *w, const uint8_t *data, size_t size)
{
    uint64_t count = 0;
    while (size > BLOCK_SPEC && data[0]) {
        size_t taken = append_block(w, data, size, &count);
        data += taken;
        size -= taken;
    }
    return count;
}

static void append_header(struct wrapped *w, uint64_t count)
{
    uint8_t header[COMPACT_HEADER_SIZE] = COMPACT_MAGIC;
    compact_store32(header + 8, COMPACT_VERSION);
    compact_store32(header + 12, 0);
    compact_store64(header + 16, count);
    append(w, header, sizeof header);
    append_check(w);
}

static void append_trailer(struct wrapped *w, uint64_t count)
{
    uint8_t trailer[COMPACT_TRAILER_SIZE] = {0};
    compact_store64(trailer + 4, count);
    append(w, trailer, sizeof trailer);
    append_check(w);
}

/* Whatever a trace delivers must be a record, and what it complains of one line. */
static void read_all(const uint8_t *data, size_t size, enum trace_format format)
{
    char error[1024] = "";
    struct trace_record record;
    struct trace_summary summary = {0};
    enum trace_status status = TRACE_RECORD;
    struct trace *trace = trace_open_memory("fuzz", data, size, format, error, sizeof error);
    if (!trace) {
        if (!error[0] || strchr(error, '\n'))
            abort();
        return;
    }
    for (int i = 0; i < MOST_RECORDS && (status = trace_next(trace, &record)) == TRACE_RECORD; i++)
        if (record.size > TRACE_SIZE_MAX || (unsigned)record.kind > TRACE_MODIFY ||
            !trace_summary_add(&summary, &record))
            abort();
    if (status == TRACE_ERROR && (!trace_error(trace)[0] || strchr(trace_error(trace), '\n')))
        abort();
    trace_summary_free(&summary);
    trace_close(trace);
}

static void read_wrapped(const uint8_t *data, size_t size)
{
    struct wrapped w = {malloc(6 * size + 128), 0, 0};
    struct wrapped counting = {malloc(6 * size + 128), 0, 0};
    if (w.at && counting.at) {
        uint64_t count = append_blocks(&counting, data, size);
        append_header(&w, count);
        append_blocks(&w, data, size);
        append_trailer(&w, count);
        read_all(w.at, w.size, TRACE_COMPACT);
    }
    free(w.at);
    free(counting.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    unsigned way = data[0] % WAYS;
    if (way == WRAPPED)
        read_wrapped(data + 1, size - 1);
    else
        read_all(data + 1, size - 1, (enum trace_format)way);
    return 0;
}

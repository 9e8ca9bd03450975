// SPDX-License-Identifier: Apache-2.0
/*
 * Writes the compact format. The header holds the number of records, which is known last, so the
 * blocks are spooled to an anonymous temporary file first.
 */
#include "trace_compact.h"
#include "trace_predict.h"
#include "trace_sink.h"

#include <errno.h>
#include <inttypes.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE, OP, FETCH, DATA, COLUMNS };

struct trace_writer {
    struct trace_sink *sink;
    FILE *spool;
    char name[TRACE_NAME_MAX + 1];
    uint64_t count;
    bool failed;
    char error[512];
    uint32_t used[COLUMNS];
    uint8_t *column[COLUMNS];
    struct predictor predictor;
};

static const size_t column_room[COLUMNS] = {
    COMPACT_BLOCK_RECORDS,
    (size_t)COMPACT_BLOCK_RECORDS *COMPACT_OP_BYTES,
    (size_t)COMPACT_BLOCK_RECORDS *COMPACT_ADDRESS_BYTES,
    (size_t)COMPACT_BLOCK_RECORDS *COMPACT_ADDRESS_BYTES,
};

static bool fail(struct trace_writer *w, const char *what)
{
    if (!w->failed)
        snprintf(w->error, sizeof w->error, "%s", what);
    w->failed = true;
    return false;
}

static bool fail_spool(struct trace_writer *w, const char *what)
{
    char line[256];
    snprintf(line, sizeof line, "%s the temporary file for the trace: %s", what, strerror(errno));
    return fail(w, line);
}

struct trace_writer *trace_writer_open(const char *path, const char *name, char *error, size_t size)
{
    if (strlen(name) > TRACE_NAME_MAX) {
        snprintf(error, size, "%s: the trace's name is longer than %d bytes", path, TRACE_NAME_MAX);
        return NULL;
    }
    struct trace_sink *sink = trace_sink_open(path, error, size);
    if (!sink)
        return NULL;
    struct trace_writer *w = calloc(1, sizeof *w);
    bool room = w != NULL;
    for (int i = 0; room && i < COLUMNS; i++)
        room = (w->column[i] = malloc(column_room[i])) != NULL;
    if (room) {
        w->sink = sink;
        strcpy(w->name, name);
        predict_locate(&w->predictor);
        w->spool = tmpfile();
        if (w->spool)
            return w;
        fail_spool(w, "cannot create");
    }
    snprintf(error, size, "%s: %s", path, room ? w->error : "out of memory");
    trace_sink_abandon(sink);
    if (w)
        w->sink = NULL;
    trace_writer_abandon(w);
    return NULL;
}

static void put_varint(struct trace_writer *w, int column, uint64_t value)
{
    uint8_t *to = w->column[column] + w->used[column];
    for (; value >= 0x80; value >>= 7)
        *to++ = (uint8_t)(value | 0x80);
    *to++ = (uint8_t)value;
    w->used[column] = (uint32_t)(to - w->column[column]);
}

static bool flush_block(struct trace_writer *w)
{
    uint8_t header[COMPACT_BLOCK_SIZE];
    if (!w->used[CODE])
        return true;
    for (int i = 0; i < COLUMNS; i++)
        compact_store32(header + 4 * i, w->used[i]);
    bool good = fwrite(header, sizeof header, 1, w->spool) == 1;
    for (int i = 0; good && i < COLUMNS; i++)
        good = fwrite(w->column[i], 1, w->used[i], w->spool) == w->used[i];
    memset(w->used, 0, sizeof w->used);
    return good || fail_spool(w, "cannot write");
}

bool trace_writer_put(struct trace_writer *w, const struct trace_record *record)
{
    struct predictor *p = &w->predictor;
    uint64_t guess[PREDICT_GUESSES];
    bool fetch = record->kind == TRACE_FETCH;
    unsigned op = predict_op(record->kind, record->size), code = 0;
    if (w->failed)
        return false;
    if (record->size > TRACE_SIZE_MAX)
        return fail(w, "a record is larger than 64 bytes");
    if (fetch)
        predict_fetch(p, guess);
    else
        predict_data(p, guess);
    while (code < PREDICT_GUESSES && guess[code] != record->va)
        code++;
    if (code == COMPACT_EXPLICIT)
        put_varint(w, fetch ? FETCH : DATA, compact_zigzag(record->va - guess[2]));
    if (p->place->op != op) {
        code |= COMPACT_OP;
        put_varint(w, OP, op);
    }
    w->column[CODE][w->used[CODE]++] = (uint8_t)code;
    predict_learn(p, record->va, op);
    w->count++;
    return w->used[CODE] < COMPACT_BLOCK_RECORDS || flush_block(w);
}

const char *trace_writer_error(const struct trace_writer *w)
{
    return w->error;
}

/* Writes bytes and the check of everything up to them. */
static bool write_checked(struct trace_writer *w, uint32_t *check, const void *bytes, size_t size)
{
    uint8_t stored[COMPACT_CHECK_SIZE];
    *check = lzma_crc32(bytes, size, *check);
    compact_store32(stored, *check);
    return trace_sink_write(w->sink, bytes, size) &&
           trace_sink_write(w->sink, stored, sizeof stored);
}

static bool write_header(struct trace_writer *w, uint32_t *check)
{
    uint8_t header[COMPACT_HEADER_SIZE + TRACE_NAME_MAX];
    size_t name_size = strlen(w->name);
    memcpy(header, COMPACT_MAGIC, COMPACT_MAGIC_SIZE);
    compact_store32(header + 8, COMPACT_VERSION);
    compact_store32(header + 12, (uint32_t)name_size);
    compact_store64(header + 16, w->count);
    memcpy(header + COMPACT_HEADER_SIZE, w->name, name_size);
    return write_checked(w, check, header, COMPACT_HEADER_SIZE + name_size);
}

static bool copy_blocks(struct trace_writer *w, uint32_t *check)
{
    enum { ROOM = COMPACT_BLOCK_SIZE + COMPACT_BLOCK_RECORDS * 13 };
    uint8_t *block = malloc(ROOM);
    if (!block)
        return fail(w, "out of memory");
    rewind(w->spool);
    bool good = true;
    while (good && fread(block, COMPACT_BLOCK_SIZE, 1, w->spool) == 1) {
        size_t size = 0;
        for (int i = 0; i < COLUMNS; i++)
            size += compact_load32(block + 4 * i);
        if (fread(block + COMPACT_BLOCK_SIZE, 1, size, w->spool) != size)
            break;
        good = write_checked(w, check, block, COMPACT_BLOCK_SIZE + size);
    }
    free(block);
    if (good && (ferror(w->spool) || !feof(w->spool)))
        fail_spool(w, "cannot read");
    return good && !w->failed;
}

static bool write_trailer(struct trace_writer *w, uint32_t *check)
{
    uint8_t trailer[COMPACT_TRAILER_SIZE] = {0};
    compact_store64(trailer + 4, w->count);
    return write_checked(w, check, trailer, sizeof trailer);
}

bool trace_writer_close(struct trace_writer *w, char *error, size_t size)
{
    uint32_t check = 0;
    bool good = false;
    if (!w->failed && flush_block(w) && write_header(w, &check) && copy_blocks(w, &check))
        write_trailer(w, &check);
    if (w->failed) {
        snprintf(error, size, "%s", w->error);
    } else {
        good = trace_sink_close(w->sink, error, size);
        w->sink = NULL;
    }
    trace_writer_abandon(w);
    return good;
}

void trace_writer_abandon(struct trace_writer *w)
{
    if (!w)
        return;
    trace_sink_abandon(w->sink);
    if (w->spool)
        fclose(w->spool);
    for (int i = 0; i < COLUMNS; i++)
        free(w->column[i]);
    free(w);
}

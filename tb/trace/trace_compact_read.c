// SPDX-License-Identifier: Apache-2.0
/* Reads the compact format: a block is checked as a whole, then decoded record by record. */
#include "trace_compact.h"
#include "trace_format.h"
#include "trace_predict.h"

#include <inttypes.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>

struct column {
    const uint8_t *next, *end;
};

struct compact {
    uint32_t check; /* CRC-32 of all bytes before the block */
    size_t block_size;
    uint32_t left; /* records of the block still to decode */
    struct column code, op, fetch, data;
    struct predictor predictor;
};

/* Consumes `size` bytes and the check after them. Null on failure. */
static const uint8_t *checked(struct trace *t, struct compact *c, size_t size, const char *what)
{
    const uint8_t *bytes;
    uint64_t offset = trace_source_offset(t->source);
    if (trace_source_need(t->source, size + COMPACT_CHECK_SIZE, &bytes) <
        size + COMPACT_CHECK_SIZE) {
        trace_fail(t, "truncated: the %s at byte %" PRIu64 " is cut short", what, offset);
        return NULL;
    }
    c->check = lzma_crc32(bytes, size, c->check);
    if (compact_load32(bytes + size) != c->check) {
        trace_fail(t, "corrupt: wrong checksum of the %s at byte %" PRIu64, what, offset);
        return NULL;
    }
    return bytes;
}

static bool open_header(struct trace *t, struct compact *c)
{
    const uint8_t *h;
    if (trace_source_need(t->source, COMPACT_HEADER_SIZE, &h) < COMPACT_HEADER_SIZE) {
        trace_fail(t, "truncated: the header is cut short");
        return false;
    }
    if (memcmp(h, COMPACT_MAGIC, COMPACT_MAGIC_SIZE)) {
        trace_fail(t, "not a compact trace: byte 0 does not begin with its magic number");
        return false;
    }
    if (compact_load32(h + 8) != COMPACT_VERSION) {
        trace_fail(t, "compact trace of version %" PRIu32 "; this program reads version %d",
                   compact_load32(h + 8), COMPACT_VERSION);
        return false;
    }
    uint32_t name_size = compact_load32(h + 12);
    if (name_size > TRACE_NAME_MAX) {
        trace_fail(t, "corrupt: a name of %" PRIu32 " bytes at byte 12; at most %d are allowed",
                   name_size, TRACE_NAME_MAX);
        return false;
    }
    h = checked(t, c, COMPACT_HEADER_SIZE + name_size, "header");
    if (!h)
        return false;
    t->declared = compact_load64(h + 16);
    memcpy(t->name, h + COMPACT_HEADER_SIZE, name_size);
    trace_source_skip(t->source, COMPACT_HEADER_SIZE + name_size + COMPACT_CHECK_SIZE);
    return true;
}

static bool compact_open(struct trace *t)
{
    struct compact *c = calloc(1, sizeof *c);
    if (!c) {
        trace_fail(t, "out of memory");
        return false;
    }
    t->state = c;
    predict_locate(&c->predictor);
    return open_header(t, c);
}

static enum trace_status end_of_trace(struct trace *t, struct compact *c)
{
    const uint8_t *bytes = checked(t, c, COMPACT_TRAILER_SIZE, "trailer");
    if (!bytes)
        return TRACE_ERROR;
    uint64_t count = compact_load64(bytes + 4);
    if (count != t->delivered || count != t->declared)
        return trace_fail(t,
                          "corrupt: %" PRIu64 " records, where the header says %" PRIu64
                          " and the trailer %" PRIu64,
                          t->delivered, t->declared, count);
    trace_source_skip(t->source, COMPACT_TRAILER_SIZE + COMPACT_CHECK_SIZE);
    if (trace_source_need(t->source, 1, &bytes) || trace_source_error(t->source))
        return trace_fail(t, "corrupt: data follow the trailer, from byte %" PRIu64,
                          trace_source_offset(t->source));
    return TRACE_END;
}

static void set_columns(struct compact *c, const uint8_t *block, const uint32_t size[4])
{
    struct column *const column[4] = {&c->code, &c->op, &c->fetch, &c->data};
    const uint8_t *next = block + COMPACT_BLOCK_SIZE;
    for (int i = 0; i < 4; i++) {
        column[i]->next = next;
        next += size[i];
        column[i]->end = next;
    }
    c->left = size[0];
}

/* Takes the next block, or the trailer. */
static enum trace_status next_block(struct trace *t, struct compact *c)
{
    const uint8_t *bytes;
    trace_source_skip(t->source, c->block_size);
    c->block_size = 0;
    size_t got = trace_source_need(t->source, COMPACT_BLOCK_SIZE, &bytes);
    uint64_t offset = trace_source_offset(t->source);
    if (got < COMPACT_BLOCK_SIZE)
        return trace_fail(t, "truncated: neither a block nor the trailer at byte %" PRIu64, offset);
    uint32_t size[4];
    for (int i = 0; i < 4; i++)
        size[i] = compact_load32(bytes + 4 * i);
    if (!size[0])
        return end_of_trace(t, c);
    if (size[0] > COMPACT_BLOCK_RECORDS || size[1] > COMPACT_OP_BYTES * size[0] ||
        size[2] > COMPACT_ADDRESS_BYTES * size[0] || size[3] > COMPACT_ADDRESS_BYTES * size[0] ||
        size[2] + size[3] > COMPACT_ADDRESS_BYTES * size[0])
        return trace_fail(t, "corrupt: impossible sizes in the block at byte %" PRIu64, offset);
    size_t whole = COMPACT_BLOCK_SIZE + (size_t)size[0] + size[1] + size[2] + size[3];
    bytes = checked(t, c, whole, "block");
    if (!bytes)
        return TRACE_ERROR;
    set_columns(c, bytes, size);
    c->block_size = whole + COMPACT_CHECK_SIZE;
    return TRACE_RECORD;
}

/* False when the column ends inside the number or it is longer than `bytes`. */
static inline bool varint(struct column *column, unsigned bytes, uint64_t *value)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < bytes && column->next < column->end; i++) {
        uint8_t byte = *column->next++;
        v |= (uint64_t)(byte & 0x7f) << 7 * i;
        if (byte < 0x80) {
            *value = v;
            return true;
        }
    }
    return false;
}

static enum trace_status bad_block(struct trace *t)
{
    return trace_fail(t,
                      "corrupt: record %" PRIu64 " in the block at byte %" PRIu64 " is malformed",
                      t->delivered, trace_source_offset(t->source));
}

static bool columns_used_up(const struct compact *c)
{
    return c->op.next == c->op.end && c->fetch.next == c->fetch.end && c->data.next == c->data.end;
}

static enum trace_status compact_next(struct trace *t, struct trace_record *record)
{
    struct compact *c = t->state;
    struct predictor *p = &c->predictor;
    if (!c->left) {
        enum trace_status status = next_block(t, c);
        if (status != TRACE_RECORD)
            return status;
    }
    unsigned code = *c->code.next++;
    uint64_t op = p->place->op, guess[PREDICT_GUESSES], difference;
    if (code & COMPACT_OP && !varint(&c->op, COMPACT_OP_BYTES, &op))
        return bad_block(t);
    if (code >= COMPACT_CODES || op >> 2 > TRACE_SIZE_MAX)
        return bad_block(t);
    bool fetch = (op & 3) == TRACE_FETCH;
    if (fetch)
        predict_fetch(p, guess);
    else
        predict_data(p, guess);
    unsigned which = code & COMPACT_EXPLICIT;
    uint64_t va;
    if (which != COMPACT_EXPLICIT)
        va = guess[which];
    else if (varint(fetch ? &c->fetch : &c->data, COMPACT_ADDRESS_BYTES, &difference))
        va = guess[PREDICT_GUESSES - 1] + compact_unzigzag(difference);
    else
        return bad_block(t);
    if (!--c->left && !columns_used_up(c))
        return bad_block(t);
    predict_learn(p, va, (unsigned)op);
    *record = (struct trace_record){va, (enum trace_kind)(op & 3), (unsigned)(op >> 2)};
    return TRACE_RECORD;
}

const struct trace_reader trace_reader_compact = {compact_open, compact_next};

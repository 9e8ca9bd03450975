// SPDX-License-Identifier: Apache-2.0
#include "page_codec.h"
#include "trace_source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_MEMORY (UINT64_C(1) << 36)

struct page_reader {
    struct trace_source *source;
    struct page_last last;
    const uint8_t *bytes; /* of the event that is read ... */
    size_t left, taken;
    bool bad; /* ... of which there were too few, or which is none */
};

static unsigned take_byte(struct page_reader *reader)
{
    if (reader->taken == reader->left) {
        reader->bad = true;
        return 0;
    }
    return reader->bytes[reader->taken++];
}

static uint64_t take_number(struct page_reader *reader)
{
    uint64_t number = 0;
    unsigned byte;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        byte = take_byte(reader);
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    reader->bad = true;
    return 0;
}

static unsigned take_small(struct page_reader *reader, uint64_t most)
{
    uint64_t number = take_number(reader);

    reader->bad |= number > most;
    return reader->bad ? 0 : (unsigned)number;
}

static uint64_t take_difference(struct page_reader *reader, uint64_t *last)
{
    return *last += page_unzigzag(take_number(reader));
}

static void take_access(struct page_reader *reader, unsigned code, struct page_event *event)
{
    unsigned kind = code >> 2 & 3, privilege = code & 3;

    reader->bad |= code >= (CODE_ACCESS | 16) || privilege == 2;
    event->kind = PAGE_ACCESS;
    event->access = (struct iss_request){
        .va = take_difference(reader, &reader->last.page[kind]) << 12,
        .access = (enum mmu_access)kind,
        .size = kind == MMU_FETCH ? 4 : 8,
        .privilege = (enum mmu_privilege)privilege,
    };
}

static void take_context(struct page_reader *reader, struct page_event *event)
{
    uint64_t satp = take_number(reader);
    unsigned flags = take_byte(reader);

    event->kind = PAGE_CONTEXT;
    event->context = (struct dut_context){
        .satp = satp,
        .sum = flags & FLAG_SUM,
        .mxr = flags & FLAG_MXR,
        .adue = flags & FLAG_ADUE,
        .pbmte = flags & FLAG_PBMTE,
    };
}

static void take_pmp(struct page_reader *reader, struct page_event *event)
{
    unsigned entries = take_byte(reader);

    event->kind = PAGE_PMP;
    event->pmp = (struct mmu_pmp){0};
    reader->bad |= entries > PAGE_TRACE_PMP;
    for (unsigned i = 0; i < entries && !reader->bad; i++) {
        event->pmp.cfg[i] = (uint8_t)take_byte(reader);
        event->pmp.addr[i] = take_number(reader);
    }
}

static void take_fence(struct page_reader *reader, struct page_event *event)
{
    unsigned flags = take_byte(reader);

    event->kind = PAGE_FENCE;
    event->fence = (struct dut_fence){
        .op = DUT_SFENCE_VMA, .use_va = flags & FLAG_USE_VA, .use_asid = flags & FLAG_USE_ASID};
    if (flags & FLAG_USE_VA)
        event->fence.va = take_difference(reader, &reader->last.fence) << 12;
    if (flags & FLAG_USE_ASID)
        event->fence.asid = take_small(reader, UINT16_MAX);
}

static void take_event(struct page_reader *reader, struct page_event *event)
{
    unsigned code = take_byte(reader);

    switch (code) {
    case CODE_CONTEXT:
        take_context(reader, event);
        return;
    case CODE_PMP:
        take_pmp(reader, event);
        return;
    case CODE_FENCE:
        take_fence(reader, event);
        return;
    case CODE_WORD:
        event->kind = PAGE_WORD;
        event->pa = take_difference(reader, &reader->last.word) << 3;
        event->word = take_number(reader);
        return;
    case CODE_END:
        event->kind = PAGE_END;
        event->accesses = take_number(reader);
        event->faults = take_number(reader);
        return;
    default:
        reader->bad |= code < CODE_ACCESS;
        take_access(reader, code, event);
    }
}

/* False, with the line: why there is nothing good here. */
static bool fail(const struct page_reader *reader, char *error, size_t error_size)
{
    const char *why = trace_source_error(reader->source);

    if (why)
        snprintf(error, error_size, "%s", why);
    else
        snprintf(error, error_size, "%s: %s at byte %" PRIu64, trace_source_name(reader->source),
                 reader->taken == reader->left ? "truncated: the trace ends" : "corrupt: no event",
                 trace_source_offset(reader->source) + reader->taken);
    return false;
}

/* Looks at what is to be read next, and takes it if it is good. */
static void begin(struct page_reader *reader)
{
    reader->left = trace_source_need(reader->source, PAGE_EVENT_SIZE, &reader->bytes);
    reader->taken = 0;
    reader->bad = false;
}

static bool finish(struct page_reader *reader, char *error, size_t error_size)
{
    if (reader->bad)
        return fail(reader, error, error_size);
    trace_source_skip(reader->source, reader->taken);
    return true;
}

bool page_reader_next(struct page_reader *reader, struct page_event *event, char *error,
                      size_t error_size)
{
    begin(reader);
    take_event(reader, event);
    return finish(reader, error, error_size);
}

static bool read_header(struct page_reader *reader, struct page_trace_needs *needs, char *error,
                        size_t error_size)
{
    size_t length = strlen(PAGE_TRACE_MAGIC);

    begin(reader);
    if (reader->left < length || memcmp(reader->bytes, PAGE_TRACE_MAGIC, length)) {
        if (trace_source_error(reader->source))
            return fail(reader, error, error_size);
        snprintf(error, error_size, "%s: not a page trace", trace_source_name(reader->source));
        return false;
    }
    reader->taken = length;
    needs->memory = take_number(reader);
    needs->levels = take_small(reader, 5);
    needs->asid_bits = take_small(reader, 16);
    needs->pmp_entries = take_small(reader, PAGE_TRACE_PMP);
    needs->svadu = take_small(reader, 1);
    reader->bad |= needs->memory == 0 || needs->memory % 4096 || needs->memory > MOST_MEMORY;
    return finish(reader, error, error_size);
}

struct page_reader *page_reader_open(const char *path, struct page_trace_needs *needs, char *error,
                                     size_t error_size)
{
    struct page_reader *reader = calloc(1, sizeof *reader);

    if (!reader) {
        snprintf(error, error_size, "%s: no memory", path);
        return NULL;
    }
    reader->source = trace_source_open(path, error, error_size);
    if (reader->source && read_header(reader, needs, error, error_size))
        return reader;
    page_reader_close(reader);
    return NULL;
}

double page_reader_progress(const struct page_reader *reader)
{
    return trace_source_progress(reader->source);
}

void page_reader_close(struct page_reader *reader)
{
    trace_source_close(reader->source);
    free(reader);
}

// SPDX-License-Identifier: Apache-2.0
#include "page_codec.h"
#include "trace_sink.h"

#include <stdio.h>
#include <stdlib.h>

#define BUFFER (1 << 16)

struct page_writer {
    struct trace_sink *sink;
    struct page_last last;
    size_t used;
    uint8_t buffer[BUFFER + PAGE_EVENT_SIZE];
};

static void put_byte(struct page_writer *writer, unsigned byte)
{
    writer->buffer[writer->used++] = (uint8_t)byte;
}

static void put_number(struct page_writer *writer, uint64_t number)
{
    for (; number > 0x7f; number >>= 7)
        put_byte(writer, 0x80 | (number & 0x7f));
    put_byte(writer, (unsigned)number);
}

static void put_difference(struct page_writer *writer, uint64_t *last, uint64_t now)
{
    put_number(writer, page_zigzag(now - *last));
    *last = now;
}

static void put_pmp(struct page_writer *writer, const struct mmu_pmp *pmp)
{
    put_byte(writer, PAGE_TRACE_PMP);
    for (unsigned i = 0; i < PAGE_TRACE_PMP; i++) {
        put_byte(writer, pmp->cfg[i]);
        put_number(writer, pmp->addr[i]);
    }
}

static void put_fence(struct page_writer *writer, const struct dut_fence *fence)
{
    put_byte(writer, (fence->use_va ? FLAG_USE_VA : 0) | (fence->use_asid ? FLAG_USE_ASID : 0));
    if (fence->use_va)
        put_difference(writer, &writer->last.fence, fence->va >> 12);
    if (fence->use_asid)
        put_number(writer, fence->asid);
}

static void put_context(struct page_writer *writer, const struct dut_context *context)
{
    put_number(writer, context->satp);
    put_byte(writer, (context->sum ? FLAG_SUM : 0) | (context->mxr ? FLAG_MXR : 0) |
                         (context->adue ? FLAG_ADUE : 0) | (context->pbmte ? FLAG_PBMTE : 0));
}

static void flush(struct page_writer *writer)
{
    trace_sink_write(writer->sink, writer->buffer, writer->used); /* close tells of failures */
    writer->used = 0;
}

void page_writer_put(struct page_writer *writer, const struct page_event *event)
{
    const struct iss_request *access = &event->access;

    switch (event->kind) {
    case PAGE_ACCESS:
        put_byte(writer, CODE_ACCESS | access->access << 2 | access->privilege);
        put_difference(writer, &writer->last.page[access->access], access->va >> 12);
        break;
    case PAGE_CONTEXT:
        put_byte(writer, CODE_CONTEXT);
        put_context(writer, &event->context);
        break;
    case PAGE_PMP:
        put_byte(writer, CODE_PMP);
        put_pmp(writer, &event->pmp);
        break;
    case PAGE_FENCE:
        put_byte(writer, CODE_FENCE);
        put_fence(writer, &event->fence);
        break;
    case PAGE_WORD:
        put_byte(writer, CODE_WORD);
        put_difference(writer, &writer->last.word, event->pa >> 3);
        put_number(writer, event->word);
        break;
    case PAGE_END:
        put_byte(writer, CODE_END);
        put_number(writer, event->accesses);
        put_number(writer, event->faults);
        break;
    }
    if (writer->used >= BUFFER)
        flush(writer);
}

struct page_writer *page_writer_open(const char *path, const struct page_trace_needs *needs,
                                     char *error, size_t error_size)
{
    struct page_writer *writer = calloc(1, sizeof *writer);

    if (!writer) {
        snprintf(error, error_size, "%s: no memory", path);
        return NULL;
    }
    writer->sink = trace_sink_open(path, error, error_size);
    if (!writer->sink) {
        free(writer);
        return NULL;
    }
    for (const char *magic = PAGE_TRACE_MAGIC; *magic; magic++)
        put_byte(writer, (unsigned)*magic);
    put_number(writer, needs->memory);
    put_number(writer, needs->levels);
    put_number(writer, needs->asid_bits);
    put_number(writer, needs->pmp_entries);
    put_number(writer, needs->svadu);
    return writer;
}

bool page_writer_close(struct page_writer *writer, char *error, size_t error_size)
{
    flush(writer);
    bool good = trace_sink_close(writer->sink, error, error_size);
    free(writer);
    return good;
}

void page_writer_abandon(struct page_writer *writer)
{
    trace_sink_abandon(writer->sink);
    free(writer);
}

// SPDX-License-Identifier: Apache-2.0
/* Reading a trace into a program. */
#include "run_program.h"

#include "progress.h"
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#define PROGRESS_EVERY 65536

/* A page's number in order of first touch, by its address. */
struct known_page {
    uint64_t va;
    size_t index;
    UT_hash_handle hh;
};

/* While a trace is read. */
struct reader {
    struct program *program;
    struct known_page *known;
    size_t page_capacity;
    uint64_t last_va[2]; /* of the last page fetched from, of the last page of data */
    size_t last_page[2];
};

/* The page that begins at `va`, made if it is new; SIZE_MAX: no memory. */
static size_t page_number(struct reader *reader, uint64_t va)
{
    struct program *program = reader->program;
    struct known_page *known;

    HASH_FIND(hh, reader->known, &va, sizeof va, known);
    if (known)
        return known->index;
    if (program->page_count == reader->page_capacity) {
        size_t capacity = reader->page_capacity ? 2 * reader->page_capacity : 1024;
        struct vm_page *more = realloc(program->pages, capacity * sizeof *more);

        if (!more)
            return SIZE_MAX;
        program->pages = more;
        reader->page_capacity = capacity;
    }
    known = malloc(sizeof *known);
    if (!known)
        return SIZE_MAX;
    known->va = va;
    known->index = program->page_count++;
    program->pages[known->index] = (struct vm_page){.va = va};
    HASH_ADD(hh, reader->known, va, sizeof known->va, known);
    return known->index;
}

static bool append(struct program *program, program_access access)
{
    if (program->count == program->capacity) {
        size_t capacity = program->capacity ? 2 * program->capacity : 1 << 16;
        program_access *more = realloc(program->accesses, capacity * sizeof *more);

        if (!more)
            return false;
        program->accesses = more;
        program->capacity = capacity;
    }
    program->accesses[program->count++] = access;
    return true;
}

/* An access within one page. */
static bool add_access(struct reader *reader, uint64_t va, unsigned size, enum mmu_access kind)
{
    uint64_t base = va & ~(uint64_t)(VM_PAGE_SIZE - 1);
    unsigned side = kind != MMU_FETCH;

    if (reader->last_page[side] == SIZE_MAX || reader->last_va[side] != base) {
        reader->last_page[side] = page_number(reader, base);
        reader->last_va[side] = base;
    }
    size_t page = reader->last_page[side];
    if (page == SIZE_MAX)
        return false;
    reader->program->pages[page].uses |= (uint8_t)(1u << kind);
    reader->program->kinds[kind]++;
    return append(reader->program,
                  access_pack(page, (unsigned)(va & (VM_PAGE_SIZE - 1)), size, kind));
}

static bool add_reference(struct reader *reader, uint64_t va, unsigned size, enum mmu_access kind)
{
    unsigned room = VM_PAGE_SIZE - (unsigned)(va & (VM_PAGE_SIZE - 1));

    if (size <= room)
        return add_access(reader, va, size, kind);
    return add_access(reader, va, room, kind) && add_access(reader, va + room, size - room, kind);
}

/* The size that stands for an unknown one: natural, and within alignment. */
static unsigned assumed_size(uint64_t va, enum trace_kind kind)
{
    unsigned size = kind == TRACE_FETCH ? 4 : 8;

    while (va % size)
        size /= 2;
    return size;
}

static bool add_record(struct reader *reader, const struct trace_record *record)
{
    unsigned size = record->size ? record->size : assumed_size(record->va, record->kind);

    switch (record->kind) {
    case TRACE_FETCH:
        return add_reference(reader, record->va, size, MMU_FETCH);
    case TRACE_LOAD:
        return add_reference(reader, record->va, size, MMU_LOAD);
    case TRACE_STORE:
        return add_reference(reader, record->va, size, MMU_STORE);
    case TRACE_MODIFY:
        return add_reference(reader, record->va, size, MMU_LOAD) &&
               add_reference(reader, record->va, size, MMU_STORE);
    }
    return true;
}

static bool read_records(struct reader *reader, struct trace *trace, uint64_t limit, char *error,
                         size_t error_size)
{
    const char *path = reader->program->path;
    struct progress progress;
    struct trace_record record;
    enum trace_status status = TRACE_END;
    uint64_t records = 0;

    progress_start(&progress, path, "references read", 0);
    while ((limit == 0 || records < limit) &&
           (status = trace_next(trace, &record)) == TRACE_RECORD) {
        if (!add_record(reader, &record) || reader->program->count >= PROGRAM_NEVER) {
            progress_end(&progress);
            snprintf(error, error_size, "%s: no memory for so many references; --limit takes fewer",
                     path);
            return false;
        }
        if (++records % PROGRESS_EVERY == 0)
            progress_update(&progress, (double)records);
    }
    progress_end(&progress);
    if (status == TRACE_ERROR) {
        snprintf(error, error_size, "%s", trace_error(trace));
        return false;
    }
    if (records == 0) {
        snprintf(error, error_size, "%s: a trace without a reference; it needs at least one", path);
        return false;
    }
    return true;
}

static int by_address(const void *a, const void *b)
{
    const struct vm_page *left = a, *right = b;

    return (left->va > right->va) - (left->va < right->va);
}

/* Renumbers the pages, by first touch so far, in the order of their addresses. */
static bool sort_pages(struct reader *reader)
{
    struct program *program = reader->program;
    size_t *number = malloc((program->page_count + 1) * sizeof *number);

    if (!number)
        return false;
    qsort(program->pages, program->page_count, sizeof *program->pages, by_address);
    for (size_t i = 0; i < program->page_count; i++) {
        struct known_page *known;

        HASH_FIND(hh, reader->known, &program->pages[i].va, sizeof known->va, known);
        number[known->index] = i;
    }
    for (size_t i = 0; i < program->count; i++) {
        program_access access = program->accesses[i];

        program->accesses[i] = (access & UINT32_MAX) | (uint64_t)number[access_page(access)] << 32;
    }
    free(number);
    return true;
}

static void forget_known(struct reader *reader)
{
    struct known_page *known, *next;

    HASH_ITER(hh, reader->known, known, next)
    {
        HASH_DEL(reader->known, known);
        free(known);
    }
}

bool program_read(struct program *program, const char *path, uint64_t limit, char *error,
                  size_t error_size)
{
    struct reader reader = {.program = program, .last_page = {SIZE_MAX, SIZE_MAX}};

    *program = (struct program){.path = path};
    struct trace *trace = trace_open(path, TRACE_AUTO, error, error_size);
    if (!trace)
        return false;
    bool good = read_records(&reader, trace, limit, error, error_size);
    trace_close(trace);
    if (good && !sort_pages(&reader)) {
        snprintf(error, error_size, "%s: no memory for its pages; --limit takes fewer", path);
        good = false;
    }
    program->touched = program->page_count;
    forget_known(&reader);
    return good;
}

bool program_look_ahead(struct program *program)
{
    uint32_t *coming = malloc((program->page_count + 1) * sizeof *coming);

    program->next = malloc((program->count + 1) * sizeof *program->next);
    if (!coming || !program->next) {
        free(coming);
        return false;
    }
    for (size_t i = 0; i < program->page_count; i++)
        coming[i] = PROGRAM_NEVER;
    for (size_t i = program->count; i-- > 0;) {
        size_t page = access_page(program->accesses[i]);

        program->next[i] = coming[page];
        coming[page] = (uint32_t)i;
    }
    free(coming);
    return true;
}

void program_end(struct program *program)
{
    free(program->accesses);
    free(program->pages);
    free(program->next);
    *program = (struct program){0};
}

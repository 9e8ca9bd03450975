// SPDX-License-Identifier: Apache-2.0
#include "bench_work.h"

#include "bench_stream.h"
#include "progress.h"
#include "splitmix.h"
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <uthash.h>

#define PROGRESS_EVERY 65536
#define DRAWN_FROM     UINT64_C(0x40000000) /* the first of the pages of bench_work_draw */

struct known_page {
    uint64_t va;
    UT_hash_handle hh;
};

/* While a work grows. */
struct growth {
    struct bench_work *work;
    size_t room[DUT_PORTS], page_room;
    struct known_page *known;
    uint64_t last[DUT_PORTS]; /* page of each port's last access; odd: none yet */
};

/* Room for one more of `count` words. */
static bool grow(uint64_t **words, size_t count, size_t *room)
{
    if (count < *room)
        return true;
    size_t wanted = *room ? 2 * *room : 1 << 12;
    uint64_t *more = realloc(*words, wanted * sizeof **words);

    if (!more)
        return false;
    *words = more;
    *room = wanted;
    return true;
}

static bool add_page(struct growth *growth, uint64_t va)
{
    struct bench_work *work = growth->work;
    struct known_page *known;

    HASH_FIND(hh, growth->known, &va, sizeof va, known);
    if (known)
        return true;
    known = malloc(sizeof *known);
    if (!known || !grow(&work->pages, work->page_count, &growth->page_room)) {
        free(known);
        return false;
    }
    known->va = va;
    HASH_ADD(hh, growth->known, va, sizeof known->va, known);
    work->pages[work->page_count++] = va;
    return true;
}

static bool add_access(struct growth *growth, enum dut_port port, uint64_t va,
                       enum mmu_access access)
{
    struct bench_work *work = growth->work;
    uint64_t page = va & ~UINT64_C(0xfff);

    if (page != growth->last[port] && !add_page(growth, page))
        return false;
    growth->last[port] = page;
    if (!grow(&work->accesses[port], work->count[port], &growth->room[port]))
        return false;
    work->accesses[port][work->count[port]++] = bench_access(va, access);
    return true;
}

static bool add_record(struct growth *growth, const struct trace_record *record)
{
    switch (record->kind) {
    case TRACE_FETCH:
        return add_access(growth, DUT_FETCH, record->va, MMU_FETCH);
    case TRACE_LOAD:
        return add_access(growth, DUT_DATA, record->va, MMU_LOAD);
    case TRACE_STORE:
    case TRACE_MODIFY:
        return add_access(growth, DUT_DATA, record->va, MMU_STORE);
    }
    return true;
}

static void grow_from(struct growth *growth, struct bench_work *work)
{
    *work = (struct bench_work){0};
    *growth = (struct growth){.work = work, .last = {1, 1}};
}

static void grown(struct growth *growth)
{
    struct known_page *known, *next;

    HASH_ITER(hh, growth->known, known, next)
    {
        HASH_DEL(growth->known, known);
        free(known);
    }
}

/* The records of an open trace. */
static bool read_records(struct growth *growth, struct trace *trace, const char *path,
                         uint64_t limit, char *error, size_t error_size)
{
    enum trace_status status = TRACE_END;
    struct trace_record record;
    struct progress progress;
    uint64_t records = 0;
    bool room = true;

    progress_start(&progress, path, "references read", 0);
    while (room && (!limit || records < limit) &&
           (status = trace_next(trace, &record)) == TRACE_RECORD) {
        room = add_record(growth, &record);
        if (++records % PROGRESS_EVERY == 0)
            progress_update(&progress, (double)records);
    }
    progress_end(&progress);
    if (!room)
        snprintf(error, error_size, "%s: no memory for so many references; --limit takes fewer",
                 path);
    else if (status == TRACE_ERROR)
        snprintf(error, error_size, "%s", trace_error(trace));
    return room && status != TRACE_ERROR;
}

bool bench_work_read(struct bench_work *work, const char *path, uint64_t limit, char *error,
                     size_t error_size)
{
    struct growth growth;

    grow_from(&growth, work);
    struct trace *trace = trace_open(path, TRACE_AUTO, error, error_size);
    if (!trace)
        return false;
    bool good = read_records(&growth, trace, path, limit, error, error_size);
    trace_close(trace);
    grown(&growth);
    return good;
}

bool bench_work_draw(struct bench_work *work, size_t pages, size_t accesses)
{
    struct growth growth;
    uint64_t random = 1;
    bool room = true;

    grow_from(&growth, work);
    for (size_t i = 0; room && i < pages; i++)
        room = add_page(&growth, DRAWN_FROM + ((uint64_t)i << 12));
    for (size_t i = 0; room && i < accesses; i++)
        room = add_access(&growth, DUT_DATA, DRAWN_FROM + (splitmix_below(&random, pages) << 12),
                          MMU_LOAD);
    grown(&growth);
    return room;
}

void bench_work_map(const struct bench_work *work, struct bench_hart *hart)
{
    bench_hart_unmap(hart);
    for (size_t i = 0; i < work->page_count; i++)
        bench_hart_map(hart, work->pages[i], 0, 0);
}

void bench_work_free(struct bench_work *work)
{
    for (unsigned port = 0; port < DUT_PORTS; port++)
        free(work->accesses[port]);
    free(work->pages);
}

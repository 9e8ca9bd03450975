// SPDX-License-Identifier: Apache-2.0
/*
 * The words of page tables come into the trace by need: before an access is written, the model
 * walks for it, and what it reads that the trace does not have, or not so, is written first. A word
 * that the trace has is written again when it has changed, before the next event: so a replay sees
 * the change on the same side of a fence as the guest.
 */
#include "iss_record.h"

#include <stdlib.h>
#include <string.h>

static void put(struct iss_record *record, const struct page_event *event)
{
    page_writer_put(record->writer, event);
}

static bool is_known(const struct iss_record *record, uint64_t pa)
{
    uint64_t index = (pa - ISS_RAM) / 8;

    return record->known[index / 8] >> index % 8 & 1;
}

/* Writes a word, unless the trace has it so. */
static void put_word(struct iss_record *record, uint64_t pa)
{
    uint64_t index = (pa - ISS_RAM) / 8, word = iss_memory_load(record->memory, pa, 8);
    uint8_t *shadow = record->shadow + (pa - ISS_RAM);

    if (is_known(record, pa) && memcmp(shadow, &word, sizeof word) == 0)
        return;
    record->known[index / 8] |= (uint8_t)(1 << index % 8);
    memcpy(shadow, &word, sizeof word);
    iss_memory_watch(record->memory, pa);
    put(record, &(struct page_event){.kind = PAGE_WORD, .pa = pa, .word = word});
}

static void put_dirty(struct iss_record *record)
{
    for (size_t i = 0; i < record->dirty_count; i++)
        put_word(record, record->dirty[i]);
    record->dirty_count = 0;
}

static bool read_and_put(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct iss_record *record = user;

    if (!iss_memory_read(record->memory, pa, bytes, value))
        return false;
    put_word(record, pa);
    return true;
}

/* The walk that counts is the other MMU's. */
static bool swap_nothing(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                         uint64_t desired, uint64_t *found)
{
    (void)user;
    (void)pa;
    (void)bytes;
    (void)desired;
    *found = expected;
    return true;
}

static void put_tables(struct iss_record *record, const struct iss_request *what)
{
    const struct mmu_memory memory = {record, read_and_put, swap_nothing};
    const struct mmu_request request = {what->va, what->access, what->size};
    struct mmu_answer unused;

    record->walk.privilege = what->privilege;
    mmu_translate(&record->config, &record->walk, &memory, &request, &unused);
}

static bool same_context(const struct dut_context *a, const struct dut_context *b)
{
    return a->satp == b->satp && a->adue == b->adue && a->pbmte == b->pbmte && a->sum == b->sum &&
           a->mxr == b->mxr;
}

/* What has changed since the last event. */
static void put_changes(struct iss_record *record)
{
    put_dirty(record);
    if (same_context(&record->context, &record->recorded))
        return;
    record->recorded = record->context;
    put(record, &(struct page_event){.kind = PAGE_CONTEXT, .context = record->context});
}

static void put_access(struct iss_record *record, const struct iss_request *what)
{
    struct page_event event = {.kind = PAGE_ACCESS, .access = *what};

    put_changes(record);
    put_tables(record, what);
    put(record, &event);
    record->accesses++;
}

static enum iss_translation translate(void *self, const struct iss_request *what,
                                      struct iss_answer *answer)
{
    struct iss_record *record = self;
    struct iss_record_stream *stream = &record->stream[what->access];
    uint64_t state = what->access == MMU_FETCH ? record->state : record->data_state;
    bool same = stream->since == state && stream->page == what->va >> 12 &&
                stream->privilege == what->privilege;

    if (!same)
        put_access(record, what);
    enum iss_translation result = record->next->translate(record->next->self, what, answer);
    *stream = (struct iss_record_stream){what->va >> 12, what->privilege,
                                         result == ISS_GRANTED ? state : 0};
    record->faults += !same && result == ISS_FAULT;
    return result;
}

/* From now on every access is another one than before. */
static void new_state(struct iss_record *record)
{
    record->state = ++record->data_state;
}

static void context(void *self, const struct dut_context *now)
{
    struct iss_record *record = self;
    const struct dut_context *old = &record->context;

    if (now->satp != old->satp || now->adue != old->adue || now->pbmte != old->pbmte)
        new_state(record);
    else
        record->data_state++; /* SUM and MXR do not matter to fetches */
    record->context = *now;
    record->walk = (struct mmu_context){
        .satp = now->satp,
        .sum = now->sum,
        .mxr = now->mxr,
        .adue = now->adue,
        .pbmte = now->pbmte,
        .pmp = &record->pmp,
    };
    record->next->context(record->next->self, now);
}

static void pmp(void *self, const struct mmu_pmp *now)
{
    struct iss_record *record = self;

    put_changes(record);
    record->pmp = *now;
    put(record, &(struct page_event){.kind = PAGE_PMP, .pmp = *now});
    new_state(record);
    record->next->pmp(record->next->self, now);
}

static void fence(void *self, const struct dut_fence *what)
{
    struct iss_record *record = self;

    put_changes(record);
    put(record, &(struct page_event){.kind = PAGE_FENCE, .fence = *what});
    new_state(record);
    record->next->fence(record->next->self, what);
}

static void store(void *self, uint64_t pa, uint64_t word)
{
    struct iss_record *record = self;

    record->next->store(record->next->self, pa, word);
    if (!is_known(record, pa))
        return;
    if (record->dirty_count == record->dirty_room) {
        size_t room = record->dirty_room ? 2 * record->dirty_room : 1024;
        uint64_t *more = realloc(record->dirty, room * sizeof *more);
        if (!more) {
            record->no_memory = true;
            return;
        }
        record->dirty = more;
        record->dirty_room = room;
    }
    record->dirty[record->dirty_count++] = pa;
}

bool iss_record_begin(struct iss_record *record, const struct iss_mmu *next,
                      const struct mmu_config *config, struct iss_memory *memory,
                      struct page_writer *writer)
{
    *record = (struct iss_record){
        .mmu = {record, translate, context, pmp, fence, store},
        .next = next,
        .memory = memory,
        .config = *config,
        .writer = writer,
        .walk = {.pmp = &record->pmp},
        .state = 1,
        .data_state = 1,
        .known = calloc(memory->size / 64, 1),
        .shadow = calloc(memory->size / 4096, 4096),
    };
    return record->known && record->shadow;
}

bool iss_record_end(struct iss_record *record)
{
    const struct page_event end = {
        .kind = PAGE_END, .accesses = record->accesses, .faults = record->faults};

    put_changes(record);
    put(record, &end);
    free(record->known);
    free(record->shadow);
    free(record->dirty);
    return !record->no_memory;
}

// SPDX-License-Identifier: Apache-2.0
/* The file of a page trace: every event comes back as it was written, and a damaged file is told
 * from a whole one. */
#include "iss_bench.h"
#include "page_trace.h"

#include <stdio.h>
#include <unistd.h>

static const struct page_event events[] = {
    {.kind = PAGE_PMP, .pmp = {.cfg = {0x1f, 0x8f}, .addr = {UINT64_MAX >> 10, 7}}},
    {.kind = PAGE_CONTEXT, .context = {.satp = UINT64_MAX, .sum = true, .pbmte = true}},
    {.kind = PAGE_WORD, .pa = ISS_RAM + 0x1238, .word = UINT64_MAX},
    {.kind = PAGE_WORD, .pa = ISS_RAM + 8, .word = 0},
    {.kind = PAGE_ACCESS, .access = {UINT64_C(0xffffffff80000000), MMU_FETCH, 4, MMU_S}},
    {.kind = PAGE_ACCESS, .access = {UINT64_C(0x3000), MMU_AMO, 8, MMU_U}},
    {.kind = PAGE_ACCESS, .access = {UINT64_C(0x1000), MMU_LOAD, 8, MMU_M}},
    {.kind = PAGE_ACCESS, .access = {UINT64_C(0x7ffffffff000), MMU_STORE, 8, MMU_S}},
    {.kind = PAGE_FENCE, .fence = {.use_va = true, .va = UINT64_C(0xffffffff80005000)}},
    {.kind = PAGE_FENCE, .fence = {.use_asid = true, .asid = 0xffff}},
    {.kind = PAGE_FENCE, .fence = {.use_va = true, .use_asid = true, .va = 0x5000, .asid = 1}},
    {.kind = PAGE_FENCE},
    {.kind = PAGE_CONTEXT, .context = {.mxr = true, .adue = true}},
    {.kind = PAGE_ACCESS, .access = {UINT64_C(0x2000), MMU_LOAD, 8, MMU_M}},
    {.kind = PAGE_END, .accesses = 5, .faults = UINT64_C(1) << 40},
};
#define EVENTS (sizeof events / sizeof *events)

static void write_events(const char *name)
{
    char error[300];
    struct page_writer *writer = page_writer_open(name, &bench_needs, error, sizeof error);

    assert_non_null(writer);
    for (size_t i = 0; i < EVENTS; i++)
        page_writer_put(writer, &events[i]);
    assert_true(page_writer_close(writer, error, sizeof error));
}

static void is_same(const struct page_event *a, const struct page_event *b)
{
    assert_int_equal(a->kind, b->kind);
    switch (b->kind) {
    case PAGE_ACCESS:
        assert_int_equal(a->access.va, b->access.va);
        assert_int_equal(a->access.access, b->access.access);
        assert_int_equal(a->access.size, b->access.size);
        assert_int_equal(a->access.privilege, b->access.privilege);
        return;
    case PAGE_CONTEXT:
        assert_int_equal(a->context.satp, b->context.satp);
        assert_int_equal(a->context.sum, b->context.sum);
        assert_int_equal(a->context.mxr, b->context.mxr);
        assert_int_equal(a->context.adue, b->context.adue);
        assert_int_equal(a->context.pbmte, b->context.pbmte);
        return;
    case PAGE_PMP:
        assert_memory_equal(&a->pmp, &b->pmp, sizeof a->pmp);
        return;
    case PAGE_FENCE:
        assert_int_equal(a->fence.op, b->fence.op);
        assert_int_equal(a->fence.use_va, b->fence.use_va);
        assert_int_equal(a->fence.use_asid, b->fence.use_asid);
        assert_int_equal(a->fence.va, b->fence.va);
        assert_int_equal(a->fence.asid, b->fence.asid);
        return;
    case PAGE_WORD:
        assert_int_equal(a->pa, b->pa);
        assert_int_equal(a->word, b->word);
        return;
    case PAGE_END:
        assert_int_equal(a->accesses, b->accesses);
        assert_int_equal(a->faults, b->faults);
        return;
    }
}

static void events_come_back(void **state)
{
    char name[64], error[300];
    struct page_trace_needs found;
    struct page_event event;

    (void)state;
    bench_name(name);
    write_events(name);
    struct page_reader *reader = page_reader_open(name, &found, error, sizeof error);
    assert_non_null(reader);
    assert_int_equal(found.memory, bench_needs.memory);
    assert_int_equal(found.levels, bench_needs.levels);
    assert_int_equal(found.asid_bits, bench_needs.asid_bits);
    assert_int_equal(found.pmp_entries, bench_needs.pmp_entries);
    assert_int_equal(found.svadu, bench_needs.svadu);
    for (size_t i = 0; i < EVENTS; i++) {
        memset(&event, 0, sizeof event);
        assert_true(page_reader_next(reader, &event, error, sizeof error));
        is_same(&event, &events[i]);
    }
    assert_false(page_reader_next(reader, &event, error, sizeof error));
    page_reader_close(reader);
    unlink(name);
}

/* Reads until the end or the first error, which must have these words. */
static void reads_until(const uint8_t *bytes, size_t count, const char *words)
{
    char name[64], error[300] = "";
    struct page_trace_needs found;
    struct page_event event = {.kind = PAGE_ACCESS};

    bench_name(name);
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
    struct page_reader *reader = page_reader_open(name, &found, error, sizeof error);
    while (reader && event.kind != PAGE_END && page_reader_next(reader, &event, error, 300))
        ;
    if (reader)
        page_reader_close(reader);
    unlink(name);
    if (!strstr(error, words) || strchr(error, '\n'))
        fail_msg("'%s' is not in: %s", words, error);
}

static void damage_is_told(void **state)
{
    /* Memory 4096, levels 3, ASID 16 bits, no PMP, no Svadu; a fence; the end. */
    const uint8_t good[] = {'R', 'V', 'M', 'M', 'U', 'P', 'T', '1', 0x80, 0x20,
                            3,   16,  0,   0,   3,   0,   5,   0,   0};
    uint8_t bad[sizeof good];

    (void)state;
    reads_until(good, sizeof good, "");
    reads_until(good, 0, "empty");
    reads_until(good, 5, "not a page trace");
    reads_until(good, 10, "truncated");
    reads_until(good, 14, "truncated");
    reads_until(good, 15, "truncated");
    reads_until(good, 18, "truncated");
    memcpy(bad, good, sizeof bad);
    bad[8] = 0x81; /* memory of 4097 bytes */
    reads_until(bad, sizeof bad, "corrupt");
    memcpy(bad, good, sizeof bad);
    bad[10] = 6; /* levels */
    reads_until(bad, sizeof bad, "corrupt");
    memcpy(bad, good, sizeof bad);
    bad[14] = 9; /* no such event */
    reads_until(bad, sizeof bad, "corrupt");
    bad[14] = 0x82; /* an access of a privilege that there is not */
    reads_until(bad, sizeof bad, "corrupt");
    bad[14] = 0x90; /* of a kind that there is not */
    reads_until(bad, sizeof bad, "corrupt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_back),
        cmocka_unit_test(damage_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

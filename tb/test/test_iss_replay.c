// SPDX-License-Identifier: Apache-2.0
/* Page traces: every event comes back as it was written, a guest's trace replays with the same
 * answers and the same tables, and a damaged file is told from a whole one. */
#include "iss_bench.h"
#include "iss_meter.h"
#include "iss_record.h"

#include <stdio.h>
#include <unistd.h>

#define ROUNDS 300
#define ROOT   (ISS_RAM + 0x10000)
#define LOW    (ISS_RAM + 0x12000)
#define WINDOW UINT64_C(0x40000000)
#define MOST   4096

static const struct page_trace_needs needs = {
    .memory = BENCH_MEMORY, .levels = 4, .asid_bits = 16, .pmp_entries = 8, .svadu = true};

/* A name that ends in .xz. */
static void make_name(char name[64])
{
    static unsigned number;

    snprintf(name, 64, "/tmp/rvmmu-test-replay-%d-%u.rvp.xz", (int)getpid(), number++);
}

/* ---- The file. */

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
    struct page_writer *writer = page_writer_open(name, &needs, error, sizeof error);

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
    make_name(name);
    write_events(name);
    struct page_reader *reader = page_reader_open(name, &found, error, sizeof error);
    assert_non_null(reader);
    assert_int_equal(found.memory, needs.memory);
    assert_int_equal(found.levels, needs.levels);
    assert_int_equal(found.asid_bits, needs.asid_bits);
    assert_int_equal(found.pmp_entries, needs.pmp_entries);
    assert_int_equal(found.svadu, needs.svadu);
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

    make_name(name);
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

/* ---- A guest. */

/* Every answer that an MMU gave to an access that was written down, or replayed. */
struct log {
    struct iss_mmu mmu;
    const struct iss_mmu *next;
    struct {
        struct iss_request what;
        struct iss_answer answer;
        enum iss_translation result;
    } at[MOST];
    size_t count;
    const uint64_t *counted; /* accesses written down; null: all */
    uint64_t seen;
};

static enum iss_translation log_translate(void *self, const struct iss_request *what,
                                          struct iss_answer *answer)
{
    struct log *log = self;
    enum iss_translation result = log->next->translate(log->next->self, what, answer);

    if (log->counted && *log->counted == log->seen)
        return result;
    log->seen++;
    assert_true(log->count < MOST);
    log->at[log->count].what = *what;
    log->at[log->count].answer = *answer;
    log->at[log->count++].result = result;
    return result;
}

static void log_context(void *self, const struct dut_context *context)
{
    const struct log *log = self;

    log->next->context(log->next->self, context);
}

static void log_pmp(void *self, const struct mmu_pmp *pmp)
{
    const struct log *log = self;

    log->next->pmp(log->next->self, pmp);
}

static void log_fence(void *self, const struct dut_fence *fence)
{
    const struct log *log = self;

    log->next->fence(log->next->self, fence);
}

static void log_store(void *self, uint64_t pa, uint64_t word)
{
    const struct log *log = self;

    log->next->store(log->next->self, pa, word);
}

static void log_begin(struct log *log, const struct iss_mmu *next, const uint64_t *counted)
{
    *log = (struct log){.mmu = {log, log_translate, log_context, log_pmp, log_fence, log_store},
                        .next = next,
                        .counted = counted};
}

/*
 * A guest in S-mode that maps the window to one page after the other, through all of memory, and
 * stores to each, A and D being the walk's to set; now and then what it loads is not mapped.
 */
static void write_guest(struct bench *bench)
{
    struct iss *iss = &bench->iss;
    const uint32_t program[] = {
        bench_csrrw(ZERO, 0x180, A4),
        bench_sd(A2, S1, 0), /* the PTE */
        bench_sfence(S0, ZERO),
        bench_ld(T2, S0, 0),
        bench_sd(T2, S0, 8),
        bench_ld(T1, A5, 0), /* every other time not mapped */
        bench_r(0x33, 4, 0, A5, A5, A3),
        bench_addi(A2, A2, 1 << 10),
        bench_addi(A6, A6, -1),
        bench_b(1, A6, ZERO, -8 * 4),
        bench_addi(A0, ZERO, 0),
        bench_addi(A1, ZERO, 0),
        BENCH_ECALL,
    };
    static const uint32_t handler[] = {0x141021f3, 0x00418193, 0x14119073, BENCH_SRET};

    for (size_t i = 0; i < sizeof program / sizeof *program; i++)
        bench_emit(bench, program[i]);
    for (unsigned i = 0; i < 4; i++)
        iss_memory_put(&bench->memory, BENCH_CODE + 0x800 + 4 * i, 4, handler[i]);
    bench_set(bench, ROOT + 16, ISS_RAM >> 2 | BENCH_RWX | MMU_PTE_V);
    bench_set(bench, ROOT + 8, (ROOT + 0x1000) >> 2 | MMU_PTE_V);
    bench_set(bench, ROOT + 0x1000, LOW >> 2 | MMU_PTE_V);
    iss->csr.stvec = BENCH_CODE + 0x800;
    iss->csr.menvcfg = MENVCFG_ADUE;
    iss->x[S0] = WINDOW;
    iss->x[S1] = LOW;
    iss->x[A2] = (ISS_RAM + 0x20000) >> 2 | MMU_PTE_V | MMU_PTE_R | MMU_PTE_W;
    iss->x[A3] = 0x1000;
    iss->x[A4] = UINT64_C(8) << 60 | ROOT >> 12;
    iss->x[A5] = WINDOW;
    iss->x[A6] = ROUNDS;
    iss->x[A7] = 0x53525354;
}

static void write_ecall_registers(struct iss *iss)
{
    iss->x[A6] = 0;
}

/* Runs the guest on the model, and writes its trace. */
static void record(struct bench *bench, const char *name, struct log *log)
{
    static struct iss_record recorder;
    char error[300];
    struct page_writer *writer = page_writer_open(name, &needs, error, sizeof error);

    assert_non_null(writer);
    log_begin(log, &bench->model.mmu, &recorder.accesses);
    assert_true(iss_record_begin(&recorder, &log->mmu, &bench_config, &bench->memory, writer));
    iss_begin(&bench->iss, &bench->iss.config, &bench->memory, &recorder.mmu, BENCH_CODE, 0, false);
    write_guest(bench);
    iss_context_changed(&bench->iss);
    while (bench->iss.x[A6] > 0)
        assert_int_equal(iss_run(&bench->iss, 1), ISS_RUNNING);
    write_ecall_registers(&bench->iss);
    iss_run(&bench->iss, 10);
    assert_int_equal(bench->iss.end, ISS_POWERED_OFF);
    assert_int_equal(recorder.accesses, log->count);
    assert_true(iss_record_end(&recorder));
    assert_true(page_writer_close(writer, error, sizeof error));
}

/* Whether an access at BENCH_VA + `offset` is written down. */
static bool is_written(struct iss_record *recorder, uint64_t offset, enum mmu_access access,
                       enum mmu_privilege privilege)
{
    const struct iss_request what = {BENCH_VA + offset, access, 4, privilege};
    uint64_t before = recorder->accesses;
    struct iss_answer answer;

    recorder->mmu.translate(recorder, &what, &answer);
    return recorder->accesses > before;
}

/* Accesses are left out when they go where the last of their kind went, and only then. */
static void repeated_accesses_are_left_out(void **state)
{
    struct bench *bench = bench_new(true);
    struct iss_record recorder, *r = &recorder;
    struct dut_context context = {.satp = BENCH_SATP};
    char name[64], error[300];

    (void)state;
    make_name(name);
    struct page_writer *writer = page_writer_open(name, &needs, error, sizeof error);
    assert_non_null(writer);
    assert_true(iss_record_begin(r, &bench->model.mmu, &bench_config, &bench->memory, writer));
    bench_map(bench, BENCH_RWX);
    r->mmu.pmp(r, &bench->iss.csr.pmp);
    r->mmu.context(r, &context);
    assert_true(is_written(r, 0, MMU_FETCH, MMU_S));
    assert_false(is_written(r, 4, MMU_FETCH, MMU_S));
    assert_true(is_written(r, 0, MMU_LOAD, MMU_S)); /* another kind */
    assert_false(is_written(r, 0, MMU_LOAD, MMU_S));
    assert_false(is_written(r, 0xffc, MMU_FETCH, MMU_S));
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_S)); /* another page */
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_M)); /* another privilege: and a fault */
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_U)); /* a fault, each time */
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_U));
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_S));
    context.sum = true;
    r->mmu.context(r, &context);
    assert_false(is_written(r, 0, MMU_FETCH, MMU_S)); /* SUM is not for fetches */
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_S));
    context.satp |= UINT64_C(1) << 50;
    r->mmu.context(r, &context);
    assert_true(is_written(r, 0, MMU_FETCH, MMU_S));
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_S));
    r->mmu.fence(r, &(struct dut_fence){.use_va = true, .va = 0x5000});
    assert_true(is_written(r, 0, MMU_FETCH, MMU_S));
    assert_true(is_written(r, 0x1000, MMU_LOAD, MMU_S));
    r->mmu.pmp(r, &bench->iss.csr.pmp);
    assert_true(is_written(r, 0, MMU_FETCH, MMU_S));
    assert_int_equal(recorder.faults, 3);
    assert_true(iss_record_end(r));
    page_writer_abandon(writer);
    assert_int_equal(access(name, F_OK), -1);
    bench_free(bench);
}

/* Each change of the window's PTE stands before the fence that follows it, not before the access
 * that next reads it: a design that ignores the fence is to be caught. */
static void changes_come_before_their_fence(void **state)
{
    struct bench *guest = bench_new(true);
    struct log *log = calloc(1, sizeof *log);
    struct page_trace_needs found;
    struct page_event event = {.kind = PAGE_ACCESS}, last;
    char name[64], error[300];
    unsigned fences = 0;

    (void)state;
    make_name(name);
    record(guest, name, log);
    struct page_reader *reader = page_reader_open(name, &found, error, sizeof error);
    assert_non_null(reader);
    while (event.kind != PAGE_END) {
        last = event;
        assert_true(page_reader_next(reader, &event, error, sizeof error));
        if (event.kind != PAGE_FENCE || fences++ == 0) /* the first finds a PTE never read */
            continue;
        assert_int_equal(last.kind, PAGE_WORD);
        assert_int_equal(last.pa, LOW);
        assert_int_equal(last.word & (MMU_PTE_A | MMU_PTE_D), 0);
    }
    assert_int_equal(fences, ROUNDS);
    page_reader_close(reader);
    unlink(name);
    free(log);
    bench_free(guest);
}

/* Replays it on a model with memory of its own. */
static void replay(struct bench *bench, const char *name, struct log *log)
{
    struct page_trace_needs found;
    struct page_event event = {.kind = PAGE_ACCESS};
    struct iss_answer answer;
    char error[300];
    struct page_reader *reader = page_reader_open(name, &found, error, sizeof error);

    assert_non_null(reader);
    log_begin(log, &bench->model.mmu, NULL);
    bench->memory.observer = &log->mmu;
    while (event.kind != PAGE_END) {
        assert_true(page_reader_next(reader, &event, error, sizeof error));
        if (event.kind == PAGE_ACCESS)
            log->mmu.translate(log, &event.access, &answer);
        else if (event.kind == PAGE_CONTEXT)
            log->mmu.context(log, &event.context);
        else if (event.kind == PAGE_PMP)
            log->mmu.pmp(log, &event.pmp);
        else if (event.kind == PAGE_FENCE)
            log->mmu.fence(log, &event.fence);
        else if (event.kind == PAGE_WORD)
            iss_memory_store(&bench->memory, event.pa, 8, event.word);
    }
    assert_int_equal(event.accesses, log->count);
    page_reader_close(reader);
}

static void guest_replays(void **state)
{
    struct bench *guest = bench_new(true), *again = bench_new(true);
    struct log *first = calloc(1, sizeof *first), *second = calloc(1, sizeof *second);
    char name[64];
    uint64_t faults = 0;

    (void)state;
    assert_non_null(first);
    assert_non_null(second);
    make_name(name);
    record(guest, name, first);
    replay(again, name, second);
    assert_int_equal(first->count, second->count);
    for (size_t i = 0; i < first->count; i++) {
        assert_int_equal(first->at[i].what.va >> 12, second->at[i].what.va >> 12);
        assert_int_equal(first->at[i].what.access, second->at[i].what.access);
        assert_int_equal(first->at[i].what.privilege, second->at[i].what.privilege);
        assert_int_equal(first->at[i].result, second->at[i].result);
        if (first->at[i].result == ISS_GRANTED)
            assert_int_equal(first->at[i].answer.pa >> 12, second->at[i].answer.pa >> 12);
        else
            assert_int_equal(first->at[i].answer.cause, second->at[i].answer.cause);
        faults += first->at[i].result == ISS_FAULT;
    }
    assert_in_range(faults, ROUNDS / 3, ROUNDS);
    assert_in_range(first->count, 4 * ROUNDS, 10 * ROUNDS);
    assert_int_equal(guest->memory.swaps, again->memory.swaps);
    assert_int_equal(guest->memory.swaps, 2 * ROUNDS); /* A, then D */
    assert_int_equal(bench_word(guest, LOW), bench_word(again, LOW));
    unlink(name);
    free(first);
    free(second);
    bench_free(guest);
    bench_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_back),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(guest_replays),
        cmocka_unit_test(repeated_accesses_are_left_out),
        cmocka_unit_test(changes_come_before_their_fence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

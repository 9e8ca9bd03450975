// SPDX-License-Identifier: Apache-2.0
/* What of a guest goes into its page trace, and that it replays with the same answers and the same
 * tables. */
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
    struct page_writer *writer = page_writer_open(name, &bench_needs, error, sizeof error);

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
    bench_name(name);
    struct page_writer *writer = page_writer_open(name, &bench_needs, error, sizeof error);
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
    bench_name(name);
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
    bench_name(name);
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
        cmocka_unit_test(guest_replays),
        cmocka_unit_test(repeated_accesses_are_left_out),
        cmocka_unit_test(changes_come_before_their_fence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

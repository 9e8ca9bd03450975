// SPDX-License-Identifier: Apache-2.0
/* Processes take turns; their accesses go to the hart, their page faults to the virtual-memory
 * manager, their bytes through the frames. */
#include "run_engine.h"

#include "run_state.h"
#include "splitmix.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Cycles recorded after a disagreement, so that a waveform shows what comes of it. */
#define CYCLES_AFTER 20

/* Times that one access may fault: page in, A, D. */
#define MOST_FAULTS 4

static bool stop(struct engine *engine, enum run_outcome outcome, const char *what)
{
    struct run_result *result = engine->result;
    const struct runner *runner = &engine->runners[engine->current];

    result->outcome = outcome;
    result->cycle = dut_cycle(engine->plan->dut);
    if (outcome == RUN_FAILED)
        snprintf(result->message, sizeof result->message, "%s", what);
    else
        snprintf(result->message, sizeof result->message,
                 "policy %s, process %zu (%.100s), access %zu, cycle %llu: %s",
                 result->policy->name, engine->current, runner->program->path, runner->at,
                 (unsigned long long)result->cycle, what);
    return false;
}

/* The time of an access of the running process, from its number: turns begin where the schedule
 * without page faults puts them, and page faults take no turn away. */
static uint64_t time_of(const struct engine *engine, uint32_t access)
{
    const struct runner *runner = &engine->runners[engine->current];

    if (access == PROGRAM_NEVER)
        return POLICY_NEVER;
    return runner->turns[access / engine->plan->slice] + access % engine->plan->slice;
}

static void tell_policy(struct engine *engine, const struct runner *runner, size_t page)
{
    uint64_t next = runner->turns ? time_of(engine, runner->program->next[runner->at]) : 0;

    vm_touched(engine->vm, (unsigned)engine->current, page, next);
}

/* Moves the bytes of an access whose translation was granted. */
static bool perform(struct engine *engine, program_access access, uint64_t pa)
{
    struct runner *runner = &engine->runners[engine->current];
    size_t page = access_page(access);
    unsigned offset = access_offset(access), size = access_size(access);
    uint8_t *bytes = vm_bytes(engine->vm, pa, size);

    if (!bytes)
        return stop(engine, RUN_DISAGREES, "a physical address outside the frames of pages");
    if (access_kind(access) == MMU_STORE) {
        uint64_t data[8];

        for (unsigned i = 0; i * sizeof data[0] < size; i++)
            data[i] = splitmix_next(&runner->sequence);
        memcpy(bytes, data, size);
        if (!shadow_store(&runner->shadow, page, offset, data, size))
            return stop(engine, RUN_FAILED, "no memory for another page's shadow");
    } else {
        engine->result->bytes += size;
        if (memcmp(bytes, shadow_bytes(&runner->shadow, page, offset), size))
            return stop(engine, RUN_DISAGREES,
                        "the bytes read are not those that the process last wrote there");
    }
    engine->result->kinds[access_kind(access)]++;
    if (engine->sees_trace)
        tell_policy(engine, runner, page);
    engine->faults_in_a_row = 0;
    engine->time++;
    runner->at++;
    return true;
}

/* The trap of a page fault: cause 12, 13 or 15 as the design reports it. */
static bool handle_fault(struct engine *engine, const struct dut_response *response)
{
    static const char *const unexpected[VM_FAULTS] = {
        [VM_NO_PAGE] = "a page fault at an address that the process does not have",
        [VM_DENIED] = "a page fault for an access that the page does not allow",
    };
    enum mmu_access access = response->cause == 12   ? MMU_FETCH
                             : response->cause == 13 ? MMU_LOAD
                                                     : MMU_STORE;

    if (response->cause != 12 && response->cause != 13 && response->cause != 15)
        return stop(engine, RUN_DISAGREES, "an access fault, though all of memory answers");
    if (++engine->faults_in_a_row > MOST_FAULTS)
        return stop(engine, RUN_DISAGREES, "an access goes on faulting after its page came in");
    enum vm_fault kind = vm_page_fault(engine->vm, (unsigned)engine->current, response->tval,
                                       access, engine->runners[engine->current].at);
    if (kind == VM_FAILED)
        return stop(engine, RUN_FAILED, vm_error(engine->vm));
    if (unexpected[kind])
        return stop(engine, RUN_DISAGREES, unexpected[kind]);
    return true;
}

static enum dut_port port_of(program_access access)
{
    return access_kind(access) == MMU_FETCH ? DUT_FETCH : DUT_DATA;
}

static void ask(struct engine *engine, const struct program *program, program_access access)
{
    hart_ask(&engine->hart, port_of(access),
             program->pages[access_page(access)].va + access_offset(access), access_size(access),
             access_kind(access));
}

/* What follows from the answer to the running process's next access; `*faulted`: it has to be made
 * again. */
static bool finish(struct engine *engine, program_access access, bool *faulted)
{
    const struct dut_response *response = &engine->hart.access[port_of(access)].response;

    *faulted = response->result == DUT_FAULT;
    if (*faulted)
        return handle_fault(engine, response);
    return perform(engine, access, response->pa);
}

/*
 * Accesses of the running process up to number `end`. Two that follow one another and use different
 * ports are made in the same cycle. They are finished in order: if the first faults, the answer of
 * the second counts as an answer, but it is made again with the first, as after a precise trap.
 */
static bool run_until(struct engine *engine, size_t end)
{
    struct runner *runner = &engine->runners[engine->current];
    const struct program *program = runner->program;

    while (runner->at < end) {
        program_access first = program->accesses[runner->at];
        program_access second = runner->at + 1 < end ? program->accesses[runner->at + 1] : first;
        bool both = port_of(first) != port_of(second);
        bool faulted;

        ask(engine, program, first);
        if (both)
            ask(engine, program, second);
        if (!hart_exchange(&engine->hart))
            return stop(engine, RUN_DISAGREES, engine->hart.message);
        if (!finish(engine, first, &faulted))
            return false;
        if (both && !faulted && !finish(engine, second, &faulted))
            return false;
    }
    return true;
}

static bool tick(struct engine *engine)
{
    if (engine->time < engine->next_tick)
        return true;
    engine->next_tick += engine->plan->interval;
    if (!vm_tick(engine->vm, (unsigned)engine->current, engine->runners[engine->current].at))
        return stop(engine, RUN_FAILED, vm_error(engine->vm));
    return true;
}

/* One turn of the running process, cut where the virtual timer goes off. */
static bool take_turn(struct engine *engine)
{
    struct runner *runner = &engine->runners[engine->current];
    size_t left = runner->program->count - runner->at;
    size_t end = runner->at + (left < engine->plan->slice ? left : (size_t)engine->plan->slice);

    while (runner->at < end) {
        uint64_t until_tick = engine->next_tick - engine->time;
        size_t here = end - runner->at < until_tick ? end : runner->at + (size_t)until_tick;

        if (!run_until(engine, here) || !tick(engine))
            return false;
        progress_update(engine->plan->progress,
                        (double)(engine->plan->progress_done + engine->time));
    }
    return true;
}

/* The whole memory of a process against its shadow. */
static bool compare_memory(struct engine *engine)
{
    struct runner *runner = &engine->runners[engine->current];
    struct shadow_difference difference;
    char text[200];

    switch (shadow_compare(&runner->shadow, engine->vm, (unsigned)engine->current, &difference)) {
    case SHADOW_UNREADABLE:
        return stop(engine, RUN_FAILED, vm_error(engine->vm));
    case SHADOW_DIFFERS:
        snprintf(
            text, sizeof text, "in the end the byte at 0x%llx is 0x%02x, the process wrote 0x%02x",
            (unsigned long long)(runner->program->pages[difference.page].va + difference.offset),
            difference.found, difference.expected);
        return stop(engine, RUN_DISAGREES, text);
    case SHADOW_EQUAL:
        break;
    }
    engine->result->pages_compared += runner->shadow.count;
    return true;
}

/* Gives the hart to the next process that has accesses left; false if none has. */
static bool switch_process(struct engine *engine)
{
    size_t processes = engine->plan->process_count;

    for (size_t i = 1; i <= processes; i++) {
        size_t next = (engine->current + i) % processes;

        if (engine->runners[next].at == engine->runners[next].program->count)
            continue;
        if (next != engine->current) {
            engine->current = next;
            engine->result->switches++;
            hart_set_satp(&engine->hart, vm_satp(engine->vm, (unsigned)next));
        }
        return true;
    }
    return false;
}

static bool run_all(struct engine *engine)
{
    bool more = true;

    hart_set_satp(&engine->hart, vm_satp(engine->vm, 0));
    while (more) {
        const struct runner *runner = &engine->runners[engine->current];
        size_t process = engine->current;

        if (!take_turn(engine))
            return false;
        bool ended = runner->at == runner->program->count;
        if (ended && !compare_memory(engine))
            return false;
        more = switch_process(engine);
        if (ended)
            vm_process_exit(engine->vm, (unsigned)process);
    }
    return true;
}

/* What no access has shown: the last fence, and the memory port. */
static void check_quiet(struct engine *engine)
{
    if (engine->result->outcome != RUN_AGREES)
        return;
    if (engine->hart.wrong)
        stop(engine, RUN_DISAGREES, engine->hart.message);
    else if (!dut_memory_port_stable(engine->plan->dut))
        stop(engine, RUN_DISAGREES, "a read that waited at the memory port has changed");
}

static double processor_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void collect(struct engine *engine)
{
    struct run_result *result = engine->result;
    struct dut *dut = engine->plan->dut;

    result->seconds = progress_now() - result->seconds;
    result->cpu_seconds = processor_seconds() - result->cpu_seconds;
    result->answers = engine->hart.answers;
    result->agreed = engine->hart.agreed;
    result->cycles = dut_cycle(dut);
    for (int event = 0; event < DUT_EVENTS; event++)
        result->events[event] = dut_events(dut, event);
    result->vm = *vm_counts(engine->vm);
}

enum run_outcome run_policy(const struct run_plan *plan, const struct policy *policy,
                            struct run_result *result)
{
    struct engine engine = {
        .plan = plan,
        .result = result,
        .next_tick = plan->interval,
        .sees_trace = policy->sees_trace,
    };

    *result = (struct run_result){.policy = policy, .outcome = RUN_AGREES};
    if (run_set_up(&engine)) {
        result->seconds = progress_now();
        result->cpu_seconds = processor_seconds();
        run_all(&engine);
        check_quiet(&engine);
        collect(&engine);
        if (result->outcome == RUN_DISAGREES)
            hart_idle(&engine.hart, CYCLES_AFTER);
    }
    run_tear_down(&engine);
    return result->outcome;
}

// SPDX-License-Identifier: Apache-2.0
/* Setting up a run and taking it down. */
#include "dut_pmp.h"
#include "run_state.h"

#include <stdio.h>
#include <stdlib.h>

#define PMP_PATIENCE 20000 /* cycles in which the PMP CSRs of an idle design must change */

static bool fail(struct engine *engine, const char *why)
{
    engine->result->outcome = RUN_FAILED;
    snprintf(engine->result->message, sizeof engine->result->message, "%s", why);
    return false;
}

/* The time at which a turn of a process begins: before it, the processes in front of it have had
 * one more turn than it and the others as many, as far as they had accesses left. */
static uint64_t turn_begins(const struct run_plan *plan, size_t process, uint64_t turn)
{
    uint64_t time = 0;

    for (size_t i = 0; i < plan->process_count; i++) {
        uint64_t had = (turn + (i < process)) * plan->slice;

        time += had < plan->programs[i].count ? had : plan->programs[i].count;
    }
    return time;
}

/* For OPT. False: no memory. */
static bool lay_out_turns(struct engine *engine)
{
    for (size_t i = 0; i < engine->plan->process_count; i++) {
        struct runner *runner = &engine->runners[i];
        uint64_t turns = runner->program->count / engine->plan->slice + 1;

        runner->turns = calloc(turns, sizeof *runner->turns);
        if (!runner->turns)
            return false;
        for (uint64_t turn = 0; turn < turns; turn++)
            runner->turns[turn] = turn_begins(engine->plan, i, turn);
    }
    return true;
}

static bool start_processes(struct engine *engine)
{
    const struct run_plan *plan = engine->plan;

    for (size_t i = 0; i < plan->process_count; i++) {
        struct runner *runner = &engine->runners[i];

        runner->program = &plan->programs[i];
        runner->sequence = plan->seed * 0x100000001b3u + i;
        if (vm_process_create(engine->vm, runner->program->pages, runner->program->page_count,
                              (unsigned)i) < 0 ||
            !shadow_create(&runner->shadow, runner->program->page_count))
            return false;
    }
    return engine->result->policy != &policy_opt || lay_out_turns(engine);
}

static bool start_vm(struct engine *engine)
{
    const struct run_plan *plan = engine->plan;
    struct vm_options options = {
        .mode = plan->mode,
        .pa_bits = dut_parameters(plan->dut)->pa_bits,
        .frames = plan->frames,
        .processes = plan->process_count,
        .superpages = plan->superpages,
        .hardware_ad = plan->hardware_ad,
        .swap_path = plan->swap_path,
        .policy = engine->result->policy,
        .interval = plan->interval,
        .seed = plan->seed,
        .fence = hart_fence,
        .fence_user = &engine->hart,
    };
    char error[500];

    for (size_t i = 0; i < plan->process_count; i++)
        options.table_frames +=
            vm_tables_needed(plan->mode, plan->programs[i].pages, plan->programs[i].page_count);
    engine->vm = vm_create(&options, error, sizeof error);
    return engine->vm || fail(engine, error);
}

static bool start_hart(struct engine *engine)
{
    const struct run_plan *plan = engine->plan;
    struct mmu_memory memory;

    vm_memory(engine->vm, &memory);
    dut_reset(plan->dut);
    if (!dut_permit_all(plan->dut, PMP_PATIENCE))
        return fail(engine, "the design does not let the PMP CSRs change");
    hart_start(&engine->hart, plan->dut, &memory, plan->latency, plan->seed);
    engine->hart.context.adue = plan->hardware_ad;
    engine->hart.wave = plan->wave;
    engine->hart.wave_from = plan->wave_from;
    engine->hart.wave_to = plan->wave_to;
    return true;
}

bool run_set_up(struct engine *engine)
{
    static const char no_memory[] = "no memory for the processes; --limit takes fewer accesses";

    engine->runners = calloc(engine->plan->process_count, sizeof *engine->runners);
    if (!engine->runners)
        return fail(engine, no_memory);
    if (!start_vm(engine) || !start_hart(engine))
        return false;
    return start_processes(engine) || fail(engine, no_memory);
}

void run_tear_down(struct engine *engine)
{
    for (size_t i = 0; engine->runners && i < engine->plan->process_count; i++) {
        shadow_destroy(&engine->runners[i].shadow);
        free(engine->runners[i].turns);
    }
    free(engine->runners);
    vm_destroy(engine->vm);
}

// SPDX-License-Identifier: Apache-2.0
#include "iss_mmu_rtl.h"

#include <stdio.h>

/* Cycles in which any answer must have come, and for each cycle of memory latency. A walk reads at
 * most five PTEs, a sweep of the L2 takes a cycle a set. */
#define PATIENCE         20000
#define PATIENCE_LATENCY 100

static bool disagree(struct iss_mmu_rtl *rtl, const char *what)
{
    if (!rtl->wrong)
        snprintf(rtl->message, sizeof rtl->message, "%s", what);
    rtl->wrong = true;
    return false;
}

/* False: the scoreboard says that it is wrong. */
static bool judged(struct iss_mmu_rtl *rtl, enum check_verdict verdict)
{
    const char *why = check_explain(rtl->check);

    if (verdict == CHECK_OK)
        return true;
    return disagree(rtl, *why ? why : check_verdict_name(verdict));
}

/* ---- The design's memory port. */

static bool serve_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct iss_mmu_rtl *rtl = user;

    if (!iss_memory_read(rtl->memory, pa, bytes, value))
        return false;
    iss_memory_watch(rtl->memory, pa);
    return true;
}

/* In the order that check_note_update asks for. */
static bool serve_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                       uint64_t *found)
{
    struct iss_mmu_rtl *rtl = user;

    if (!iss_memory_read(rtl->memory, pa, bytes, found))
        return false;
    bool stores = *found == expected;
    if (stores)
        iss_memory_announce(rtl->memory, pa, bytes, desired);
    judged(rtl, check_note_update(rtl->check, pa, bytes, expected, desired, *found,
                                  dut_cycle(rtl->dut)));
    if (stores) {
        iss_memory_put(rtl->memory, pa, bytes, desired);
        rtl->memory->swaps++;
    }
    return true;
}

/* ---- Cycles. */

static bool step(struct iss_mmu_rtl *rtl)
{
    dut_step(rtl->dut);
    if (rtl->waves_left > 0 && --rtl->waves_left == 0)
        dut_wave(rtl->dut, false);
    return !rtl->wrong;
}

/* A cycle in which something waits since `since`. */
static bool wait(struct iss_mmu_rtl *rtl, uint64_t since)
{
    uint64_t cycle = dut_cycle(rtl->dut);

    if (cycle - since > rtl->bound && judged(rtl, check_overdue(rtl->check, cycle)))
        disagree(rtl, "the design lets a change of the PMP CSRs wait for ever");
    return !rtl->wrong && step(rtl);
}

/* ---- What the simulator asks. */

static bool ask(struct iss_mmu_rtl *rtl, enum dut_port port, const struct dut_request *request)
{
    uint64_t since = dut_cycle(rtl->dut);

    while (!dut_submit(rtl->dut, port, request)) {
        check_note_refusal(rtl->check, port, dut_cycle(rtl->dut));
        if (!wait(rtl, since))
            return false;
    }
    return judged(rtl, check_note_accept(rtl->check, port, request, &rtl->context,
                                         dut_cycle(rtl->dut))) &&
           step(rtl);
}

/* Waits for the answer on this port; the other one has nothing to say. */
static bool await(struct iss_mmu_rtl *rtl, enum dut_port port, struct dut_response *response)
{
    enum dut_port other = port == DUT_FETCH ? DUT_DATA : DUT_FETCH;
    struct check_judgement judgement;
    uint64_t since = dut_cycle(rtl->dut);
    bool answered;

    do {
        uint64_t cycle = dut_cycle(rtl->dut);
        if (dut_poll(rtl->dut, other, response) &&
            !judged(rtl, check_note_answer(rtl->check, other, response, cycle, &judgement)))
            return false;
        answered = dut_poll(rtl->dut, port, response);
        if (!answered && !wait(rtl, since))
            return false;
    } while (!answered);
    rtl->answers++;
    if (!judged(rtl,
                check_note_answer(rtl->check, port, response, dut_cycle(rtl->dut), &judgement)))
        return false;
    rtl->agreed++;
    return true;
}

static enum iss_translation translate(void *self, const struct iss_request *what,
                                      struct iss_answer *answer)
{
    struct iss_mmu_rtl *rtl = self;
    enum dut_port port = what->access == MMU_FETCH ? DUT_FETCH : DUT_DATA;
    const struct dut_request request = {
        .tag = rtl->tag[port]++ & (rtl->tags - 1),
        .va = what->va,
        .access = what->access,
        .size = what->size,
        .privilege = what->privilege,
    };
    struct dut_response response;

    if (rtl->wrong || !ask(rtl, port, &request) || !await(rtl, port, &response))
        return ISS_STUCK;
    answer->pa = response.pa;
    answer->cause = response.cause;
    answer->tval = response.tval;
    return response.result == DUT_GRANTED ? ISS_GRANTED : ISS_FAULT;
}

static void context(void *self, const struct dut_context *now)
{
    struct iss_mmu_rtl *rtl = self;

    rtl->context = *now;
    dut_set_context(rtl->dut, now);
    check_note_context(rtl->check, now, dut_cycle(rtl->dut));
}

static void pmp(void *self, const struct mmu_pmp *now)
{
    struct iss_mmu_rtl *rtl = self;
    uint64_t since = dut_cycle(rtl->dut);

    if (dut_parameters(rtl->dut)->pmp_entries == 0)
        return;
    while (!dut_change_pmp(rtl->dut, now))
        if (!wait(rtl, since))
            return;
    check_note_pmp(rtl->check, now, dut_cycle(rtl->dut));
    step(rtl);
}

static void fence(void *self, const struct dut_fence *what)
{
    struct iss_mmu_rtl *rtl = self;
    uint64_t since = dut_cycle(rtl->dut);

    check_note_fence(rtl->check, what, since);
    while (!dut_fence(rtl->dut, what))
        if (!wait(rtl, since))
            return;
    check_note_fence_done(rtl->check, dut_cycle(rtl->dut));
    step(rtl);
}

static void store(void *self, uint64_t pa, uint64_t word)
{
    struct iss_mmu_rtl *rtl = self;

    check_note_store(rtl->check, pa, sizeof word, word, dut_cycle(rtl->dut));
}

bool iss_mmu_rtl_begin(struct iss_mmu_rtl *rtl, struct dut *dut, const struct mmu_config *config,
                       struct iss_memory *memory, unsigned latency)
{
    const struct dut_parameters *parameters = dut_parameters(dut);
    const struct dut_memory port = {
        .user = rtl, .read = serve_read, .compare_and_swap = serve_swap};
    const struct dut_memory_timing timing = {.latency_min = latency, .latency_max = latency};

    *rtl = (struct iss_mmu_rtl){
        .mmu = {rtl, translate, context, pmp, fence, store},
        .dut = dut,
        .memory = memory,
        .bound = PATIENCE + (uint64_t)PATIENCE_LATENCY * latency,
        .tags = 1u << parameters->tag_bits,
    };
    rtl->check = check_new(&(struct check_config){
        .model = *config,
        .asid_bits = parameters->asid_bits,
        .tag_bits = parameters->tag_bits,
        .answer_bound = rtl->bound,
        .fence_bound = rtl->bound,
        .memory = {.user = memory, .read = iss_memory_read},
    });
    dut_set_memory(dut, &port, &timing);
    return rtl->check != NULL;
}

void iss_mmu_rtl_end(struct iss_mmu_rtl *rtl)
{
    if (!rtl->check)
        return;
    judged(rtl, check_end(rtl->check, dut_cycle(rtl->dut)));
    if (!dut_memory_port_stable(rtl->dut))
        disagree(rtl, "a request that waited at the memory port has changed");
    check_free(rtl->check);
    rtl->check = NULL;
}

void iss_mmu_rtl_record(struct iss_mmu_rtl *rtl, uint64_t cycles)
{
    rtl->waves_left = cycles;
    dut_wave(rtl->dut, cycles > 0);
}

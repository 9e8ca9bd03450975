// SPDX-License-Identifier: Apache-2.0
/* The scoreboard: which requests are outstanding, and the verdict on each answer. */
#include "check_internal.h"

#include <stdlib.h>

#define OUTCOMES_COUNTED 12

struct check *check_new(const struct check_config *config)
{
    struct check *check = calloc(1, sizeof *check);

    if (!check)
        return NULL;
    check->config = *config;
    check->pte_bytes = config->model.xlen == 32 ? 4 : 8;
    check->unbounded = config->model;
    check->unbounded.pa_bits = config->model.xlen == 32 ? 34 : 56;
    check->unbounded.pmp_entries = 0;
    check_csrs_start(check);
    return check;
}

void check_free(struct check *check)
{
    if (!check)
        return;
    check_history_free(check);
    free(check);
}

const char *check_verdict_name(enum check_verdict verdict)
{
    static const char *const names[CHECK_VERDICTS] = {
        [CHECK_OK] = "agrees",
        [CHECK_WRONG_ADDRESS] = "wrong physical address",
        [CHECK_WRONG_GRANT] = "granted where only a fault is legal",
        [CHECK_WRONG_SIZE] = "wrong page size",
        [CHECK_WRONG_FAULT] = "a fault that is not legal",
        [CHECK_WRONG_TYPE] = "wrong memory type",
        [CHECK_WRONG_UPDATE] = "an A or D update that is not legal",
        [CHECK_WRONG_TVAL] = "wrong tval",
        [CHECK_WRONG_DEFER] = "deferred without need",
        [CHECK_NEVER_ASKED] = "answer to no request",
        [CHECK_TWICE] = "second answer to one request",
        [CHECK_KILLED] = "answer to a killed request",
        [CHECK_UNANSWERED] = "request not answered",
        [CHECK_REFUSED] = "request not accepted",
        [CHECK_PORT_UNSTABLE] = "memory request changed while it waited",
        [CHECK_WRONG_EVENTS] = "events that do not fit",
        [CHECK_FENCE_STUCK] = "fence not completed",
        [CHECK_NO_MEMORY] = "no memory for the scoreboard",
        [CHECK_TAG_IN_USE] = "request under a tag in use",
    };

    return names[verdict];
}

const char *check_explain(const struct check *check)
{
    return check->text;
}

uint64_t check_outstanding(const struct check *check, enum dut_port port)
{
    return check->live[port];
}

void check_count_outcomes(struct check *check, unsigned n)
{
    check->count_every = n;
    check->count_turn = 0;
}

/* Pointer masking in force for an effective privilege, by its PMM field. */
static unsigned masked_bits(const struct check *check, const struct dut_context *context,
                            enum mmu_privilege privilege)
{
    static const unsigned pmlen[4] = {[2] = 7, [3] = 16};
    unsigned pmm = privilege == MMU_U   ? context->pmm_u
                   : privilege == MMU_S ? context->pmm_s
                                        : context->pmm_m;

    return check->config.model.xlen == 64 ? pmlen[pmm & 3] : 0;
}

enum check_verdict check_note_accept(struct check *check, enum dut_port port,
                                     const struct dut_request *request,
                                     const struct dut_context *context, uint64_t cycle)
{
    struct check_pending *pending = &check->pending[port][request->tag % CHECK_TAGS];

    check_note_context(check, context, cycle);
    check->refused[port] = false;
    if (check->live[port] >> request->tag & 1) {
        check_say_tag(check, CHECK_TAG_IN_USE, port, request->tag, cycle);
        return CHECK_TAG_IN_USE;
    }
    *pending = (struct check_pending){
        .state = CHECK_LIVE,
        .request = {.va = request->va, .access = request->access, .size = request->size},
        .context = {.satp = context->satp,
                    .privilege = request->privilege,
                    .sum = context->sum,
                    .mxr = context->mxr,
                    .adue = context->adue,
                    .pbmte = context->pbmte,
                    .sse = context->sse,
                    .sbe = context->sbe,
                    .pmlen = masked_bits(check, context, request->privilege),
                    .pmp = &check->csrs.pmp},
        .speculative = request->speculative,
        .accepted = check_now(check, cycle),
        .accepted_cycle = cycle,
    };
    check->live[port] |= UINT64_C(1) << request->tag;
    return CHECK_OK;
}

void check_note_refusal(struct check *check, enum dut_port port, uint64_t cycle)
{
    if (check->refused[port])
        return;
    check->refused[port] = true;
    check->refused_since[port] = cycle;
}

static void end_request(struct check *check, enum dut_port port, unsigned tag,
                        enum check_state state, uint64_t cycle)
{
    check->pending[port][tag].state = state;
    check->pending[port][tag].ended_cycle = cycle;
    check->live[port] &= ~(UINT64_C(1) << tag);
}

void check_note_kill(struct check *check, enum dut_port port, uint64_t tags, uint64_t cycle)
{
    for (uint64_t left = tags & check->live[port]; left; left &= left - 1) {
        unsigned tag = __builtin_ctzll(left);
        end_request(check, port, tag, CHECK_DEAD, cycle);
        check_ended_note(check, &check->pending[port][tag]);
    }
}

static unsigned count_outcomes(struct check *check, const struct check_pending *pending,
                               uint64_t now)
{
    struct check_outcome outcomes[OUTCOMES_COUNTED];

    if (check->count_every == 0 || ++check->count_turn < check->count_every)
        return 0;
    check->count_turn = 0;
    return check_collect(check, pending, now, outcomes, OUTCOMES_COUNTED);
}

static enum check_verdict refuse_tag(struct check *check, enum dut_port port, unsigned tag,
                                     uint64_t cycle)
{
    static const enum check_verdict verdicts[] = {
        [CHECK_FREE] = CHECK_NEVER_ASKED,
        [CHECK_LIVE] = CHECK_NEVER_ASKED,
        [CHECK_ANSWERED] = CHECK_TWICE,
        [CHECK_DEAD] = CHECK_KILLED,
    };
    enum check_verdict verdict =
        tag < CHECK_TAGS ? verdicts[check->pending[port][tag].state] : CHECK_NEVER_ASKED;

    check_say_tag(check, verdict, port, tag, cycle);
    return verdict;
}

enum check_verdict check_note_answer(struct check *check, enum dut_port port,
                                     const struct dut_response *response, uint64_t cycle,
                                     struct check_judgement *judgement)
{
    uint64_t now = check_now(check, cycle);
    unsigned tag = response->tag;

    *judgement = (struct check_judgement){0};
    if (tag >= CHECK_TAGS || !(check->live[port] >> tag & 1)) {
        judgement->verdict = refuse_tag(check, port, tag, cycle);
        return judgement->verdict;
    }
    const struct check_pending *pending = &check->pending[port][tag];
    judgement->context = pending->context;
    judgement->request = pending->request;
    judgement->accepted = pending->accepted_cycle;
    judgement->verdict = check_judge(check, port, pending, response, now, judgement);
    judgement->outcomes = count_outcomes(check, pending, now);
    end_request(check, port, tag, CHECK_ANSWERED, cycle);
    if (check->fence_waits && response->result != DUT_DEFER)
        check_ended_note(check, pending);
    if (check->no_memory)
        judgement->verdict = CHECK_NO_MEMORY;
    return judgement->verdict;
}

enum check_verdict check_overdue(struct check *check, uint64_t cycle)
{
    uint64_t bound = check->config.answer_bound;
    const struct check_fence *fence =
        check->fence_waits ? &check->fences[check->fence_count - 1] : NULL;

    for (unsigned port = 0; bound && port < DUT_PORTS; port++) {
        for (uint64_t left = check->live[port]; left; left &= left - 1) {
            unsigned tag = __builtin_ctzll(left);
            if (cycle - check->pending[port][tag].accepted_cycle <= bound)
                continue;
            check_say_tag(check, CHECK_UNANSWERED, port, tag, cycle);
            return CHECK_UNANSWERED;
        }
        if (check->refused[port] && cycle - check->refused_since[port] > bound) {
            check_say_refusal(check, port, cycle);
            return CHECK_REFUSED;
        }
    }
    if (fence && check->config.fence_bound &&
        cycle - check_cycle(fence->cut) > check->config.fence_bound) {
        check_say_fence(check, cycle);
        return CHECK_FENCE_STUCK;
    }
    return check->no_memory ? CHECK_NO_MEMORY : CHECK_OK;
}

enum check_verdict check_end(struct check *check, uint64_t cycle)
{
    for (unsigned port = 0; port < DUT_PORTS; port++)
        if (check->live[port]) {
            check_say_tag(check, CHECK_UNANSWERED, port, __builtin_ctzll(check->live[port]), cycle);
            return CHECK_UNANSWERED;
        }
    if (check->fence_waits) {
        check_say_fence(check, cycle);
        return CHECK_FENCE_STUCK;
    }
    return check->no_memory ? CHECK_NO_MEMORY : CHECK_OK;
}

size_t check_outcomes(struct check *check, enum dut_port port, unsigned tag, uint64_t cycle,
                      struct check_outcome *outcomes, size_t max)
{
    uint64_t now = check_now(check, cycle);

    if (tag >= CHECK_TAGS || !(check->live[port] >> tag & 1))
        return 0;
    return check_collect(check, &check->pending[port][tag], now, outcomes, max);
}

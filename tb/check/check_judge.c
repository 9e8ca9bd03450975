// SPDX-License-Identifier: Apache-2.0
/* The verdict on an answer: whether a legal outcome explains it, and if not, what comes nearest. */
#include "check_internal.h"
#include "mmu_pte.h"

#define OUTCOMES_SHOWN 12

/* Page sizes that a mapping of `shift` may be answered with: itself, or a part of it that is a page
 * of some level, or of Svnapot. */
static bool size_is_legal(const struct check *check, unsigned shift, unsigned mapping)
{
    const struct mmu_config *model = &check->config.model;
    unsigned vpn_bits = model->xlen == 32 ? 10 : 9;

    if (mapping == 0)
        return shift == 0;
    if (shift < MMU_PAGE_SHIFT || shift > mapping)
        return false;
    return (shift - MMU_PAGE_SHIFT) % vpn_bits == 0 || (model->svnapot && shift == 16);
}

/* How near an outcome comes to a response: 0 = it explains it. */
enum distance {
    EXACT,
    SIZE_DIFFERS,
    TYPE_DIFFERS,
    TVAL_DIFFERS,
    ADDRESS_DIFFERS,
    CAUSE_DIFFERS,
    OTHER
};

static enum distance compare_grants(const struct check *check, const struct dut_response *response,
                                    const struct mmu_answer *answer)
{
    if (response->pa != answer->pa)
        return ADDRESS_DIFFERS;
    if (response->memory_type != answer->memory_type)
        return TYPE_DIFFERS;
    return size_is_legal(check, response->page_shift, answer->page_shift) ? EXACT : SIZE_DIFFERS;
}

static enum distance compare(const struct check *check, const struct dut_response *response,
                             const struct mmu_answer *answer, bool defer)
{
    bool deferred = defer || answer->result == MMU_DROPPED;

    if (deferred || response->result == DUT_DEFER)
        return deferred && response->result == DUT_DEFER ? EXACT : OTHER;
    if ((answer->result == MMU_GRANTED) != (response->result == DUT_GRANTED))
        return OTHER;
    if (answer->result == MMU_GRANTED)
        return compare_grants(check, response, answer);
    if (response->cause != answer->cause)
        return CAUSE_DIFFERS;
    return response->tval == answer->tval ? EXACT : TVAL_DIFFERS;
}

struct search {
    const struct check *check;
    const struct dut_response *response;
    struct check_outcome found;
    bool explained;
};

static bool search_visit(void *user, const struct check_outcome *outcome)
{
    struct search *search = user;

    if (compare(search->check, search->response, &outcome->answer, outcome->defer) != EXACT)
        return true;
    search->found = *outcome;
    search->explained = true;
    return false;
}

static enum check_verdict verdict_of(enum distance nearest, const struct dut_response *response)
{
    if (response->result == DUT_DEFER)
        return CHECK_WRONG_DEFER;
    if (response->result == DUT_FAULT)
        return nearest == TVAL_DIFFERS ? CHECK_WRONG_TVAL : CHECK_WRONG_FAULT;
    if (nearest == SIZE_DIFFERS)
        return CHECK_WRONG_SIZE;
    if (nearest == TYPE_DIFFERS)
        return CHECK_WRONG_TYPE;
    return nearest == ADDRESS_DIFFERS ? CHECK_WRONG_ADDRESS : CHECK_WRONG_GRANT;
}

/* Nothing explains the response: says what would have been legal. */
static enum check_verdict disagree(struct check *check, enum dut_port port,
                                   const struct check_pending *pending,
                                   const struct dut_response *response, uint64_t now)
{
    struct check_outcome outcomes[OUTCOMES_SHOWN];
    size_t count = check_collect(check, pending, now, outcomes, OUTCOMES_SHOWN);
    enum distance nearest = OTHER;

    for (size_t i = 0; i < count; i++) {
        enum distance d = compare(check, response, &outcomes[i].answer, outcomes[i].defer);
        if (d < nearest)
            nearest = d;
    }
    enum check_verdict verdict = verdict_of(nearest, response);
    check_say_answer(check, verdict, port, pending, response, outcomes, count);
    return verdict;
}

/* Memory as it is now explains nearly every answer; else all that is legal is tried. */
static enum check_verdict explain(struct check *check, enum dut_port port,
                                  const struct check_pending *pending,
                                  const struct dut_response *response, uint64_t now,
                                  struct check_judgement *judgement)
{
    bool writes;

    check_current(check, pending, &judgement->answer, &writes);
    judgement->deferred = writes && pending->speculative;
    if (writes == judgement->deferred &&
        compare(check, response, &judgement->answer, judgement->deferred) == EXACT)
        return CHECK_OK;
    struct search search = {.check = check, .response = response};
    check_each_outcome(check, pending, now, search_visit, &search);
    if (!search.explained)
        return disagree(check, port, pending, response, now);
    judgement->answer = search.found.answer;
    judgement->deferred = search.found.defer;
    judgement->stale = !search.found.defer && (search.found.answer.result == MMU_GRANTED ||
                                               search.found.answer.result == MMU_PAGE_FAULT);
    return CHECK_OK;
}

/* Whether the leaf that explains the answer is one that was written for the request. */
static void note_updated(const struct check *check, const struct check_pending *pending,
                         struct check_judgement *judgement)
{
    const struct mmu_answer *answer = &judgement->answer;
    bool sbe = pending->context.sbe;

    if (!pending->updated || answer->steps == 0)
        return;
    const struct mmu_step *last = &answer->step[answer->steps - 1];
    uint64_t after = sbe ? check_swap_bytes(check, pending->after) : pending->after;
    judgement->updated = last->pte_pa == pending->updated_pa && last->pte == after;
    judgement->before = sbe ? check_swap_bytes(check, pending->before) : pending->before;
}

enum check_verdict check_judge(struct check *check, enum dut_port port,
                               const struct check_pending *pending,
                               const struct dut_response *response, uint64_t now,
                               struct check_judgement *judgement)
{
    enum check_verdict verdict = explain(check, port, pending, response, now, judgement);

    note_updated(check, pending, judgement);
    return verdict;
}

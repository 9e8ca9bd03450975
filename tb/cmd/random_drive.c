// SPDX-License-Identifier: Apache-2.0
/* The traffic of a random run, cycle by cycle. */
#include "random_drive.h"
#include "random_traffic.h"

#include <inttypes.h>
#include <string.h>

#define BOUND_CYCLES  2000 /* most that an answer or a fence may take: so many, and ... */
#define BOUND_WALKS   100  /* ... the time of so many walks */
#define OVERDUE_EVERY 128  /* cycles between looks at the bound */
#define QUIET_CYCLES  200  /* after the last answer, in which nothing may come */
#define COUNT_EVERY   64   /* answers whose legal outcomes are counted: one in so many */

const char *random_class_name(enum random_class class)
{
    static const char *const names[RANDOM_CLASSES] = {
        "fetch", "data", "kills", "fences", "stores", "contexts", "errors", "stalls", "latency"};

    return names[class];
}

static bool traffic_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct traffic *t = user;

    if (!world_read(&t->world, pa, bytes, value))
        return false;
    if (t->error_permille && splitmix_below(&t->rng[STREAM_ERRORS], 1000) < t->error_permille) {
        check_note_error(t->check, pa, dut_cycle(t->dut));
        t->statistics->errors++;
        return false;
    }
    return true;
}

static bool check_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct traffic *t = user;

    return world_read(&t->world, pa, bytes, value);
}

static void note_statistics(struct random_statistics *s, const struct check_judgement *judgement)
{
    static const unsigned kinds[] = {
        [MMU_FETCH] = 0, [MMU_LOAD] = 1, [MMU_STORE] = 2, [MMU_AMO] = 2};
    unsigned kind = kinds[judgement->request.access];

    s->answered++;
    s->stale += judgement->stale;
    s->counted += judgement->outcomes > 0;
    s->ambiguous += judgement->outcomes > 1;
    if (judgement->answer.result == MMU_GRANTED)
        s->granted++;
    else if (judgement->answer.result == MMU_PAGE_FAULT)
        s->page_faults[kind]++;
    else
        s->access_faults[kind]++;
}

/* Judges the answers of this cycle. */
static enum check_verdict take_answers(struct traffic *t, struct coverage *coverage)
{
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        struct dut_response response;
        struct check_judgement judgement;
        if (!dut_poll(t->dut, port, &response))
            continue;
        enum check_verdict verdict =
            check_note_answer(t->check, port, &response, t->cycle, &judgement);
        if (verdict != CHECK_OK)
            return verdict;
        note_statistics(t->statistics, &judgement);
        if (coverage)
            coverage_note(coverage, &judgement.context, &judgement.request, &judgement.answer);
    }
    return CHECK_OK;
}

/* One cycle: what changes first, then the answers, then what is asked. */
static enum check_verdict run_cycle(struct traffic *t, struct coverage *coverage)
{
    t->cycle = dut_cycle(t->dut);
    if (t->what->waves)
        dut_wave(t->dut, t->cycle >= t->what->wave_from && t->cycle <= t->what->wave_to);
    traffic_phase(t);
    traffic_context(t);
    traffic_kill(t);
    enum check_verdict verdict = take_answers(t, coverage);
    if (verdict != CHECK_OK)
        return verdict;
    traffic_store(t);
    traffic_fence(t);
    traffic_request(t, DUT_FETCH);
    traffic_request(t, DUT_DATA);
    dut_step(t->dut);
    return t->cycle % OVERDUE_EVERY == 0 ? check_overdue(t->check, t->cycle) : CHECK_OK;
}

static bool is_quiet(const struct traffic *t)
{
    return t->accepted >= t->what->count && !t->fence_waits &&
           check_outstanding(t->check, DUT_FETCH) == 0 &&
           check_outstanding(t->check, DUT_DATA) == 0 && !t->port[DUT_FETCH].waits &&
           !t->port[DUT_DATA].waits;
}

static enum check_verdict run_cycles(struct traffic *t, struct coverage *coverage)
{
    while (t->quiet < QUIET_CYCLES) {
        enum check_verdict verdict = run_cycle(t, coverage);
        if (verdict != CHECK_OK)
            return verdict;
        t->quiet = is_quiet(t) ? t->quiet + 1 : 0;
    }
    return check_end(t->check, t->cycle);
}

static struct check *new_check(struct traffic *t, const struct dut_parameters *p)
{
    uint64_t bound = BOUND_CYCLES + BOUND_WALKS * traffic_walk_cycles(t);
    struct check_config config = {
        .model = t->world.model,
        .asid_bits = p->asid_bits,
        .tag_bits = p->tag_bits,
        .answer_bound = bound,
        .fence_bound = bound,
        .memory = {.user = t, .read = check_read},
    };
    struct check *check = check_new(&config);

    if (check)
        check_count_outcomes(check, COUNT_EVERY);
    return check;
}

static void add_events(const struct traffic *t)
{
    for (unsigned event = 0; event < DUT_EVENTS; event++)
        t->statistics->events[event] += dut_events(t->dut, event);
    t->statistics->cycles += t->cycle;
}

enum random_status random_drive(struct dut *dut, const struct random_case *what,
                                struct random_statistics *statistics, struct coverage *coverage,
                                struct random_outcome *outcome)
{
    const struct dut_parameters *p = dut_parameters(dut);
    struct traffic t;

    if (!traffic_open(&t, dut, what, statistics))
        return RANDOM_NO_MEMORY;
    t.check = new_check(&t, p);
    if (!t.check) {
        traffic_close(&t);
        return RANDOM_NO_MEMORY;
    }
    const struct dut_memory memory = {.user = &t, .read = traffic_read};
    dut_reset(dut);
    dut_set_memory(dut, &memory, &t.timing);
    outcome->verdict = run_cycles(&t, coverage);
    outcome->cycle = t.cycle;
    outcome->accepted = t.accepted;
    strcpy(outcome->text, check_explain(t.check));
    if (outcome->verdict == CHECK_OK && !dut_memory_port_stable(dut)) {
        outcome->verdict = CHECK_PORT_UNSTABLE;
        snprintf(outcome->text, sizeof outcome->text, "by cycle %" PRIu64 ": %s\n", t.cycle,
                 check_verdict_name(CHECK_PORT_UNSTABLE));
    }
    add_events(&t);
    check_free(t.check);
    traffic_close(&t);
    if (outcome->verdict == CHECK_NO_MEMORY)
        return RANDOM_NO_MEMORY;
    return outcome->verdict == CHECK_OK ? RANDOM_AGREES : RANDOM_DISAGREES;
}

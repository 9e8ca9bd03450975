// SPDX-License-Identifier: Apache-2.0
/* The traffic of a random run, cycle by cycle. */
#include "random_drive.h"
#include "dut_pmp.h"
#include "random_traffic.h"

#include <inttypes.h>
#include <stdio.h>

#define OVERDUE_EVERY 128 /* cycles between looks at the bound */
#define QUIET_CYCLES  200 /* after the last answer, in which nothing may come */
#define COUNT_EVERY   64  /* answers whose legal outcomes are counted: one in so many */

const char *random_class_name(enum random_class class)
{
    static const char *const names[RANDOM_CLASSES] = {"fetch",  "data",   "kills",    "fences",
                                                      "stores", "races",  "contexts", "pmp",
                                                      "errors", "stalls", "latency",  "resets"};

    return names[class];
}

/* Whether this answer errs. */
static bool errs(struct traffic *t, uint64_t pa)
{
    if (!t->rates.error || splitmix_below(&t->rng[STREAM_ERRORS], 1000) >= t->rates.error)
        return false;
    check_note_error(t->check, pa, dut_cycle(t->dut));
    t->statistics->errors++;
    return true;
}

static bool serve_read(void *user, uint64_t pa, unsigned bytes, uint64_t *word)
{
    struct traffic *t = user;

    t->seen.reads++;
    if (!world_read(&t->world, pa, bytes, word) || errs(t, pa))
        return false;
    traffic_saw_read(t, pa, *word);
    return true;
}

static bool serve_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                       uint64_t *found)
{
    struct traffic *t = user;
    uint64_t cycle = dut_cycle(t->dut);

    if (!world_read(&t->world, pa, bytes, found))
        return false;
    bool good = !errs(t, pa), stores = good && *found == expected;
    if (stores)
        check_note_store(t->check, pa, bytes, desired, cycle);
    enum check_verdict verdict =
        check_note_update(t->check, pa, bytes, expected, desired, *found, cycle);
    if (t->swap_verdict == CHECK_OK)
        t->swap_verdict = verdict;
    if (stores)
        world_write(&t->world, pa, desired);
    t->statistics->swaps++;
    t->seen.stored += stores;
    t->statistics->swaps_lost += good && !stores;
    traffic_saw_swap(t, pa, good && !stores);
    return good;
}

/* For the scoreboard, and of a line the words that are not asked for. */
static bool plain_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct traffic *t = user;

    return world_read(&t->world, pa, bytes, value);
}

static void note_statistics(struct traffic *t, const struct dut_response *response,
                            const struct check_judgement *judgement)
{
    struct random_statistics *s = t->statistics;
    uint64_t waited = t->cycle - judgement->accepted;
    double share = (double)waited / (double)traffic_answer_bound(t);

    if (share > s->longest_wait)
        s->longest_wait = share;
    s->answered++;
    s->stale += judgement->stale;
    s->counted += judgement->outcomes > 0;
    s->ambiguous += judgement->outcomes > 1;
    s->granted += response->result == DUT_GRANTED;
    s->deferred += judgement->deferred;
    s->dropped += judgement->answer.result == MMU_DROPPED;
    if (response->result == DUT_FAULT && response->cause < RANDOM_CAUSES)
        s->faults[response->cause]++;
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
        note_statistics(t, &response, &judgement);
        if (response.result == DUT_GRANTED)
            world_note_target(&t->world, response.pa);
        if (coverage)
            coverage_judged(coverage, &judgement);
    }
    return CHECK_OK;
}

static void show_waves(struct traffic *t)
{
    uint64_t cycle = t->before + t->cycle;

    if (t->what->waves)
        dut_wave(t->dut, cycle >= t->what->wave_from && cycle <= t->what->wave_to);
}

/* What has waited too long; looked at now and then. */
static enum check_verdict overdue(struct traffic *t)
{
    if (t->cycle % OVERDUE_EVERY)
        return CHECK_OK;
    if (t->pmp_waits && t->cycle - t->pmp_since > traffic_answer_bound(t))
        return CHECK_REFUSED;
    return check_overdue(t->check, t->cycle);
}

/* One cycle: what changes first, then the answers, then what is asked. */
static enum check_verdict run_cycle(struct traffic *t, struct coverage *coverage)
{
    t->cycle = dut_cycle(t->dut);
    show_waves(t);
    traffic_phase(t);
    traffic_context(t);
    traffic_kill(t);
    enum check_verdict verdict = take_answers(t, coverage);
    if (verdict != CHECK_OK)
        return verdict;
    traffic_store(t);
    traffic_race(t);
    traffic_fence(t);
    traffic_pmp(t); /* after the fence, which the design puts first */
    traffic_request(t, DUT_FETCH);
    traffic_request(t, DUT_DATA);
    dut_step(t->dut);
    return t->swap_verdict == CHECK_OK ? overdue(t) : t->swap_verdict;
}

static bool is_quiet(const struct traffic *t)
{
    return t->accepted >= t->what->count && !t->fence_waits && !t->pmp_waits &&
           check_outstanding(t->check, DUT_FETCH) == 0 &&
           check_outstanding(t->check, DUT_DATA) == 0 && !t->port[DUT_FETCH].waits &&
           !t->port[DUT_DATA].waits;
}

static struct check *new_check(struct traffic *t)
{
    const struct dut_parameters *p = dut_parameters(t->dut);
    struct check_config config = {
        .model = t->world.model,
        .asid_bits = p->asid_bits,
        .tag_bits = p->tag_bits,
        .answer_bound = traffic_answer_bound(t),
        .fence_bound = traffic_fence_bound(t),
        .memory = {.user = t, .read = plain_read},
    };
    struct check *check = check_new(&config);

    if (check)
        check_count_outcomes(check, COUNT_EVERY);
    return check;
}

/* Asks for this run's PMP until the design has it. */
static bool set_pmp(struct traffic *t)
{
    t->pmp_since = t->cycle = dut_cycle(t->dut);
    return dut_wait_pmp(t->dut, &t->pmp, QUIET_CYCLES);
}

/* Resets the design, which leaves the PMP CSRs as they are, and has a new scoreboard judge it from
 * there. */
static enum check_verdict begin(struct traffic *t, bool new_pmp)
{
    const struct dut_memory memory = {
        .user = t, .read = serve_read, .compare_and_swap = serve_swap, .peek = plain_read};

    check_free(t->check);
    dut_reset(t->dut);
    dut_set_memory(t->dut, &memory, &t->timing);
    t->check = new_check(t);
    if (!t->check)
        return CHECK_NO_MEMORY;
    if (dut_parameters(t->dut)->pmp_entries == 0)
        return CHECK_OK;
    if (new_pmp && !set_pmp(t))
        return CHECK_REFUSED;
    check_note_pmp(t->check, &t->pmp, dut_cycle(t->dut));
    return CHECK_OK;
}

static void add_events(const struct traffic *t)
{
    for (unsigned event = 0; event < DUT_EVENTS; event++)
        t->statistics->events[event] += dut_events(t->dut, event);
    t->statistics->cycles += t->cycle;
}

/* A reset in the middle of the run, now and then. */
static enum check_verdict maybe_reset(struct traffic *t)
{
    if (t->quiet > 0 || !one_in(&t->rng[STREAM_RESETS], t->rates.reset))
        return CHECK_OK;
    bool new_pmp = splitmix_below(&t->rng[STREAM_RESETS], 2);
    add_events(t);
    traffic_restart(t, new_pmp);
    t->statistics->resets++;
    return begin(t, new_pmp);
}

static enum check_verdict run_cycles(struct traffic *t, struct coverage *coverage)
{
    enum check_verdict verdict = begin(t, true);

    while (verdict == CHECK_OK && t->quiet < QUIET_CYCLES) {
        verdict = maybe_reset(t);
        if (verdict == CHECK_OK)
            verdict = run_cycle(t, coverage);
        if (verdict == CHECK_OK)
            t->quiet = is_quiet(t) ? t->quiet + 1 : 0;
    }
    return verdict == CHECK_OK ? check_end(t->check, t->cycle) : verdict;
}

/* What the scoreboard does not see. */
static void look_at_ports(const struct traffic *t, struct random_outcome *outcome)
{
    if (!dut_memory_port_stable(t->dut)) {
        outcome->verdict = CHECK_PORT_UNSTABLE;
        snprintf(outcome->text, sizeof outcome->text, "by cycle %" PRIu64 ": %s\n", t->cycle,
                 check_verdict_name(CHECK_PORT_UNSTABLE));
    } else if (!traffic_events_agree(t, outcome->text, sizeof outcome->text)) {
        outcome->verdict = CHECK_WRONG_EVENTS;
    }
}

/* In words, by the scoreboard or, of what it does not see, by us. */
static void explain(const struct traffic *t, struct random_outcome *outcome)
{
    snprintf(outcome->text, sizeof outcome->text, "%s", check_explain(t->check));
    if (outcome->verdict == CHECK_OK) {
        look_at_ports(t, outcome);
    } else if (outcome->verdict == CHECK_UNANSWERED && outcome->text[0] == 0) {
        snprintf(outcome->text, sizeof outcome->text,
                 "cycle %" PRIu64 ": swaps of the PTE at 0x%" PRIx64 " fail again and again\n",
                 t->cycle, t->stuck_pa);
    } else if (outcome->verdict == CHECK_REFUSED && outcome->text[0] == 0) {
        snprintf(outcome->text, sizeof outcome->text,
                 "cycle %" PRIu64 ": change of PMP, asked in cycle %" PRIu64 ", not accepted\n",
                 t->cycle, t->pmp_since);
    }
}

enum random_status random_drive(struct dut *dut, const struct random_case *what,
                                struct random_statistics *statistics, struct coverage *coverage,
                                struct random_outcome *outcome)
{
    struct traffic t;

    if (!traffic_open(&t, dut, what, statistics))
        return RANDOM_NO_MEMORY;
    *outcome = (struct random_outcome){.verdict = run_cycles(&t, coverage)};
    outcome->reset_at = t.before;
    outcome->cycle = t.cycle;
    outcome->accepted = t.accepted;
    outcome->pmp = t.pmp;
    outcome->pmp_count = t.world.model.pmp_entries;
    if (t.check)
        explain(&t, outcome);
    add_events(&t);
    check_free(t.check);
    traffic_close(&t);
    if (outcome->verdict == CHECK_NO_MEMORY)
        return RANDOM_NO_MEMORY;
    return outcome->verdict == CHECK_OK ? RANDOM_AGREES : RANDOM_DISAGREES;
}

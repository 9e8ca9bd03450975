// SPDX-License-Identifier: Apache-2.0
/*
 * Which outcomes are legal. The model walks; every PTE that it reads is one of the values that the
 * word held at some time at which the pointer above could be used, and all choices are tried, one
 * walk for each. A pointer read in the span [lo, hi) can be used from lo on until the first fence
 * that covers it and has its cut at hi or later: before a cut within the span, it was read again.
 *
 * The model knows neither PMP nor the width here: an old PMP may explain one PTE and the PMP in
 * force the next, so they are judged with each read and with the final address. With the byte order
 * of PTEs it is the same.
 */
#include "check_internal.h"
#include "check_visits.h"
#include "mmu_pte.h"

/* One walk, and the choices that lead to the next. */
struct explore {
    struct check_walk walk;
    const struct check_root *root;
    struct mmu_context context; /* of the request, but for its root and for what walk knows */
    struct mmu_answer denied;   /* what an access that memory refuses ends with */
    uint64_t va;                /* after pointer masking */
    uint64_t obeys;             /* of fences, those that completed before this cycle */
    bool for_swap;              /* looks for what the request's own walk may write */
    bool global;                /* a pointer so far had G */
    bool writes;                /* the walk would have to set A or D */
    uint64_t expected, desired; /* of that write, as memory has them */
    unsigned levels;            /* of the root's mode */
    unsigned reads;
    unsigned fixed; /* reads at the beginning that are those of the walk before */
    struct check_visits *visits;
    struct {
        unsigned pick; /* 0: the oldest value */
        bool more;
    } choice[MMU_MAX_LEVELS];
    uint64_t since[MMU_MAX_LEVELS], pa[MMU_MAX_LEVELS]; /* of each read */
    check_visit *visit;
    void *user;
};

static bool is_empty(struct check_span span)
{
    return span.from >= span.to;
}

static bool own_root(const struct explore *x)
{
    return x->root->satp == x->walk.pending->context.satp;
}

/* A pointer of this walk, read in `span`: when it can be used. */
static struct check_span pointer_use(const struct explore *x, struct check_span span)
{
    struct check_entry pointer = {.asid = x->root->asid, .global = x->global};
    uint64_t cut = check_next_cut(x->walk.check, &pointer, span.to, x->obeys);

    return check_overlap((struct check_span){span.from, cut},
                         (struct check_span){0, x->walk.life.to});
}

/* The PTE read last turned out to be a pointer. */
static void descend(struct explore *x)
{
    x->global |= (x->walk.pte & MMU_PTE_G) != 0;
    x->walk.usable = pointer_use(x, x->walk.read);
}

/* Whether a walk has been here before with at least as much time; if not, it has now. */
static bool was_visited(struct explore *x, uint64_t pa)
{
    struct check_visit visit = {.pa = pa,
                                .usable = x->walk.usable,
                                .asid = x->root->asid,
                                .level = x->levels - 1 - x->reads,
                                .global = x->global,
                                .foreign = x->reads == 0 && !own_root(x)};

    return check_visited(x->visits, &visit);
}

static bool read_choice(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct explore *x = user;

    (void)bytes;
    if (x->reads > 0)
        descend(x);
    bool visited = x->reads >= x->fixed && was_visited(x, pa);
    unsigned at = x->reads++;
    unsigned level = x->levels - 1 - at;
    x->choice[at].more = !visited && check_way(&x->walk, pa, level, x->choice[at].pick + 1);
    if (visited || !check_way(&x->walk, pa, level, x->choice[at].pick)) {
        x->walk.read = (struct check_span){0, 0}; /* no such walk, or none that is new */
        x->walk.erred = true;
    }
    x->since[at] = check_cycle(x->walk.read.from);
    x->pa[at] = x->walk.pa;
    *value = x->walk.pte;
    return !x->walk.erred;
}

/* A walk that would have to write is not finished: what it wrote is a value of its own. */
static bool swap_choice(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                        uint64_t desired, uint64_t *found)
{
    struct explore *x = user;
    struct check_access store = {MMU_S, MMU_STORE, pa, bytes};

    bool swapped = x->walk.pending->context.sbe;

    x->writes = true;
    x->expected = swapped ? check_swap_bytes(x->walk.check, expected) : expected;
    x->desired = swapped ? check_swap_bytes(x->walk.check, desired) : desired;
    *found = expected;
    return check_allows(x->walk.check, &store, CHECK_NEVER);
}

static bool same_asid(const struct explore *x)
{
    return x->root->asid ==
           mmu_satp_asid(&x->walk.check->config.model, x->walk.pending->context.satp);
}

/* Whether the leaf that was read may answer a request that obeys the fences that this one does. */
static bool leaf_is_usable(const struct explore *x, const struct mmu_answer *answer)
{
    bool global = x->global || x->walk.pte & MMU_PTE_G;
    struct check_entry leaf = {.leaf = true,
                               .asid = x->root->asid,
                               .global = global,
                               .va = x->va,
                               .shift = answer->page_shift};

    return (global || same_asid(x)) &&
           check_next_cut(x->walk.check, &leaf, x->walk.read.to, x->obeys) == CHECK_NEVER;
}

/* A fault, or a write, is born in a walk of the request itself: from its own root, or below a
 * pointer of its ASID or a global one, by a PTE that was read during the request's life and as its
 * own CSRs say. */
static bool is_of_own_walk(const struct explore *x, const struct mmu_answer *answer)
{
    const struct mmu_context *own = &x->walk.pending->context;

    if (!own_root(x) && (answer->steps < 2 || (!same_asid(x) && !x->global)))
        return false;
    return !is_empty(check_overlap(x->walk.read, x->walk.life)) && !x->walk.foreign_order &&
           !x->walk.neighbour && x->context.pbmte == own->pbmte;
}

/* The same of a write, whose leaf no fence may have taken away when it is written. */
static bool may_write(const struct explore *x, const struct mmu_answer *answer)
{
    return is_of_own_walk(x, answer) && (!x->for_swap || leaf_is_usable(x, answer));
}

static bool report(struct explore *x, const struct check_outcome *outcome)
{
    return x->visit(x->user, outcome);
}

/* Whether PMP lets the final address be accessed: that in force, or any since the cut. */
static bool address_allowed(const struct explore *x, const struct mmu_answer *answer, uint64_t cut)
{
    return check_address_allowed(x->walk.check, &x->context, &x->walk.pending->request, answer,
                                 cut);
}

/* Memory refuses the final address. */
static bool report_denied(struct explore *x, struct check_outcome *outcome)
{
    outcome->answer.result = x->denied.result;
    outcome->answer.cause = x->denied.cause;
    outcome->answer.tval = x->denied.tval;
    return report(x, outcome);
}

/* The final address: PMP may be that in force or an old one, and the one in force may deny. */
static bool report_address(struct explore *x, struct check_outcome *outcome)
{
    if (address_allowed(x, &outcome->answer, x->walk.cut) && !report(x, outcome))
        return false;
    return address_allowed(x, &outcome->answer, CHECK_NEVER) || report_denied(x, outcome);
}

/* A walk that would write ends without, if the request is speculative; or if PMP refuses the swap,
 * or the final address, which may be asked before the swap: an access that is denied need not leave
 * A or D behind. */
static bool report_write(struct explore *x, struct check_outcome *outcome)
{
    if (!may_write(x, &outcome->answer))
        return true;
    outcome->expected = x->expected;
    outcome->desired = x->desired;
    outcome->defer = true;
    if (x->walk.pending->speculative && !report(x, outcome))
        return false;
    outcome->defer = false;
    if (outcome->answer.result != MMU_GRANTED)
        return report(x, outcome);
    return address_allowed(x, &outcome->answer, CHECK_NEVER) || report_denied(x, outcome);
}

/* What a walk has led to, if it is legal: false if the visitor has seen enough. */
static bool report_walk(struct explore *x, struct check_outcome *outcome)
{
    struct mmu_answer *answer = &outcome->answer;

    if (is_empty(x->walk.read))
        return true;
    for (unsigned i = 0; i < x->reads; i++) {
        outcome->since[i] = x->since[i];
        answer->step[i].pte_pa = x->pa[i];
    }
    if (x->writes)
        return report_write(x, outcome);
    if (answer->result != MMU_GRANTED)
        return !is_of_own_walk(x, answer) || report(x, outcome);
    return !leaf_is_usable(x, answer) || report_address(x, outcome);
}

/* To the next choice: the deepest read that has another way. */
static bool next_choice(struct explore *x)
{
    for (unsigned at = x->reads; at-- > 0;) {
        if (x->choice[at].more) {
            x->choice[at].pick++;
            x->fixed = at + 1;
            return true;
        }
        x->choice[at].pick = 0;
    }
    return false;
}

/* All walks that begin at this root and have its address for so long. */
static bool explore_span(struct explore *x, struct check_span usable)
{
    const struct mmu_memory memory = {
        .user = x, .read = read_choice, .compare_and_swap = swap_choice};

    x->fixed = 0;
    for (unsigned i = 0; i < MMU_MAX_LEVELS; i++)
        x->choice[i].pick = 0;
    do {
        struct check_outcome outcome = {.satp = x->root->satp};
        x->reads = 0;
        x->global = false;
        x->writes = false;
        x->walk.usable = usable;
        mmu_translate(&x->walk.check->unbounded, &x->context, &memory, &x->walk.pending->request,
                      &outcome.answer);
        if (x->reads > 0 && !report_walk(x, &outcome))
            return false;
    } while (next_choice(x));
    return true;
}

static void begin_at(struct explore *x, const struct check_root *root)
{
    x->root = root;
    x->context.satp = root->satp;
    x->levels = mmu_satp_levels(&x->walk.check->config.model, root->satp);
    x->global = false;
}

/* A walk has the root that was in force when it was asked for, whatever came later. */
static bool explore_own_root(struct explore *x)
{
    uint64_t satp = x->walk.pending->context.satp;
    const struct check_root own = {.satp = satp,
                                   .asid = mmu_satp_asid(&x->walk.check->config.model, satp)};

    begin_at(x, &own);
    return explore_span(x, x->walk.life);
}

static bool explore_root(struct explore *x, const struct check_root *root)
{
    begin_at(x, root);
    for (size_t i = root->count; i-- > 0;)
        if (!explore_span(x, pointer_use(x, root->spans[i])))
            return false;
    return true;
}

/* The request's own ASID first, then what other ASIDs may have left as global. */
static bool explore_roots(struct explore *x)
{
    struct check *check = x->walk.check;
    unsigned asid = mmu_satp_asid(&check->config.model, x->walk.pending->context.satp);

    check_visits_clear(x->visits);
    if (x->for_swap && !explore_own_root(x))
        return false;
    for (unsigned turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < check->root_count; i++) {
            const struct check_root *root = &check->roots[i];
            if ((root->asid == asid) == (turn == 0) && !explore_root(x, root))
                return false;
        }
    return true;
}

/* Where nothing is read: translation is off ("satp Register": at once), or the address is not
 * canonical and so matches no translation. */
static void explore_no_walk(struct explore *x)
{
    struct check_outcome only = {.satp = x->walk.pending->context.satp};

    mmu_translate(&x->walk.check->unbounded, &x->walk.pending->context, NULL,
                  &x->walk.pending->request, &only.answer);
    if (only.answer.result == MMU_GRANTED)
        report_address(x, &only);
    else
        report(x, &only);
}

/* What the request is answered with if PMP allows nothing. Without a walk no PTE is read first. */
static void find_denied(struct explore *x)
{
    static const struct mmu_pmp nothing = {.mmwp = true};
    struct mmu_config config = x->walk.check->unbounded;
    struct mmu_context context = x->walk.pending->context;

    config.pmp_entries = 1;
    context.pmp = &nothing;
    mmu_translate(&config, &context, NULL, &x->walk.pending->request, &x->denied);
}

/* All walks, by the PBMTE of the request and by an old one. (A leaf that grants with PBMTE=0 does
 * the same with 1.) */
static bool explore_types(struct explore *x)
{
    bool pbmte = x->walk.pending->context.pbmte;

    x->context.pbmte = pbmte;
    if (!explore_roots(x))
        return false;
    x->context.pbmte = true;
    return pbmte || !check_pbmte_since(x->walk.check, true, x->walk.cut) || explore_roots(x);
}

static void explore(struct explore *x)
{
    struct check *check = x->walk.check;
    const struct mmu_context *own = &x->walk.pending->context;
    struct check_visits visits;

    x->walk.cut = check_csrs_vary(check) ? check_full_cut(check, x->obeys) : CHECK_NEVER - 1;
    x->va = mmu_transform(&check->unbounded, own, &x->walk.pending->request);
    x->context = *own;
    x->context.sbe = false; /* check_way has the order */
    find_denied(x);
    if (x->denied.steps == 0) {
        explore_no_walk(x);
        return;
    }
    x->visits = &visits;
    if (!explore_types(x) || !check->config.model.svnapot || x->for_swap)
        return;
    x->walk.neighbours = true; /* there are many, which seldom explain anything */
    explore_types(x);
}

void check_each_outcome(struct check *check, const struct check_pending *pending, uint64_t now,
                        check_visit *visit, void *user)
{
    struct explore x = {
        .walk = {.check = check, .pending = pending, .life = {pending->accepted, now + 1}},
        .obeys = pending->accepted_cycle,
        .visit = visit,
        .user = user};

    explore(&x);
}

void check_each_swap(struct check *check, const struct check_pending *pending, uint64_t now,
                     check_visit *visit, void *user)
{
    struct check_pending asking = *pending;
    struct explore x = {
        .walk = {.check = check, .pending = &asking, .life = {pending->accepted, now + 1}},
        .obeys = check_cycle(now),
        .for_swap = true,
        .visit = visit,
        .user = user};

    asking.speculative = true; /* so that a walk which would write is an outcome */
    explore(&x);
}

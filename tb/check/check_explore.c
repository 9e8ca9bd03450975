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
#include "check_explore.h"
#include "mmu_pte.h"

/* A pointer of this walk, read in `span`: when it can be used. */
static struct check_span pointer_use(const struct check_explore *x, struct check_span span)
{
    struct check_entry pointer = {.asid = x->root->asid, .global = x->global};
    uint64_t cut = check_next_cut(x->walk.check, &pointer, span.to, x->obeys);

    return check_overlap((struct check_span){span.from, cut},
                         (struct check_span){0, x->walk.life.to});
}

/* The PTE read last turned out to be a pointer. */
static void descend(struct check_explore *x)
{
    x->global |= (x->walk.pte & MMU_PTE_G) != 0;
    x->walk.usable = pointer_use(x, x->walk.read);
}

/* Whether a walk has been here before with at least as much time; if not, it has now. */
static bool was_visited(struct check_explore *x, uint64_t pa)
{
    struct check_visit visit = {.pa = pa,
                                .usable = x->walk.usable,
                                .asid = x->root->asid,
                                .level = x->levels - 1 - x->reads,
                                .global = x->global,
                                .foreign = x->reads == 0 && !check_own_root(x)};

    return check_visited(x->visits, &visit);
}

static bool read_choice(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct check_explore *x = user;

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
    struct check_explore *x = user;
    struct check_access store = {MMU_S, MMU_STORE, pa, bytes};

    bool swapped = x->walk.pending->context.sbe;

    x->writes = true;
    x->expected = swapped ? check_swap_bytes(x->walk.check, expected) : expected;
    x->desired = swapped ? check_swap_bytes(x->walk.check, desired) : desired;
    *found = expected;
    return check_allows(x->walk.check, &store, CHECK_NEVER);
}

/* To the next choice: the deepest read that has another way. */
static bool next_choice(struct check_explore *x)
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
static bool explore_span(struct check_explore *x, struct check_span usable)
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
        if (x->reads > 0 && !check_report_walk(x, &outcome))
            return false;
    } while (next_choice(x));
    return true;
}

static void begin_at(struct check_explore *x, const struct check_root *root)
{
    x->root = root;
    x->context.satp = root->satp;
    x->levels = mmu_satp_levels(&x->walk.check->config.model, root->satp);
    x->global = false;
}

/* A walk has the root that was in force when it was asked for, whatever came later. */
static bool explore_own_root(struct check_explore *x)
{
    uint64_t satp = x->walk.pending->context.satp;
    const struct check_root own = {.satp = satp,
                                   .asid = mmu_satp_asid(&x->walk.check->config.model, satp)};

    begin_at(x, &own);
    return explore_span(x, x->walk.life);
}

static bool explore_root(struct check_explore *x, const struct check_root *root)
{
    begin_at(x, root);
    for (size_t i = root->count; i-- > 0;)
        if (!explore_span(x, pointer_use(x, root->spans[i])))
            return false;
    return true;
}

/* The request's own ASID first, then what other ASIDs may have left as global. */
static bool explore_roots(struct check_explore *x)
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

/* What the request is answered with if PMP allows nothing. Without a walk no PTE is read first. */
static void find_denied(struct check_explore *x)
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
static bool explore_types(struct check_explore *x)
{
    bool pbmte = x->walk.pending->context.pbmte;

    x->context.pbmte = pbmte;
    if (!explore_roots(x))
        return false;
    x->context.pbmte = true;
    return pbmte || check_pbmte_from(x->walk.check, true, x->walk.cut) == CHECK_NEVER ||
           explore_roots(x);
}

static void explore(struct check_explore *x)
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
        check_report_no_walk(x);
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
    struct check_explore x = {
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
    struct check_explore x = {
        .walk = {.check = check, .pending = &asking, .life = {pending->accepted, now + 1}},
        .obeys = check_cycle(now),
        .for_swap = true,
        .visit = visit,
        .user = user};

    asking.speculative = true; /* so that a walk which would write is an outcome */
    explore(&x);
}

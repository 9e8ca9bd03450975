// SPDX-License-Identifier: Apache-2.0
/*
 * Which outcomes are legal. The model walks; every PTE that it reads is one of the values that the
 * word held at some time at which the pointer above could be used, and all choices are tried, one
 * walk for each. A pointer read in the span [lo, hi) can be used from lo on until the first fence
 * that covers it and has its cut at hi or later: before a cut within the span, it was read again.
 */
#include "check_internal.h"
#include "mmu_pte.h"

#include <string.h>

#define VISITS  512 /* kept; more are walked again */
#define BUCKETS 256

/* A PTE that a walk arrived at, and when its address was known. All walks below it have been tried:
 * one that arrives at it later, with no more time to use it, finds nothing new. */
struct visit {
    uint64_t pa;
    struct check_span usable;
    unsigned asid, level;
    bool global;
    bool foreign; /* the first PTE of a root that is not the request's: no fault of it counts */
    unsigned short next; /* in the bucket; 0 = none */
};

struct visits {
    unsigned short bucket[BUCKETS]; /* index of the first, plus 1 */
    unsigned count;
    struct visit visit[VISITS];
};

/* One walk, and the choices that lead to the next. */
struct explore {
    struct check *check;
    const struct check_pending *pending;
    const struct check_root *root;
    struct check_span life;   /* of the request, to now */
    struct check_span usable; /* when the next PTE's address is known */
    struct check_span read;   /* when the last PTE may have been read */
    uint64_t pte;             /* the last PTE read */
    bool erred;               /* its read erred */
    bool global;              /* a pointer so far had G */
    bool writes;              /* the walk would have to set A or D */
    unsigned levels;          /* of the root's mode */
    unsigned reads;
    unsigned fixed; /* reads at the beginning that are those of the walk before */
    struct visits *visits;
    struct {
        unsigned pick; /* 0: the oldest value */
        bool more;
    } choice[MMU_MAX_LEVELS];
    uint64_t since[MMU_MAX_LEVELS];
};

static struct check_span overlap(struct check_span a, struct check_span b)
{
    return (struct check_span){a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to};
}

static bool is_empty(struct check_span span)
{
    return span.from >= span.to;
}

/* A pointer of this walk, read in `span`: when it can be used. */
static struct check_span pointer_use(const struct explore *x, struct check_span span)
{
    struct check_entry pointer = {.asid = x->root->asid, .global = x->global};
    uint64_t cut = check_next_cut(x->check, &pointer, span.to, x->pending->accepted_cycle);

    return overlap((struct check_span){span.from, cut}, (struct check_span){0, x->life.to});
}

/* The PTE read last turned out to be a pointer. */
static void descend(struct explore *x)
{
    x->global |= (x->pte & MMU_PTE_G) != 0;
    x->usable = pointer_use(x, x->read);
}

/* Whether a walk has been here before with at least as much time; if not, it has now. */
static bool was_visited(struct explore *x, uint64_t pa)
{
    struct visits *v = x->visits;
    unsigned level = x->levels - 1 - x->reads;
    bool foreign = x->reads == 0 && x->root->satp != x->pending->context.satp;
    unsigned short *bucket = &v->bucket[(pa >> 2 ^ pa >> 12) % BUCKETS];

    for (unsigned at = *bucket; at; at = v->visit[at - 1].next) {
        const struct visit *old = &v->visit[at - 1];
        if (old->pa == pa && old->level == level && old->asid == x->root->asid &&
            old->global == x->global && old->foreign == foreign &&
            old->usable.from <= x->usable.from && old->usable.to >= x->usable.to)
            return true;
    }
    if (v->count < VISITS) {
        v->visit[v->count] = (struct visit){.pa = pa,
                                            .usable = x->usable,
                                            .asid = x->root->asid,
                                            .level = level,
                                            .global = x->global,
                                            .foreign = foreign,
                                            .next = *bucket};
        *bucket = ++v->count;
    }
    return false;
}

/* The `index`th way in which the read of this word may have ended: values oldest first, then the
 * errors seen during the request's life. */
static bool way(struct explore *x, uint64_t pa, unsigned index)
{
    bool readable;

    if (check_value_in(x->check, pa, x->usable, index, &x->pte, &x->read, &readable)) {
        x->erred = !readable;
        return true;
    }
    size_t before = check_values_in(x->check, pa, x->usable);
    struct check_span span = overlap(x->usable, x->life);
    for (size_t i = 0; i < x->check->error_count; i++) {
        const struct check_error *error = &x->check->errors[i];
        if (error->pa != pa || error->when < span.from || error->when >= span.to)
            continue;
        if (before++ == index) {
            x->read = (struct check_span){error->when, error->when + 1};
            x->erred = true;
            return true;
        }
    }
    return false;
}

static bool read_choice(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct explore *x = user;

    (void)bytes;
    if (x->reads > 0)
        descend(x);
    bool visited = x->reads >= x->fixed && was_visited(x, pa);
    unsigned at = x->reads++;
    x->choice[at].more = !visited && way(x, pa, x->choice[at].pick + 1);
    if (visited || !way(x, pa, x->choice[at].pick)) {
        x->read = (struct check_span){0, 0}; /* no such walk, or none that is new */
        x->erred = true;
    }
    x->since[at] = check_cycle(x->read.from);
    *value = x->pte;
    return !x->erred;
}

/* A walk that would have to write is not finished: what it wrote is a value of its own. */
static bool swap_choice(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                        uint64_t desired, uint64_t *found)
{
    struct explore *x = user;

    (void)pa;
    (void)bytes;
    (void)desired;
    x->writes = true;
    *found = expected;
    return true;
}

/* Whether a leaf read in x->read may answer a request accepted when this one was. */
static bool leaf_survives(const struct explore *x, const struct mmu_answer *answer)
{
    unsigned level = answer->step[answer->steps - 1].level;
    unsigned vpn_bits = x->check->config.model.xlen == 32 ? 10 : 9;
    bool global = x->global || x->pte & MMU_PTE_G;
    struct check_entry leaf = {.leaf = true,
                               .asid = x->root->asid,
                               .global = global,
                               .va = x->pending->request.va,
                               .shift = MMU_PAGE_SHIFT + level * vpn_bits};

    return check_next_cut(x->check, &leaf, x->read.to, x->pending->accepted_cycle) == CHECK_NEVER;
}

static bool same_asid(const struct explore *x)
{
    return x->root->asid == mmu_satp_asid(&x->check->config.model, x->pending->context.satp);
}

/* A fault is born in a walk of the request itself: from its own root, or below a pointer of its
 * ASID or a global one, by a PTE that was read during the request's life. */
static bool fault_is_legal(struct explore *x, const struct mmu_answer *answer)
{
    bool own = x->root->satp == x->pending->context.satp;

    if (answer->steps == 0)
        return own;
    if (answer->steps > x->reads) { /* an address beyond the width, never read */
        if (x->reads > 0)
            descend(x);
        x->read = x->usable;
    }
    if (!own && (answer->steps < 2 || (!same_asid(x) && !x->global)))
        return false;
    return !is_empty(overlap(x->read, x->life));
}

static bool is_legal(struct explore *x, const struct mmu_answer *answer)
{
    bool leaf = answer->steps > 0 && answer->step[answer->steps - 1].leaf;

    if (x->reads > 0 && is_empty(x->read))
        return false;
    if (answer->result == MMU_PAGE_FAULT || (answer->result == MMU_ACCESS_FAULT && !leaf))
        return fault_is_legal(x, answer);
    if (x->writes)
        return x->pending->speculative && fault_is_legal(x, answer);
    if (!same_asid(x) && !x->global && !(x->pte & MMU_PTE_G))
        return false;
    return leaf_survives(x, answer);
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

/* All walks that begin at this root in this span of its being in force. */
static bool explore_span(struct explore *x, struct check_span in_force, check_visit *visit,
                         void *user)
{
    struct mmu_memory memory = {.user = x, .read = read_choice, .compare_and_swap = swap_choice};
    struct mmu_context context = x->pending->context;

    context.satp = x->root->satp;
    x->levels = mmu_satp_levels(&x->check->config.model, context.satp);
    x->fixed = 0;
    for (unsigned i = 0; i < MMU_MAX_LEVELS; i++)
        x->choice[i].pick = 0;
    do {
        struct check_outcome outcome = {.satp = x->root->satp};
        x->reads = 0;
        x->global = false;
        x->writes = false;
        x->erred = false;
        x->usable = pointer_use(x, in_force);
        mmu_translate(&x->check->config.model, &context, &memory, &x->pending->request,
                      &outcome.answer);
        if (!is_legal(x, &outcome.answer))
            continue;
        outcome.defer = x->writes;
        for (unsigned i = 0; i < x->reads; i++)
            outcome.since[i] = x->since[i];
        if (!visit(user, &outcome))
            return false;
    } while (next_choice(x));
    return true;
}

static bool explore_root(struct explore *x, check_visit *visit, void *user)
{
    for (size_t i = x->root->count; i-- > 0;)
        if (!explore_span(x, x->root->spans[i], visit, user))
            return false;
    return true;
}

void check_each_outcome(struct check *check, const struct check_pending *pending, uint64_t now,
                        check_visit *visit, void *user)
{
    const struct mmu_config *model = &check->config.model;
    unsigned levels =
        pending->context.privilege == MMU_M ? 0 : mmu_satp_levels(model, pending->context.satp);

    /* A change between Bare and a translating MODE counts at once ("satp Register"), and an address
     * that is not canonical matches no translation: one outcome each. */
    if (levels == 0 || !mmu_canonical(model, levels, pending->request.va)) {
        struct check_outcome only = {.satp = pending->context.satp};
        bool writes;
        check_current(check, pending, &only.answer, &writes);
        visit(user, &only);
        return;
    }
    struct visits visits;
    struct explore x = {.check = check,
                        .pending = pending,
                        .life = {pending->accepted, now + 1},
                        .visits = &visits};
    visits.count = 0;
    memset(visits.bucket, 0, sizeof visits.bucket);
    /* The request's own ASID first, then what other ASIDs may have left as global. */
    for (unsigned turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < check->root_count; i++) {
            x.root = &check->roots[i];
            if (same_asid(&x) == (turn == 0) && !explore_root(&x, visit, user))
                return;
        }
}

static bool swap_nothing(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                         uint64_t desired, uint64_t *found)
{
    struct explore *x = user;

    return swap_choice(x, pa, bytes, expected, desired, found);
}

static bool read_now(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct explore *x = user;
    const struct mmu_memory *memory = &x->check->config.memory;

    return memory->read(memory->user, pa, bytes, value);
}

void check_current(struct check *check, const struct check_pending *pending,
                   struct mmu_answer *answer, bool *writes)
{
    struct explore x = {.check = check};
    struct mmu_memory memory = {.user = &x, .read = read_now, .compare_and_swap = swap_nothing};

    if (!pending->context.adue)
        memory = check->config.memory;
    mmu_translate(&check->config.model, &pending->context, &memory, &pending->request, answer);
    *writes = x.writes;
}

struct collection {
    struct check_outcome *outcomes;
    size_t count, max;
};

static bool same_outcome(const struct check_outcome *a, const struct check_outcome *b)
{
    return a->defer == b->defer && a->answer.result == b->answer.result &&
           a->answer.cause == b->answer.cause && a->answer.pa == b->answer.pa &&
           a->answer.page_shift == b->answer.page_shift;
}

static bool collect(void *user, const struct check_outcome *outcome)
{
    struct collection *found = user;

    for (size_t i = 0; i < found->count; i++)
        if (same_outcome(&found->outcomes[i], outcome))
            return true;
    if (found->count < found->max)
        found->outcomes[found->count++] = *outcome;
    return found->count < found->max;
}

size_t check_collect(struct check *check, const struct check_pending *pending, uint64_t now,
                     struct check_outcome *outcomes, size_t max)
{
    struct collection found = {.outcomes = outcomes, .max = max};

    if (max > 0)
        check_each_outcome(check, pending, now, collect, &found);
    return found.count;
}

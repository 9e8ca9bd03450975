// SPDX-License-Identifier: Apache-2.0
/*
 * The other agent of a random run, which stores to PTEs: to any of them at any time, and above all
 * to one that a walk has read and is about to set A or D in, so that its compare-and-swap loses.
 */
#include "random_pte.h"
#include "random_traffic.h"

static struct raced_pte *find_raced(struct traffic *t, uint64_t pa)
{
    for (unsigned i = 0; i < RACED_PTES; i++)
        if (t->raced[i].pa == pa)
            return &t->raced[i];
    return NULL;
}

/* The swap is on its way from the next cycle on, for about as long as memory takes. */
static void plan_race(struct traffic *t, struct raced_pte *raced)
{
    uint64_t *rng = &t->rng[STREAM_RACES];

    if (chance(rng, t->rates.race))
        raced->due = dut_cycle(t->dut) + 1 + splitmix_below(rng, t->timing.latency_max + 3);
}

void traffic_saw_read(struct traffic *t, uint64_t pa, uint64_t word)
{
    uint64_t pte = world_word(&t->world, world_table_at(&t->world, pa), word);
    uint64_t both = MMU_PTE_A | MMU_PTE_D;

    if (!t->world.svadu || !pte_is_leaf(&t->world, pte) || (pte & both) == both)
        return;
    struct raced_pte *raced = find_raced(t, pa);
    if (!raced) {
        raced = &t->raced[t->next_raced++ % RACED_PTES];
        *raced = (struct raced_pte){.pa = pa};
    }
    raced->lost = 0;
    plan_race(t, raced);
}

void traffic_saw_swap(struct traffic *t, uint64_t pa, bool lost)
{
    struct raced_pte *raced = find_raced(t, pa);

    if (!raced)
        return;
    raced->lost = lost ? raced->lost + 1 : 0;
    if (raced->lost > traffic_lost_bound(t) && t->swap_verdict == CHECK_OK) {
        t->swap_verdict = CHECK_UNANSWERED;
        t->stuck_pa = pa;
    }
    raced->due = 0;
    if (lost)
        plan_race(t, raced);
}

bool traffic_store_word(struct traffic *t, uint64_t pa, uint64_t word)
{
    const struct raced_pte *raced = find_raced(t, pa);
    uint64_t old;

    if ((raced && raced->lost >= RACES_IN_A_ROW) ||
        !world_read(&t->world, pa, world_pte_bytes(&t->world), &old))
        return false;
    check_note_store(t->check, pa, world_pte_bytes(&t->world), word, t->cycle);
    world_write(&t->world, pa, word);
    t->statistics->stores++;
    return true;
}

void traffic_race(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_RACES];

    for (unsigned i = 0; i < RACED_PTES; i++) {
        struct raced_pte *raced = &t->raced[i];
        uint64_t word;
        if (raced->due == 0 || raced->due > t->cycle)
            continue;
        raced->due = 0;
        struct world_table table = world_table_at(&t->world, raced->pa);
        if (!world_read(&t->world, raced->pa, world_pte_bytes(&t->world), &word))
            continue;
        uint64_t pte = pte_race(&t->world, table, world_word(&t->world, table, word), rng);
        if (traffic_store_word(t, raced->pa, world_word(&t->world, table, pte)))
            t->statistics->races++;
        traffic_fence_all(t, 6);
    }
}

/* The PTE to be changed: one that the walk of some address reads, mostly the last. */
struct target {
    uint64_t satp, va;
    bool race; /* that of an address asked last: its walk may be on its way */
    struct mmu_step step;
};

static bool pick_target(struct traffic *t, struct target *target)
{
    uint64_t *rng = &t->rng[STREAM_STORES];
    const struct mmu_memory memory = traffic_peek(t);
    struct mmu_context context = traffic_view(t, MMU_S);
    struct mmu_answer walk;

    *target = (struct target){.va = traffic_va(t, rng), .race = splitmix_below(rng, 2)};
    if (target->race) {
        target->va = t->port[splitmix_below(rng, DUT_PORTS)].request.va;
    } else if (splitmix_below(rng, 4) == 0) { /* tables that are not in use now */
        const struct world_root *root = world_any_root(&t->world, rng);
        context.satp = root->satp;
        context.sbe = root->big;
    }
    target->satp = context.satp;
    const struct mmu_request request = {.va = target->va, .access = MMU_LOAD, .size = 1};
    mmu_translate(&t->world.model, &context, &memory, &request, &walk);
    if (walk.steps == 0)
        return false;
    target->step =
        walk.step[splitmix_below(rng, 3) ? walk.steps - 1 : splitmix_below(rng, walk.steps)];
    return true;
}

/* An operating system changes all sixteen PTEs of a 64 KiB page, one after the other. */
static void store_siblings(struct traffic *t, uint64_t pa, uint64_t word)
{
    unsigned bytes = world_pte_bytes(&t->world);
    uint64_t first = pa & ~(uint64_t)(16 * bytes - 1);

    for (unsigned i = 0; i < 16; i++)
        if (first + i * bytes != pa)
            traffic_store_word(t, first + i * bytes, word);
}

void traffic_store(struct traffic *t)
{
    uint64_t *rng = &t->rng[STREAM_STORES];
    struct target target;

    if (!one_in(rng, t->rates.store) || !pick_target(t, &target))
        return;
    const struct mmu_step *step = &target.step;
    struct world_table table = world_table_at(&t->world, step->pte_pa);
    table.level = step->level;
    uint64_t pte = pte_change(&t->world, table, step->pte, rng);
    uint64_t word = world_word(&t->world, table, pte);
    traffic_store_word(t, step->pte_pa, word);
    if (t->world.model.svnapot && (pte | step->pte) & MMU_PTE_N && splitmix_below(rng, 2))
        store_siblings(t, step->pte_pa, word);
    traffic_fence_pte(t, target.satp, target.va, step, target.race);
}

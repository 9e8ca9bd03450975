// SPDX-License-Identifier: Apache-2.0
/*
 * The inside of the twin of the design under test (twin_dut.h): its faults, its TLB and cache of
 * pointers, and its walks. It keeps the PTEs of a walk rather than what they mean, and asks the
 * model again for each access, so that it has no permission rules of its own.
 */
#ifndef TWIN_WALK_H
#define TWIN_WALK_H

#include "dut.h"
#include "mmu_pte.h"
#include "splitmix.h"

enum twin_fault {
    TWIN_GOOD,
    TWIN_IGNORES_FENCES,     /* the TLB keeps what a fence covers */
    TWIN_WALK_OUTRUNS_FENCE, /* a walk goes on with what it read before the fence */
    TWIN_FILLS_OLD_ROOT,     /* a walk of a root no longer in satp fills after a fence */
    TWIN_IGNORES_ASID,       /* an entry matches every ASID */
    TWIN_ANSWERS_KILLED,     /* kill does nothing */
    TWIN_LIVE_CONTEXT,       /* a walk ends with the CSRs of that moment */
    TWIN_CACHES_FAULTS,      /* a walk that ends in a fault is kept too */
    TWIN_SUPERPAGE_OFFSET,   /* only 12 bits of the address go into a superpage's */
    TWIN_ANSWERS_TWICE,      /* now and then */
    TWIN_LOSES_REQUEST,      /* now and then */
    TWIN_STORES_CLEAN,       /* a hit does not look at D */
    TWIN_FENCES_ONE_ENTRY,   /* a fence by address removes one entry only */
    TWIN_FENCES_BASE_PAGE,   /* a fence by address leaves superpages but for their first page */
    TWIN_SAYS_TOO_LARGE,     /* base pages are answered as superpages */
    TWIN_WRONG_CAUSE,        /* a store's fault is said to be a load's */
    TWIN_STALE_FAULT,        /* a hit that denies is a fault, without a walk */
    TWIN_STUCK_FENCE,        /* a fence by ASID does not end */
    TWIN_UNREADY,            /* after a while nothing is accepted any more */
    TWIN_UNSTABLE_PORT,      /* says so */
    TWIN_FAULTS
};

static const char *const twin_fault_names[TWIN_FAULTS] = {
    "good",           "ignores_fences", "walk_outruns_fence", "fills_old_root",   "ignores_asid",
    "answers_killed", "live_context",   "caches_faults",      "superpage_offset", "answers_twice",
    "loses_request",  "stores_clean",   "fences_one_entry",   "fences_base_page", "says_too_large",
    "wrong_cause",    "stale_fault",    "stuck_fence",        "unready",          "unstable_port"};

#define TWIN_TLB      16
#define TWIN_POINTERS 8
#define TWIN_TAGS     8

/* PTEs that a walk read, root first. */
struct twin_walk {
    uint64_t satp; /* of the root that they were read from */
    unsigned count;
    uint64_t pte[MMU_MAX_LEVELS];
    bool erred;
};

struct twin_entry {
    bool valid, global;
    unsigned asid, shift;
    uint64_t va;
    struct twin_walk walk;
};

enum twin_state { TWIN_FREE, TWIN_LOOKUP, TWIN_WALKS, TWIN_DONE };

struct twin_slot {
    enum twin_state state;
    bool fills;
    struct dut_request request;
    struct dut_context context;
    struct twin_walk walk;
    unsigned known; /* PTEs of it that came from the cache of pointers */
    unsigned delay;
    struct dut_response response;
};

struct dut {
    struct dut_parameters p;
    struct mmu_config model;
    struct dut_memory memory;
    struct dut_memory_timing timing;
    enum twin_fault fault;
    struct dut_context context;
    struct mmu_pmp pmp;
    uint64_t cycle, rng, events[DUT_EVENTS];
    unsigned fence_left;
    bool fence_runs;
    struct twin_entry tlb[TWIN_TLB], pointer[TWIN_POINTERS];
    struct twin_slot slot[DUT_PORTS][TWIN_TAGS];
    bool answers[DUT_PORTS];
    struct dut_response answer[DUT_PORTS];
};

/* The model's memory: what the walk has read; the first PTE that it has not is `needed`. */
struct twin_replay {
    const struct twin_walk *walk;
    unsigned next;
    bool needs;
    uint64_t needed;
};

static inline bool twin_replay_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct twin_replay *replay = user;
    unsigned at = replay->next++;

    (void)bytes;
    if (at < replay->walk->count) {
        *value = replay->walk->pte[at];
        return true;
    }
    replay->needs = !replay->walk->erred;
    replay->needed = pa;
    return false;
}

static inline struct twin_replay twin_translate(const struct dut *dut, const struct twin_walk *walk,
                                                const struct dut_context *csr,
                                                const struct dut_request *request,
                                                struct mmu_answer *answer)
{
    struct twin_replay replay = {.walk = walk};
    struct mmu_memory memory = {.user = &replay, .read = twin_replay_read};
    struct mmu_context context = {
        .satp = walk->satp, .privilege = request->privilege, .sum = csr->sum, .mxr = csr->mxr};
    struct mmu_request asked = {request->va, request->access, request->size};

    mmu_translate(&dut->model, &context, &memory, &asked, answer);
    return replay;
}

static inline bool twin_matches(const struct dut *dut, const struct twin_entry *entry,
                                const struct twin_slot *slot)
{
    return entry->valid && entry->va >> entry->shift == slot->request.va >> entry->shift &&
           mmu_satp_levels(&dut->model, entry->walk.satp) ==
               mmu_satp_levels(&dut->model, slot->context.satp) &&
           (entry->global || dut->fault == TWIN_IGNORES_ASID ||
            entry->asid == mmu_satp_asid(&dut->model, slot->context.satp));
}

static inline void twin_respond(struct dut *dut, struct twin_slot *slot,
                                const struct mmu_answer *answer)
{
    slot->response =
        (struct dut_response){.tag = slot->request.tag,
                              .result = answer->result == MMU_GRANTED ? DUT_GRANTED : DUT_FAULT,
                              .pa = answer->pa,
                              .page_shift = answer->page_shift,
                              .cause = answer->cause,
                              .tval = answer->tval};
    slot->state = TWIN_DONE;
    if (dut->fault == TWIN_SUPERPAGE_OFFSET && answer->page_shift > 12)
        slot->response.pa =
            (answer->pa >> answer->page_shift << answer->page_shift) | (slot->request.va & 0xfff);
    if (dut->fault == TWIN_SAYS_TOO_LARGE && answer->page_shift == 12)
        slot->response.page_shift = dut->p.xlen == 32 ? 22 : 21;
    if (dut->fault == TWIN_WRONG_CAUSE && answer->cause == 15)
        slot->response.cause = 13;
}

static inline bool twin_hit(struct dut *dut, struct twin_slot *slot)
{
    for (unsigned i = 0; i < TWIN_TLB; i++) {
        struct twin_entry *entry = &dut->tlb[i];
        struct mmu_answer answer;
        if (!twin_matches(dut, entry, slot))
            continue;
        struct twin_walk walk = entry->walk;
        if (dut->fault == TWIN_STORES_CLEAN)
            walk.pte[walk.count - 1] |= MMU_PTE_D;
        twin_translate(dut, &walk, &slot->context, &slot->request, &answer);
        if (answer.result != MMU_GRANTED && dut->fault != TWIN_CACHES_FAULTS &&
            dut->fault != TWIN_STALE_FAULT)
            continue;
        twin_respond(dut, slot, &answer);
        return true;
    }
    return false;
}

/* Begins the walk at the root, or below the pointers that the cache knows. */
static inline void twin_begin(struct dut *dut, struct twin_slot *slot)
{
    unsigned spread = dut->timing.latency_max - dut->timing.latency_min + 1;

    slot->state = TWIN_WALKS;
    slot->delay = dut->timing.latency_min + splitmix_below(&dut->rng, spread);
    slot->walk = (struct twin_walk){.satp = slot->context.satp};
    for (unsigned i = 0; i < TWIN_POINTERS; i++)
        if (twin_matches(dut, &dut->pointer[i], slot) &&
            dut->pointer[i].walk.count > slot->walk.count)
            slot->walk = dut->pointer[i].walk;
    slot->known = slot->walk.count;
}

static inline void twin_keep(struct dut *dut, struct twin_entry *to, const struct twin_slot *slot,
                             unsigned count, unsigned shift, bool global)
{
    *to = (struct twin_entry){.valid = true,
                              .global = global,
                              .asid = mmu_satp_asid(&dut->model, slot->walk.satp),
                              .shift = shift,
                              .va = slot->request.va,
                              .walk = slot->walk};
    to->walk.count = count;
    to->walk.erred = false;
}

/* What a finished walk leaves behind. */
static inline void twin_fill(struct dut *dut, const struct twin_slot *slot,
                             const struct mmu_answer *answer)
{
    const struct twin_walk *walk = &slot->walk;
    unsigned vpn_bits = dut->p.xlen == 32 ? 10 : 9;
    bool global = false;
    bool keep = answer->result == MMU_GRANTED || dut->fault == TWIN_CACHES_FAULTS;

    for (unsigned i = 0; i + 1 < answer->steps && i < walk->count; i++) {
        global |= (walk->pte[i] & MMU_PTE_G) != 0;
        if (i < slot->known) /* a fence may have taken those above a global one */
            continue;
        twin_keep(dut, &dut->pointer[splitmix_below(&dut->rng, TWIN_POINTERS)], slot, i + 1,
                  12 + answer->step[i].level * vpn_bits, global);
    }
    if (keep && walk->count > 0 && walk->count == answer->steps)
        twin_keep(dut, &dut->tlb[splitmix_below(&dut->rng, TWIN_TLB)], slot, walk->count,
                  12 + answer->step[answer->steps - 1].level * vpn_bits,
                  global || walk->pte[walk->count - 1] & MMU_PTE_G);
}

static inline void twin_walk_on(struct dut *dut, struct twin_slot *slot)
{
    struct mmu_answer answer;
    struct dut_context csr = dut->fault == TWIN_LIVE_CONTEXT ? dut->context : slot->context;

    if (slot->delay > 0 && --slot->delay > 0)
        return;
    struct twin_replay replay = twin_translate(dut, &slot->walk, &csr, &slot->request, &answer);
    if (replay.needs) {
        uint64_t value = 0;
        slot->walk.erred =
            !dut->memory.read(dut->memory.user, replay.needed, dut->p.xlen == 32 ? 4 : 8, &value);
        if (!slot->walk.erred)
            slot->walk.pte[slot->walk.count++] = value;
        dut->events[DUT_PTE_READ]++;
        slot->delay = dut->timing.latency_max;
        return;
    }
    if (slot->fills)
        twin_fill(dut, slot, &answer);
    twin_respond(dut, slot, &answer);
}

static inline void twin_lookup(struct dut *dut, enum dut_port port, struct twin_slot *slot)
{
    struct mmu_answer answer;
    unsigned levels =
        slot->request.privilege == MMU_M ? 0 : mmu_satp_levels(&dut->model, slot->context.satp);
    unsigned hit = port == DUT_FETCH ? DUT_FETCH_HIT : DUT_DATA_HIT;

    if (levels == 0 || !mmu_canonical(&dut->model, levels, slot->request.va)) {
        slot->walk = (struct twin_walk){.satp = slot->context.satp};
        twin_translate(dut, &slot->walk, &slot->context, &slot->request, &answer);
        twin_respond(dut, slot, &answer);
    } else if (twin_hit(dut, slot)) {
        dut->events[hit]++;
    } else {
        dut->events[hit + 1]++;
        twin_begin(dut, slot);
    }
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* What the files of the scoreboard share. */
#ifndef CHECK_INTERNAL_H
#define CHECK_INTERNAL_H

#include "check.h"

#include <uthash.h>

/*
 * A moment: the cycle above, the order of events within it in the low bits. Spans of time are half
 * open, [from, to).
 */
#define CHECK_ORDER_BITS 20
#define CHECK_NEVER      UINT64_MAX
#define CHECK_TAGS       64

struct check_span {
    uint64_t from, to;
};

static inline struct check_span check_overlap(struct check_span a, struct check_span b)
{
    return (struct check_span){a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to};
}

/* A value of a word, in force until the next one's `from`. */
struct check_value {
    uint64_t from;
    uint64_t value;
};

/* A PTE-sized word that was stored to. */
struct check_word {
    uint64_t pa;
    struct check_value *values; /* ascending in time; the last is in force */
    size_t count, capacity;
    UT_hash_handle hh;
};

/* A value that satp had, with the times at which it was in force. */
struct check_root {
    uint64_t satp;
    unsigned asid;
    struct check_span *spans; /* ascending */
    size_t count, capacity;
};

/* PMP CSRs, and the time in which they were in force, with what was between. */
struct check_pmp {
    struct mmu_pmp pmp;
    struct check_span when;
};

/* CSRs that decide how PTEs are read and whether, with what is past of them. For each value of a
 * bit, when it was in force, with what was between; empty if it never was. What was accepted in
 * that time may read later, but never earlier. */
struct check_csrs {
    struct mmu_pmp pmp; /* in force ... */
    uint64_t pmp_from;  /* ... since */
    struct check_pmp *old_pmp;
    size_t old_count, old_capacity;
    struct check_span pbmte[2], sbe[2];
};

/* A fence. It takes away what was read before `cut` from requests accepted after `done_cycle`. */
struct check_fence {
    struct dut_fence what; /* ASID cut to the bits implemented */
    uint64_t cut;
    uint64_t done_cycle; /* CHECK_NEVER while it waits */
    bool effective;      /* it is no ordering instruction, and its address, if it has one, was valid
                            in satp.MODE all the time */
};

/* A read or a swap that erred. */
struct check_error {
    uint64_t when, pa;
};

enum check_state { CHECK_FREE, CHECK_LIVE, CHECK_ANSWERED, CHECK_DEAD };

/* The last request under a tag. */
struct check_pending {
    enum check_state state;
    struct mmu_request request;
    struct mmu_context context;
    bool speculative;
    uint64_t accepted, accepted_cycle;
    uint64_t ended_cycle;
    bool updated; /* a swap was stored for it: where, and from what to what */
    uint64_t updated_pa, before, after;
};

struct check {
    struct check_config config;
    uint64_t last; /* the moment of the last event */
    bool no_memory;
    unsigned pte_bytes;
    struct mmu_config unbounded; /* the model's, without PMP and width: those are judged here */

    struct check_word *words; /* hashed by pa */
    struct check_root *roots;
    size_t root_count, root_capacity;
    uint64_t satp; /* in force */
    struct check_csrs csrs;
    struct check_fence *fences;
    size_t fence_count, fence_capacity;
    bool fence_waits; /* the last of fences[] has not completed */
    struct check_error *errors;
    size_t error_count, error_capacity;
    uint64_t horizon; /* what was read before this moment is of no use to anyone */

    struct check_pending pending[DUT_PORTS][CHECK_TAGS];
    uint64_t live[DUT_PORTS];    /* masks of tags */
    struct check_pending *ended; /* those whose walk may go on and write A or D */
    size_t ended_count, ended_capacity;
    bool refused[DUT_PORTS];           /* a request waits to be accepted ... */
    uint64_t refused_since[DUT_PORTS]; /* ... since this cycle */
    unsigned count_every, count_turn;
    char text[8192];
};

/* Makes room for one more element of `size` bytes. False, and check->no_memory, when there is
 * none. */
bool check_room(struct check *check, void **array, size_t count, size_t *capacity, size_t size);

/* The moment of an event that happens now. */
uint64_t check_now(struct check *check, uint64_t cycle);

static inline uint64_t check_cycle(uint64_t moment)
{
    return moment >> CHECK_ORDER_BITS;
}

/* check_history.c: words, roots, errors. */
void check_forget(struct check *check);
void check_history_free(struct check *check);

/*
 * The `index`th value, oldest first, that the word at `pa` had at some time in `span`, and when
 * within it. False if there are no more. `*readable` false: the read errs.
 */
bool check_value_in(struct check *check, uint64_t pa, struct check_span span, unsigned index,
                    uint64_t *value, struct check_span *when, bool *readable);

/* How many there are. */
size_t check_values_in(struct check *check, uint64_t pa, struct check_span span);

/* check_fences.c. `shift` is log2 of the size of the page that the leaf maps. */
struct check_entry {
    bool leaf;
    unsigned asid;
    bool global;
    uint64_t va;
    unsigned shift;
};

/* The earliest cut, at `from` or later, of a fence that covers the entry and that a request
 * accepted in `accepted_cycle` has to obey; CHECK_NEVER if none. */
uint64_t check_next_cut(const struct check *check, const struct check_entry *entry, uint64_t from,
                        uint64_t accepted_cycle);

bool check_fence_is_full(const struct check_fence *fence);

/* The cut of the last fence of everything that a request accepted in `accepted_cycle` has to
 * obey. */
uint64_t check_full_cut(const struct check *check, uint64_t accepted_cycle);

/* check_csrs.c. */
void check_csrs_start(struct check *check);
void check_csrs_note(struct check *check, const struct dut_context *context, uint64_t cycle);
void check_csrs_forget(struct check *check);

/* Whether CSRs other than those in force may explain any answer. */
bool check_csrs_vary(const struct check *check);

/* What may explain an answer that obeys the fences up to `cut`: from when on a PTE was read with
 * this value; CHECK_NEVER if it was not. */
uint64_t check_pbmte_from(const struct check *check, bool value, uint64_t cut);
uint64_t check_sbe_from(const struct check *check, bool value, uint64_t cut);

/* From when on the address was within the width and PMP let the access happen: the PMP in force, or
 * one since `cut`. CHECK_NEVER if neither does. With CHECK_NEVER for `cut`, the one in force alone.
 */
struct check_access {
    enum mmu_privilege privilege;
    enum mmu_access access;
    uint64_t pa;
    unsigned size;
};

uint64_t check_allowed_from(const struct check *check, const struct check_access *access,
                            uint64_t cut);

static inline bool check_allows(const struct check *check, const struct check_access *access,
                                uint64_t cut)
{
    return check_allowed_from(check, access, cut) != CHECK_NEVER;
}

/* check_address.c. The same of the final address of a walk without PMP, for the request. `context`
 * has sbe = 0, as the PTEs in `answer` have. */
bool check_address_allowed(const struct check *check, const struct mmu_context *context,
                           const struct mmu_request *request, const struct mmu_answer *answer,
                           uint64_t cut);

/* check_read.c: the ways in which the read of a PTE may have ended. */
struct check_walk {
    struct check *check;
    const struct check_pending *pending;
    struct check_span life;   /* of the request, to now */
    struct check_span usable; /* when the next PTE's address is known */
    uint64_t cut;             /* CSRs in force since may explain the answer */
    bool neighbours;          /* the other PTEs of a NAPOT page may explain it too */
    /* The last read. */
    uint64_t pte;           /* as a little-endian machine has it */
    uint64_t pa;            /* where it was read */
    struct check_span read; /* when it may have been read */
    bool erred;             /* its read erred */
    bool foreign_order;     /* its bytes were taken in an order that is not the request's */
    bool neighbour;         /* it is another PTE of what may be the same NAPOT page */
};

/* The `index`th way: false if there are no more. Level 0 has those of NAPOT neighbours. */
bool check_way(struct check_walk *walk, uint64_t pa, unsigned level, unsigned index);

/* The bytes of a PTE the other way round. */
uint64_t check_swap_bytes(const struct check *check, uint64_t pte);

/* check_explore.c. Calls `visit` for every legal outcome of the request at the moment `now`, until
 * it returns false; the same outcome may come more than once. */
typedef bool check_visit(void *user, const struct check_outcome *outcome);
void check_each_outcome(struct check *check, const struct check_pending *pending, uint64_t now,
                        check_visit *visit, void *user);

/* Calls `visit` for every swap of a PTE that the request's own walk may do at the moment `now`:
 * outcomes with `defer`. */
void check_each_swap(struct check *check, const struct check_pending *pending, uint64_t now,
                     check_visit *visit, void *user);

/* check_outcomes.c. The outcome with the memory of now; `*writes` if the walk would have to write A
 * or D. */
void check_current(struct check *check, const struct check_pending *pending,
                   struct mmu_answer *answer, bool *writes);

/* At most `max` outcomes, each once. */
size_t check_collect(struct check *check, const struct check_pending *pending, uint64_t now,
                     struct check_outcome *outcomes, size_t max);

/* check_judge.c. The verdict; fills what the judgement says of the explanation. */
enum check_verdict check_judge(struct check *check, enum dut_port port,
                               const struct check_pending *pending,
                               const struct dut_response *response, uint64_t now,
                               struct check_judgement *judgement);

/* check_update.c: requests that have ended, but whose walk may go on: those killed, until a fence
 * of everything completes; and those answered while a fence waited, which may cut a walk short but
 * not its swap, until that fence completes. */
void check_ended_note(struct check *check, const struct check_pending *pending);
void check_ended_forget(struct check *check, const struct check_fence *fence);

/* check_explain.c: fill check->text. */
void check_say_answer(struct check *check, enum check_verdict verdict, enum dut_port port,
                      const struct check_pending *pending, const struct dut_response *response,
                      const struct check_outcome *outcomes, size_t count);
void check_say_tag(struct check *check, enum check_verdict verdict, enum dut_port port,
                   unsigned tag, uint64_t cycle);
void check_say_refusal(struct check *check, enum dut_port port, uint64_t cycle);
void check_say_fence(struct check *check, uint64_t cycle);
struct check_swap {
    uint64_t pa, expected, desired, found;
};

void check_say_update(struct check *check, const struct check_swap *swap);

#endif

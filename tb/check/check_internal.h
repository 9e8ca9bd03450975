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

/* A fence. It takes away what was read before `cut` from requests accepted after `done_cycle`. */
struct check_fence {
    struct dut_fence what; /* ASID cut to the bits implemented */
    uint64_t cut;
    uint64_t done_cycle; /* CHECK_NEVER while it waits */
    bool effective;      /* its address, if it has one, was valid in satp.MODE all the time */
};

/* A read that erred. */
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
};

struct check {
    struct check_config config;
    uint64_t last; /* the moment of the last event */
    bool no_memory;
    unsigned pte_bytes;

    struct check_word *words; /* hashed by pa */
    struct check_root *roots;
    size_t root_count, root_capacity;
    uint64_t satp; /* in force */
    struct check_fence *fences;
    size_t fence_count, fence_capacity;
    bool fence_waits; /* the last of fences[] has not completed */
    struct check_error *errors;
    size_t error_count, error_capacity;
    uint64_t horizon; /* what was read before this moment is of no use to anyone */

    struct check_pending pending[DUT_PORTS][CHECK_TAGS];
    uint64_t live[DUT_PORTS];          /* masks of tags */
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

/* check_legal.c. Calls `visit` for every legal outcome of the request at the moment `now`, until it
 * returns false; the same outcome may come more than once. */
typedef bool check_visit(void *user, const struct check_outcome *outcome);
void check_each_outcome(struct check *check, const struct check_pending *pending, uint64_t now,
                        check_visit *visit, void *user);

/* The outcome with the memory of now; `*writes` if the walk would have to write A or D. */
void check_current(struct check *check, const struct check_pending *pending,
                   struct mmu_answer *answer, bool *writes);

/* At most `max` outcomes, each once. */
size_t check_collect(struct check *check, const struct check_pending *pending, uint64_t now,
                     struct check_outcome *outcomes, size_t max);

/* check_explain.c: fill check->text. */
void check_say_answer(struct check *check, enum check_verdict verdict, enum dut_port port,
                      const struct check_pending *pending, const struct dut_response *response,
                      const struct check_outcome *outcomes, size_t count);
void check_say_tag(struct check *check, enum check_verdict verdict, enum dut_port port,
                   unsigned tag, uint64_t cycle);
void check_say_refusal(struct check *check, enum dut_port port, uint64_t cycle);
void check_say_fence(struct check *check, uint64_t cycle);

#endif

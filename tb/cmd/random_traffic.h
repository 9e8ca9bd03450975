// SPDX-License-Identifier: Apache-2.0
/* The stimuli of a random run. Each class has a random stream of its own, so that leaving one out
 * changes the others as little as possible. */
#ifndef RANDOM_TRAFFIC_H
#define RANDOM_TRAFFIC_H

#include "random_draw.h"
#include "random_drive.h"
#include "random_pmp.h"
#include "random_world.h"

enum stream {
    STREAM_PHASE,
    STREAM_CONTEXT,
    STREAM_KILLS,
    STREAM_STORES,
    STREAM_FENCES,
    STREAM_ERRORS,
    STREAM_FETCH, /* + port */
    STREAM_DATA,
    STREAM_RACES,
    STREAM_PMP,
    STREAM_RESETS,
    STREAM_PROBES,
    STREAMS
};

/* How dense the traffic is for a while; in bursts, several requests for each page. */
enum phase { PHASE_SATURATED, PHASE_BURSTS, PHASE_MIXED, PHASE_IDLE, PHASE_ONE_AT_A_TIME, PHASES };

struct rates {
    unsigned context, kill, store, fence, pmp, reset; /* one in so many cycles; 0 = never */
    unsigned grant;           /* percent of requests that should be granted, if one can be found */
    unsigned satp;            /* percent of the changes of context: those of satp, too */
    unsigned environment;     /* percent of them: each of the CSRs that seldom change */
    unsigned fence_after;     /* percent of stores that get a fence, and ... */
    unsigned fence_after_pmp; /* ... of changes of PMP */
    unsigned race;            /* percent of reads of a PTE without A or D that a store follows */
    unsigned probe;           /* percent of cycles in which a request is a probe */
    unsigned exotic;          /* percent of data accesses: shadow stack, cache block */
    unsigned speculative;     /* percent of requests */
    unsigned error;           /* per thousand reads and swaps */
};

#define RACES_IN_A_ROW  4 /* most stores that make one walk's swaps fail */
#define FENCES_IN_A_ROW 3 /* most fences without time for all walks to end between them */
#define RACED_PTES      8

/* A PTE that a walk has read and is about to change, and the store that is to come between. */
struct raced_pte {
    uint64_t pa;
    uint64_t due;  /* cycle of the store; 0 = there will be none */
    unsigned lost; /* swaps in a row that failed */
};

/* A PTE above level 0 that was changed for one request, and what it is to be again. */
struct probed_pte {
    uint64_t pa, word;
    uint64_t due; /* cycle; 0 = none is */
};

/* The requests of a port that are all for one page. */
struct burst {
    uint64_t page;
    unsigned left;
};

/* What the design was seen to do since the last reset, to be compared with its events. */
struct seen {
    uint64_t accepted, fences, reads, stored;
};

struct traffic {
    struct dut *dut;
    struct check *check;
    const struct random_case *what;
    struct random_statistics *statistics;
    struct world world;
    struct dut_memory_timing timing;
    uint64_t rng[STREAMS];
    uint64_t before; /* cycles of this run until the last reset */
    uint64_t cycle;  /* since then */
    struct seen seen;
    uint64_t accepted;
    unsigned quiet; /* cycles since all was asked and answered */

    enum phase phase;
    uint64_t phase_ends;
    enum mmu_privilege privilege; /* of most requests */
    unsigned hot, hot_pages;      /* the part of the working set that most requests are for */
    unsigned hot_root;            /* the first of three that satp mostly names */
    struct rates rates;

    /* Tags that no kill names: a request that the design has lost would else be killed too. */
    uint64_t spared;

    struct dut_context context;
    const struct world_root *root; /* that satp names */
    unsigned exotic_kinds;
    enum mmu_access exotic[6];
    unsigned block; /* bytes of a cache block */

    struct pmp_style pmp_style;
    struct mmu_pmp pmp, pmp_next;
    bool pmp_waits;
    uint64_t pmp_since, pmp_not_before; /* cycles: this one waits, and the next may come */

    bool fence_waits;
    unsigned fences_wanted; /* of fence[]: the next one first */
    struct dut_fence fence[3];
    unsigned fences_near;                  /* in a row */
    uint64_t fence_done, fence_not_before; /* cycles: of the last, and for the next */

    struct raced_pte raced[RACED_PTES];
    unsigned next_raced;
    bool probes; /* the next request is a probe */
    struct probed_pte probed;
    enum check_verdict swap_verdict; /* the first that is not OK; of the scoreboard or, ... */
    uint64_t stuck_pa;               /* ... where swaps fail for ever, CHECK_UNANSWERED */

    struct {
        bool waits; /* a request was asked for and not accepted yet */
        struct dut_request request;
        struct burst burst;
        uint64_t killed; /* tags killed in this cycle: free from the next on */
    } port[DUT_PORTS];
};

/* Draws a world, straps, a memory timing and rates from the seed. False: no memory. */
bool traffic_open(struct traffic *t, struct dut *dut, const struct random_case *what,
                  struct random_statistics *statistics);
void traffic_close(struct traffic *t);

bool traffic_has(const struct traffic *t, enum random_class class);

/* Forgets what a reset of the design makes it forget; some PTEs, and PMP if it says so, are others
 * from then on. */
void traffic_restart(struct traffic *t, bool new_pmp);

/* The parts of a cycle, in the order in which they are to be called. */
void traffic_phase(struct traffic *t);
void traffic_context(struct traffic *t);
void traffic_kill(struct traffic *t);
void traffic_store(struct traffic *t);
void traffic_race(struct traffic *t);
void traffic_fence(struct traffic *t);
void traffic_pmp(struct traffic *t);
void traffic_request(struct traffic *t, enum dut_port port);

/* The CSRs of now as a request with this privilege would capture them. */
struct mmu_context traffic_view(const struct traffic *t, enum mmu_privilege privilege);

/* Memory for the model: every swap succeeds, and nothing is written. */
struct mmu_memory traffic_peek(struct traffic *t);

/* Whether anything of the part in use can be reached as things stand, with this PMP. */
bool traffic_is_alive(struct traffic *t, const struct mmu_pmp *pmp);

/* random_fence.c: draws or changes PMP, mostly so that something can still be reached. */
typedef void traffic_pmp_draw(struct mmu_pmp *pmp, const struct pmp_style *style,
                              struct world *world, uint64_t *rng);
void traffic_draw_pmp(struct traffic *t, struct mmu_pmp *pmp, traffic_pmp_draw *draw);

/* random_request.c: an address, mostly of the part in use and one that satp.MODE can reach. */
uint64_t traffic_va(struct traffic *t, uint64_t *rng);

/* random_fence.c: the fence that an operating system gives when an ASID gets another root, and when
 * a PTE changed that `va` in `satp` goes through (`soon`: while the walks on their way to it may
 * still go on), each by rates.fence_after; and one of everything, in so many percent. */
void traffic_fence_asid(struct traffic *t);
void traffic_fence_pte(struct traffic *t, uint64_t satp, uint64_t va, const struct mmu_step *step,
                       bool soon);
void traffic_fence_all(struct traffic *t, unsigned percent);

/* random_bound.c: in cycles, about how long the longest walk takes when nothing is in its way; the
 * most until all that is outstanding has ended, if no fence comes; the most for an answer, an
 * acceptance, a change of PMP; and for a fence. And the most swaps of a PTE that may fail in a row.
 */
unsigned traffic_walk_cycles(const struct traffic *t);
uint64_t traffic_drain_cycles(const struct traffic *t);
uint64_t traffic_answer_bound(const struct traffic *t);
uint64_t traffic_fence_bound(const struct traffic *t);
unsigned traffic_lost_bound(const struct traffic *t);

/* random_events.c: whether the events since the last reset are those of what was seen; `text` says
 * which are not. To be asked when all is quiet. */
bool traffic_events_agree(const struct traffic *t, char *text, size_t size);

/* random_burst.c: whether the port's next request is for the page of the one before; perhaps
 * begins a burst with a request; and the address of the next one in it. */
bool traffic_in_burst(const struct traffic *t, enum dut_port port);
void traffic_begin_burst(struct traffic *t, enum dut_port port, uint64_t va, uint64_t *rng);
uint64_t traffic_follow(struct traffic *t, enum dut_port port, uint64_t *rng);

/* random_probe.c: whether this cycle's request is a probe, with CSRs for it; and makes it one. */
void traffic_draw_probe(struct traffic *t);
void traffic_probe(struct traffic *t, enum dut_port port, struct dut_request *request);

/* random_agent.c: stores a word, unless a walk that waits to swap there has lost often enough. */
bool traffic_store_word(struct traffic *t, uint64_t pa, uint64_t word);

/* The design has read this word; its swap of this word was answered. */
void traffic_saw_read(struct traffic *t, uint64_t pa, uint64_t word);
void traffic_saw_swap(struct traffic *t, uint64_t pa, bool lost);

#endif

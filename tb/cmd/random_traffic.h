// SPDX-License-Identifier: Apache-2.0
/* The stimuli of a random run. Each class has a random stream of its own, so that leaving one out
 * changes the others as little as possible. */
#ifndef RANDOM_TRAFFIC_H
#define RANDOM_TRAFFIC_H

#include "random_drive.h"
#include "random_world.h"
#include "splitmix.h"

enum stream {
    STREAM_PHASE,
    STREAM_CONTEXT,
    STREAM_KILLS,
    STREAM_STORES,
    STREAM_FENCES,
    STREAM_ERRORS,
    STREAM_FETCH, /* + port */
    STREAM_DATA,
    STREAMS
};

/* How dense the traffic is for a while. */
enum phase { PHASE_SATURATED, PHASE_MIXED, PHASE_IDLE, PHASE_ONE_AT_A_TIME, PHASES };

struct traffic {
    struct dut *dut;
    struct check *check;
    const struct random_case *what;
    struct random_statistics *statistics;
    struct world world;
    struct dut_memory_timing timing;
    uint64_t rng[STREAMS];
    uint64_t cycle, accepted;
    unsigned quiet; /* cycles since all was asked and answered */

    enum phase phase;
    uint64_t phase_ends;
    enum mmu_privilege privilege; /* of most requests */
    unsigned hot, hot_pages;      /* the part of the working set that most requests are for */

    /* Rates: one in so many cycles; 0 = never. */
    unsigned context_rate, kill_rate, store_rate, fence_rate;
    unsigned grant_percent; /* of the requests: those that should be granted, if one can be found */
    unsigned satp_percent;  /* of the changes of context: those of satp, too */
    unsigned fence_after;   /* percent of stores that get a fence of their own */
    unsigned error_permille;

    /* Tags that no kill names: a request that the design has lost would else be killed too. */
    uint64_t spared;

    struct dut_context context;
    bool fence_waits, fence_wanted;
    uint64_t fence_done, fence_not_before; /* cycles: of the last, and for the next */
    struct dut_fence fence;
    struct {
        bool waits; /* a request was asked for and not accepted yet */
        struct dut_request request;
        uint64_t killed; /* tags killed in this cycle: free from the next on */
    } port[DUT_PORTS];
};

/* Draws a world, a memory timing and rates from the seed. False: no memory. */
bool traffic_open(struct traffic *t, struct dut *dut, const struct random_case *what,
                  struct random_statistics *statistics);
void traffic_close(struct traffic *t);

/* About how long the longest walk takes when nothing is in its way. */
unsigned traffic_walk_cycles(const struct traffic *t);

/* The parts of a cycle, in the order in which they are to be called. */
void traffic_phase(struct traffic *t);
void traffic_context(struct traffic *t);
void traffic_kill(struct traffic *t);
void traffic_store(struct traffic *t);
void traffic_fence(struct traffic *t);
void traffic_request(struct traffic *t, enum dut_port port);

#endif

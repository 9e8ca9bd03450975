// SPDX-License-Identifier: Apache-2.0
/* How long things may take in a random run, by what the build has, how slow memory is and how often
 * traffic makes walks begin again. */
#include "random_traffic.h"

/* From request to answer, with the cycle before and the one after; more if memory stalls. */
static unsigned round_trip(const struct traffic *t)
{
    return (t->timing.latency_max + 2) * 100 / (100 - t->timing.stall_percent);
}

unsigned traffic_walk_cycles(const struct traffic *t)
{
    return t->world.model.levels * round_trip(t);
}

/* Each walk reads a PTE at each level and swaps the last, again for each time that another agent
 * was faster. The two ports take turns at the walkers, so that a miss may have to let one of the
 * other port pass for each of its own. Those that follow a walk which is of no use to them walk one
 * after the other, if they follow each other again. */
uint64_t traffic_drain_cycles(const struct traffic *t)
{
    const struct dut_parameters *p = dut_parameters(t->dut);
    unsigned swaps = p->svadu ? 1 + RACES_IN_A_ROW : 0;
    unsigned slots = p->miss_slots[DUT_FETCH] + p->miss_slots[DUT_DATA];
    unsigned walks = 2 * (slots / (p->walkers ? p->walkers : 1) + 1) + p->miss_slots[DUT_DATA];

    return 100 + (uint64_t)walks * (p->levels + swaps) * round_trip(t);
}

/* The sweep of an L2 by ASID, after a swap that has begun. */
uint64_t traffic_fence_bound(const struct traffic *t)
{
    unsigned stall = t->timing.stall_percent ? 100 : 0; /* 0.8^100 is nothing */

    return 20 + dut_parameters(t->dut)->l2_sets + 2 * round_trip(t) + stall;
}

/* FENCES_IN_A_ROW fences, each of which makes walks begin again; then there is time to drain,
 * within which PMP may have to change first. */
uint64_t traffic_answer_bound(const struct traffic *t)
{
    return FENCES_IN_A_ROW * (4 * traffic_walk_cycles(t) + traffic_fence_bound(t)) +
           2 * traffic_drain_cycles(t);
}

/* Of one PTE, by all walks in a row: to the other agent, to each other, and for A and for D. */
unsigned traffic_lost_bound(const struct traffic *t)
{
    unsigned walkers = dut_parameters(t->dut)->walkers;

    return RACES_IN_A_ROW + 3 * (walkers ? walkers : 1);
}

// SPDX-License-Identifier: Apache-2.0
/* The events of the design, which are for a core's counters, against what was seen at its ports. */
#include "random_traffic.h"

#include <inttypes.h>
#include <stdio.h>

/* A bound that an event must be within. */
struct bound {
    const char *what;
    uint64_t count, least, most;
};

static uint64_t count(const struct traffic *t, enum dut_event event)
{
    return dut_events(t->dut, event);
}

static uint64_t misses(const struct traffic *t)
{
    return count(t, DUT_FETCH_MISS) + count(t, DUT_DATA_MISS);
}

bool random_event_possible(const struct dut_parameters *p, enum dut_event event)
{
    switch (event) {
    case DUT_L2_HIT:
    case DUT_L2_MISS:
    case DUT_L2_CONFLICT:
        return p->l2_ways > 0;
    case DUT_UPDATE:
        return p->svadu;
    case DUT_MERGE:
        return p->miss_slots[DUT_FETCH] > 1 || p->miss_slots[DUT_DATA] > 1;
    case DUT_WALK_CACHE:
        return p->walk_cache_entries > 0;
    case DUT_PREFETCH:
        return p->prefetch > 0;
    default:
        return true;
    }
}

/* The most that the event may have been strobed. */
static uint64_t most(const struct traffic *t, enum dut_event event, uint64_t at_most)
{
    return random_event_possible(dut_parameters(t->dut), event) ? at_most : 0;
}

bool traffic_events_agree(const struct traffic *t, char *text, size_t size)
{
    const struct dut_parameters *p = dut_parameters(t->dut);
    uint64_t walks = count(t, DUT_WALK), reads = count(t, DUT_PTE_READ);
    /* A walk whose request was killed may have asked for a PTE that never came. */
    const struct bound bounds[] = {
        {"PTEs read", reads, t->seen.reads, t->seen.reads + p->walkers},
        {"A and D updates", count(t, DUT_UPDATE), t->seen.stored, t->seen.stored},
        {"fences completed", count(t, DUT_FENCE_DONE), t->seen.fences, t->seen.fences},
        {"hits and misses", count(t, DUT_FETCH_HIT) + count(t, DUT_DATA_HIT) + misses(t), 0,
         t->seen.accepted},
        {"misses that followed another", count(t, DUT_MERGE), 0, most(t, DUT_MERGE, misses(t))},
        {"L2 hits", count(t, DUT_L2_HIT), 0, most(t, DUT_L2_HIT, UINT64_MAX)},
        {"L2 misses", count(t, DUT_L2_MISS), 0, most(t, DUT_L2_MISS, UINT64_MAX)},
        {"walks that faulted", count(t, DUT_WALK_FAULT), 0, walks},
        {"walks begun below the root", count(t, DUT_WALK_CACHE), 0, most(t, DUT_WALK_CACHE, walks)},
        {"leaves prefetched", count(t, DUT_PREFETCH), 0, reads * p->prefetch},
    };

    for (unsigned i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        const struct bound *b = &bounds[i];
        if (b->count >= b->least && b->count <= b->most)
            continue;
        snprintf(text, size,
                 "by cycle %" PRIu64 ": event %s: %" PRIu64 ", must be %" PRIu64 " to %" PRIu64
                 "\n",
                 t->cycle, b->what, b->count, b->least, b->most);
        return false;
    }
    return true;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Bursts of a random run: several requests of one port for one page, of any kind and privilege, so
 * that they come while the page is being fetched: some may follow its walk, some may not.
 */
#include "random_traffic.h"

#define LONGEST 8 /* requests */

bool traffic_in_burst(const struct traffic *t, enum dut_port port)
{
    return t->port[port].burst.left > 0;
}

void traffic_begin_burst(struct traffic *t, enum dut_port port, uint64_t va, uint64_t *rng)
{
    struct burst *burst = &t->port[port].burst;

    if (t->phase != PHASE_BURSTS)
        return;
    burst->page = va & ~UINT64_C(0xfff);
    burst->left = splitmix_below(rng, LONGEST);
}

uint64_t traffic_follow(struct traffic *t, enum dut_port port, uint64_t *rng)
{
    struct burst *burst = &t->port[port].burst;

    burst->left--;
    return burst->page | splitmix_below(rng, 0x1000);
}

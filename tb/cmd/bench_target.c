// SPDX-License-Identifier: Apache-2.0
#include "bench_target.h"

#include <math.h>
#include <string.h>

enum bench_verdict bench_judge(const struct bench_target *target, double measured)
{
    double scale = pow(10, target->decimals);
    double rounded = floor(measured * scale + 0.5), limit = floor(target->cycles * scale + 0.5);

    if (!target->given)
        return BENCH_NO_TARGET;
    return (target->below ? rounded < limit : rounded <= limit) ? BENCH_PASS : BENCH_OVER;
}

static struct bench_target at_most(double cycles, unsigned decimals)
{
    return (struct bench_target){.given = true, .cycles = cycles, .decimals = decimals};
}

struct bench_target bench_target_exactly(unsigned cycles)
{
    return at_most(cycles, 2);
}

/* What the way through the L2 adds to a walk. */
static unsigned through_l2(const struct dut_parameters *p)
{
    return p->l2_ways ? 1 + p->l2_register : 0;
}

struct bench_target bench_target_l2_hit(const struct dut_parameters *p)
{
    return at_most(2 + p->l2_register, 2);
}

struct bench_target bench_target_walk(const struct dut_parameters *p, unsigned reads,
                                      unsigned latency)
{
    return at_most(reads * (latency + 1) + 1 + through_l2(p), 2);
}

struct bench_target bench_target_neighbour(const struct dut_parameters *p, unsigned latency)
{
    if (!p->walk_cache_entries)
        return (struct bench_target){0};
    return bench_target_walk(p, 1, latency);
}

struct bench_target bench_target_random(const struct dut_parameters *p, unsigned latency,
                                        unsigned outstanding)
{
    if (!p->walk_cache_entries || (outstanding > 1 && latency != 40))
        return (struct bench_target){0};
    if (outstanding > 1)
        return (struct bench_target){.given = true, .cycles = 12, .decimals = 2, .below = true};
    return at_most(latency + 4 + p->l2_register, 2);
}

struct bench_target bench_target_fence_va(const struct dut_parameters *p)
{
    return at_most(p->l2_ways ? 3 + p->l2_register : 1, 2);
}

struct bench_target bench_target_fence_asid(const struct dut_parameters *p)
{
    return at_most(p->l2_ways ? p->l2_sets + 2 + p->l2_register : 1, 2);
}

/* Cycles with memory that takes 10, and 40; and the decimals that were given. */
struct pair {
    double cycles[2];
    unsigned decimals;
};

struct standard {
    const char *trace;
    struct pair data[2];   /* one at a time, without and with a register behind the L2's RAM */
    struct pair pipelined; /* data, four outstanding */
    struct pair fetch;
};

static const struct standard standards[] = {
    {"gzip", {{{1.06, 1.07}, 2}, {{1.12, 1.12}, 2}}, {{1.01, 1.02}, 2}, {{1.0003, 1.0003}, 4}},
    {"sort", {{{1.01, 1.02}, 2}, {{1.015, 1.02}, 3}}, {{1.00, 1.01}, 2}, {{1.001, 1.001}, 3}},
    {"sqlite", {{{1.04, 1.05}, 2}, {{1.08, 1.08}, 2}}, {{1.01, 1.01}, 2}, {{1.03, 1.05}, 2}},
    {"python", {{{1.09, 1.11}, 2}, {{1.16, 1.18}, 2}}, {{1.02, 1.04}, 2}, {{1.020, 1.048}, 3}},
};

struct bench_target bench_target_trace(const char *trace, enum dut_port port, bool l2_register,
                                       unsigned latency, unsigned outstanding)
{
    bool measured_so = (latency == 10 || latency == 40) && (outstanding == 1 || outstanding == 4);

    for (size_t i = 0; measured_so && i < sizeof standards / sizeof standards[0]; i++) {
        const struct standard *s = &standards[i];
        const struct pair *pair = port == DUT_FETCH  ? &s->fetch
                                  : outstanding == 4 ? &s->pipelined
                                                     : &s->data[l2_register];

        if (!strcmp(s->trace, trace))
            return at_most(pair->cycles[latency == 40], pair->decimals);
    }
    return (struct bench_target){0};
}

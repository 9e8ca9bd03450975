// SPDX-License-Identifier: Apache-2.0
/* What the design is to reach, in cycles. */
#ifndef BENCH_TARGET_H
#define BENCH_TARGET_H

#include "dut.h"

/* A figure is compared at the precision in which its target is given: rounded to so many decimals,
 * it must not exceed the target, or must stay below it. */
struct bench_target {
    bool given;
    double cycles;
    unsigned decimals;
    bool below;
};

enum bench_verdict { BENCH_PASS, BENCH_OVER, BENCH_NO_TARGET };

enum bench_verdict bench_judge(const struct bench_target *target, double measured);

/* Fixed figures: an L1 hit, cycles a hit, a full fence, cycles that something must not cost. */
struct bench_target bench_target_exactly(unsigned cycles);

struct bench_target bench_target_l2_hit(const struct dut_parameters *p);

/* A walk of `reads` PTEs from the root; a walk whose table is in the walk cache (none given for a
 * build that has none). */
struct bench_target bench_target_walk(const struct dut_parameters *p, unsigned reads,
                                      unsigned latency);
struct bench_target bench_target_neighbour(const struct dut_parameters *p, unsigned latency);

/* Average of random pages, one at a time, and of four outstanding with four walkers. */
struct bench_target bench_target_random(const struct dut_parameters *p, unsigned latency,
                                        unsigned outstanding);

/* Completion of a fence by address, of one by ASID. */
struct bench_target bench_target_fence_va(const struct dut_parameters *p);
struct bench_target bench_target_fence_asid(const struct dut_parameters *p);

/* Average cycles an access of a whole standard trace ("gzip"), given for the preset linux. */
struct bench_target bench_target_trace(const char *trace, enum dut_port port, bool l2_register,
                                       unsigned latency, unsigned outstanding);

#endif

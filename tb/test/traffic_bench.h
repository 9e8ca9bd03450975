// SPDX-License-Identifier: Apache-2.0
/* Random traffic of a twin of the design that nobody drives, for tests of its parts. */
#ifndef TRAFFIC_BENCH_H
#define TRAFFIC_BENCH_H

#include "twin_dut.h"

#include "random_pte.h"
#include "random_traffic.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct traffic_bench {
    struct dut *dut;
    struct random_case what;
    struct random_statistics statistics;
    struct traffic traffic;
};

static inline struct dut *traffic_bench_twin(void)
{
    char error[64];
    struct dut *dut = dut_open("linux", NULL, 0, DUT_WAVE_NONE, error, sizeof error);

    assert_non_null(dut);
    return dut;
}

/* For that design, which traffic_bench_close closes. */
static inline struct traffic *traffic_bench_open(struct traffic_bench *b, struct dut *dut,
                                                 uint64_t seed, uint64_t count)
{
    *b = (struct traffic_bench){.dut = dut, .what = {.seed = seed, .count = count, .modes = ~0u}};
    assert_true(traffic_open(&b->traffic, b->dut, &b->what, &b->statistics));
    const struct check_config config = {.model = b->traffic.world.model,
                                        .memory = traffic_peek(&b->traffic)};
    b->traffic.check = check_new(&config);
    assert_non_null(b->traffic.check);
    return &b->traffic;
}

static inline void traffic_bench_close(struct traffic_bench *b)
{
    check_free(b->traffic.check);
    traffic_close(&b->traffic);
    dut_close(b->dut);
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* A measurement of one port with one work, in figures; and many of them in processes at once. */
#ifndef BENCH_POINT_H
#define BENCH_POINT_H

#include "bench_stream.h"
#include "bench_target.h"
#include "bench_work.h"

struct bench_point {
    /* What is measured. */
    struct bench_hart *hart;
    enum dut_port port;
    unsigned latency, outstanding;
    const char *file; /* of the trace; null: none */
    char name[32];    /* the trace's, without folder and endings */
    struct bench_target target;
    bool has_l2;
    unsigned l2_register;
    size_t accesses;
    /* What came out. */
    volatile size_t done; /* accesses so far, for progress */
    uint64_t cycles;      /* from the first request to the last answer */
    uint64_t events[DUT_EVENTS];
    uint64_t histogram[BENCH_BUCKETS];
    char error[240]; /* empty: every answer was right */
};

/* Average cycles an access. */
double bench_point_average(const struct bench_point *point);

/* Misses of the port's L1. */
uint64_t bench_point_misses(const struct bench_point *point);

/* Points in memory that processes share. Null: no memory. */
struct bench_point *bench_points_new(size_t count);
void bench_points_free(struct bench_point *points, size_t count);

/* Maps the work on the point's hart, starts it and measures. */
void bench_point_measure(struct bench_point *point, const struct bench_work *work);

/* Measures all in child processes, `jobs` at most at a time; stops starting them after an error.
 * `what` stands in the progress line. */
void bench_points_measure(struct bench_point *points, size_t count, const struct bench_work *work,
                          unsigned jobs, const char *what);

#endif

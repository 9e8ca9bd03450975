// SPDX-License-Identifier: Apache-2.0
/* The rows that a bench measures one by one: latencies, throughput, fences. */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include "bench_hart.h"
#include "bench_target.h"

#define BENCH_NO_PORT    DUT_PORTS /* of both ports, or of neither */
#define BENCH_NO_LATENCY 0u

struct bench_row {
    const char *group; /* "latency", "random", "fence" */
    char name[72];
    enum dut_port port;
    bool has_l2;
    unsigned l2_register;
    unsigned latency; /* of memory */
    double cycles;
    struct bench_target target;
};

struct bench_rows {
    struct bench_row *at; /* allocated */
    size_t count, room;
};

/* Appends a row of this hart. False: no memory. */
bool bench_rows_add(struct bench_rows *rows, const struct bench_hart *hart,
                    const struct bench_row *row);

/*
 * Each measures its rows on the hart and appends them. What goes wrong is in hart->error; false: no
 * memory for rows. Walks and neighbours are measured with memory of each of these latencies.
 */
bool bench_measure_latency(struct bench_hart *hart, const unsigned *latencies, size_t count,
                           struct bench_rows *rows);
bool bench_measure_fences(struct bench_hart *hart, struct bench_rows *rows);

#endif

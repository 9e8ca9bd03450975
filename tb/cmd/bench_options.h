// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb bench`. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include "design.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_MOST_NUMBERS 8 /* in a list */

/* Groups of rows. */
enum bench_group { BENCH_LATENCY = 1, BENCH_RANDOM = 2, BENCH_FENCES = 4, BENCH_TRACES = 8 };

/* Numbers of a list such as 10,40. */
struct bench_numbers {
    unsigned at[BENCH_MOST_NUMBERS];
    size_t count;
};

struct bench_options {
    struct design design;             /* on no board */
    unsigned registers;               /* bit R: measure with this L2Register; 0: not said */
    unsigned groups;                  /* of enum bench_group */
    unsigned ports;                   /* bit for each enum dut_port: traces' accesses of it */
    struct bench_numbers latencies;   /* of memory; none: the usual ones of each group */
    struct bench_numbers outstanding; /* accesses of a trace that are unanswered at most */
    uint64_t limit;                   /* references of a trace; 0: all */
    bool identity, histogram;
    unsigned jobs;
    const char *json;
    const char **traces; /* allocated; none: the standard ones */
    size_t trace_count;
};

/* Parses the command line. Bad input ends the program with one line and status 2, --help with
 * status 0. The caller frees with bench_options_free. */
void bench_options_parse(struct bench_options *options, int argc, char **argv);

void bench_options_free(struct bench_options *options);

#endif

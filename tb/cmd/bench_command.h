// SPDX-License-Identifier: Apache-2.0
/* One command line of rvmmu-tb bench being carried out. */
#ifndef BENCH_COMMAND_H
#define BENCH_COMMAND_H

#include "bench_report.h"
#include "cmd.h"
#include "dut_preset.h"

#define BENCH_MANY        4 /* walkers, and requests outstanding, of the rows with several */
#define BENCH_MOST_BUILDS 2 /* without and with a register behind the L2's RAM */

struct bench_command {
    struct bench_options options;
    struct dut_preset preset; /* with the user's parameters */
    struct bench_hart harts[BENCH_MOST_BUILDS];
    size_t hart_count;
    struct bench_figures figures;
    size_t point_room;
};

/* One line on standard error; returns the status, or bad input. */
enum cmd_exit bench_fail(enum cmd_exit status, const char *what);
enum cmd_exit bench_no_memory(void);

/* Opens the command's design with the register or without, and perhaps with many walkers and
 * slots. */
enum cmd_exit bench_open(const struct bench_command *command, struct bench_hart *hart,
                         int l2_register, bool many);

/* Latencies of memory for random pages and traces. */
const struct bench_numbers *bench_latencies(const struct bench_command *command);

/* A point to be measured on the hart. */
struct bench_point bench_point_of(struct bench_hart *hart, const struct bench_work *work,
                                  enum dut_port port, unsigned latency, unsigned outstanding);

/* Measures points; disagreement, said already, if an answer was wrong. */
enum cmd_exit bench_points_try(const struct bench_command *command, struct bench_point *points,
                               size_t count, const struct bench_work *work, const char *what);

/* Each group of rows that goes by points, if it is asked for. */
enum cmd_exit bench_measure_random(struct bench_command *command);
enum cmd_exit bench_measure_traces(struct bench_command *command);

#endif

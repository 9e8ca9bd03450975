// SPDX-License-Identifier: Apache-2.0
/* The rows of random pages. */
#include "bench_command.h"

#include <stdio.h>

#define RANDOM_PAGES    4096
#define RANDOM_ACCESSES 16384

static enum cmd_exit random_row(struct bench_command *command, const struct bench_point *point)
{
    struct bench_row row = {
        .group = "random",
        .port = point->port,
        .latency = point->latency,
        .cycles = bench_point_average(point),
        .target = bench_target_random(point->hart->p, point->latency, point->outstanding)};

    if (point->outstanding == 1)
        snprintf(row.name, sizeof row.name, "random of %u pages", RANDOM_PAGES);
    else
        snprintf(row.name, sizeof row.name, "random of %u pages, %u outstanding, %u walkers",
                 RANDOM_PAGES, point->outstanding, point->hart->p->walkers);
    return bench_rows_add(&command->figures.rows, point->hart, &row) ? CMD_AGREE
                                                                     : bench_no_memory();
}

/* On one hart, every latency. */
static enum cmd_exit random_rows(struct bench_command *command, const struct bench_work *work,
                                 struct bench_hart *hart, unsigned outstanding)
{
    const struct bench_numbers *numbers = bench_latencies(command);
    struct bench_point *points = bench_points_new(numbers->count);
    enum cmd_exit status = CMD_AGREE;

    if (!points)
        return bench_no_memory();
    for (size_t i = 0; i < numbers->count; i++)
        points[i] = bench_point_of(hart, work, DUT_DATA, numbers->at[i], outstanding);
    status = bench_points_try(command, points, numbers->count, work, "random pages");
    for (size_t i = 0; status == CMD_AGREE && i < numbers->count; i++)
        status = random_row(command, &points[i]);
    bench_points_free(points, numbers->count);
    return status;
}

static enum cmd_exit random_of_hart(struct bench_command *command, const struct bench_work *work,
                                    struct bench_hart *hart)
{
    struct bench_hart many;
    enum cmd_exit status = random_rows(command, work, hart, 1);

    if (status == CMD_AGREE)
        status = bench_open(command, &many, (int)hart->p->l2_register, true);
    if (status != CMD_AGREE)
        return status;
    status = random_rows(command, work, &many, BENCH_MANY);
    bench_hart_close(&many);
    return status;
}

enum cmd_exit bench_measure_random(struct bench_command *command)
{
    struct bench_work work;
    enum cmd_exit status = CMD_AGREE;

    if (!(command->options.groups & BENCH_RANDOM))
        return CMD_AGREE;
    if (!bench_work_draw(&work, RANDOM_PAGES, RANDOM_ACCESSES))
        status = bench_no_memory();
    for (size_t i = 0; status == CMD_AGREE && i < command->hart_count; i++)
        status = random_of_hart(command, &work, &command->harts[i]);
    bench_work_free(&work);
    return status;
}

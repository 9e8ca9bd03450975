// SPDX-License-Identifier: Apache-2.0
/* The rows of traces. */
#include "bench_command.h"

#include <stdio.h>
#include <string.h>

static const char *const standard_traces[] = {
    RVMMU_ROOT "/sim/traces/standard/gzip.bin.xz",
    RVMMU_ROOT "/sim/traces/standard/sort.bin.xz",
    RVMMU_ROOT "/sim/traces/standard/sqlite.bin.xz",
    RVMMU_ROOT "/sim/traces/standard/python.bin.xz",
};

/* The trace that `file` is, whole and on the preset that targets are given for. */
static struct bench_target target_of(const struct bench_command *command, const char *base,
                                     const struct bench_point *point)
{
    bool standard = strstr(base, ".bin.") && !command->options.limit &&
                    !strcmp(command->options.design.preset, "linux");

    if (!standard)
        return (struct bench_target){0};
    return bench_target_trace(point->name, point->port, point->l2_register, point->latency,
                              point->outstanding);
}

static void add_point(struct bench_command *command, struct bench_point point, const char *file)
{
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;

    if (!point.accesses)
        return;
    point.file = file;
    snprintf(point.name, sizeof point.name, "%.*s", (int)strcspn(base, "."), base);
    point.target = target_of(command, base, &point);
    command->figures.points[command->figures.point_count++] = point;
}

/* Every measurement of a trace: its points are appended. */
static void add_points(struct bench_command *command, const struct bench_work *work,
                       const char *file)
{
    const struct bench_numbers *l = bench_latencies(command);
    const struct bench_numbers *out = &command->options.outstanding;

    for (unsigned port = DUT_PORTS; port-- > 0;)
        for (size_t h = 0; h < command->hart_count; h++)
            for (size_t o = 0; o < out->count; o++)
                for (size_t i = 0; i < l->count; i++)
                    if (command->options.ports >> port & 1)
                        add_point(
                            command,
                            bench_point_of(&command->harts[h], work, port, l->at[i], out->at[o]),
                            file);
}

static enum cmd_exit check_pages(const struct bench_command *command, const struct bench_work *work,
                                 const char *file)
{
    const struct bench_hart *hart = &command->harts[0];

    for (size_t i = 0; i < work->page_count; i++)
        if (!bench_hart_reaches(hart, work->pages[i])) {
            fprintf(stderr,
                    "rvmmu-tb bench: %s: 0x%llx is beyond %s with physical addresses of %u bits\n",
                    file, (unsigned long long)work->pages[i], hart->mode->name, hart->p->pa_bits);
            return CMD_BAD_INPUT;
        }
    return CMD_AGREE;
}

static enum cmd_exit measure_trace(struct bench_command *command, const char *file)
{
    struct bench_figures *figures = &command->figures;
    size_t first = figures->point_count;
    struct bench_work work;
    char error[1024];
    enum cmd_exit status = CMD_AGREE;

    if (!bench_work_read(&work, file, command->options.limit, error, sizeof error))
        status = bench_fail(CMD_BAD_INPUT, error);
    if (status == CMD_AGREE)
        status = check_pages(command, &work, file);
    if (status == CMD_AGREE) {
        add_points(command, &work, file);
        status = bench_points_try(command, figures->points + first, figures->point_count - first,
                                  &work, file);
    }
    bench_work_free(&work);
    return status;
}

enum cmd_exit bench_measure_traces(struct bench_command *command)
{
    const struct bench_options *options = &command->options;
    bool standard = !options->trace_count;
    const char *const *files = standard ? standard_traces : options->traces;
    size_t count = standard ? sizeof standard_traces / sizeof *files : options->trace_count;
    enum cmd_exit status = CMD_AGREE;

    if (!(options->groups & BENCH_TRACES))
        return CMD_AGREE;
    if (standard && command->harts[0].mode->xlen == 32) {
        fputs("rvmmu-tb bench: no rows of traces: the standard ones need Sv39\n", stderr);
        return CMD_AGREE;
    }
    command->point_room = count * command->hart_count * DUT_PORTS * options->outstanding.count *
                          bench_latencies(command)->count;
    command->figures.points = bench_points_new(command->point_room);
    if (!command->figures.points)
        return bench_no_memory();
    for (size_t i = 0; status == CMD_AGREE && i < count; i++)
        status = measure_trace(command, files[i]);
    return status;
}

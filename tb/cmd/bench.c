// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb bench: cycles of hits, walks, fences and traces, beside their targets. */
#include "bench_report.h"
#include "cmd.h"
#include "dut_preset.h"
#include "json_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RANDOM_PAGES    4096
#define RANDOM_ACCESSES 16384
#define MANY            4  /* walkers, and requests outstanding, of the rows with several */
#define OWN_SETS        3  /* parameters that a build of our own may set */
#define MOST_BUILDS     2  /* without and with a register behind the L2's RAM */
#define SET_SIZE        32 /* "DataSlots=4" */

static const struct bench_numbers walk_latencies = {{1, 10, 40}, 3};
static const struct bench_numbers other_latencies = {{10, 40}, 2};

/* One command line being carried out. */
struct command {
    struct bench_options options;
    struct dut_preset preset; /* with the user's parameters */
    struct bench_hart harts[MOST_BUILDS];
    size_t hart_count;
    struct bench_figures figures;
    size_t point_room;
};

static enum cmd_exit fail(enum cmd_exit status, const char *what)
{
    fprintf(stderr, "rvmmu-tb bench: %s\n", what);
    return status;
}

static enum cmd_exit no_memory(void)
{
    return fail(CMD_BAD_INPUT, "no memory");
}

static size_t parameter(const char *name)
{
    size_t i = 0;

    while (strcmp(dut_preset_parameter(i), name))
        i++;
    return i;
}

/* What is set beside what the user set: only what differs, so that builds are shared. */
struct own_sets {
    char text[OWN_SETS][SET_SIZE];
    size_t count;
};

static void set(struct own_sets *own, const struct dut_preset *preset, const char *name, int value)
{
    if (preset->value[parameter(name)] != value)
        snprintf(own->text[own->count++], SET_SIZE, "%s=%d", name, value);
}

/* The design with the register or without, and perhaps with many walkers and slots. */
static enum cmd_exit open_hart(const struct command *command, struct bench_hart *hart,
                               int l2_register, bool many)
{
    const struct bench_options *options = &command->options;
    const struct dut_preset *preset = &command->preset;
    struct own_sets own = {.count = 0};
    char error[600];

    if (preset->value[parameter("L2Ways")])
        set(&own, preset, "L2Register", l2_register);
    if (many)
        set(&own, preset, "Walkers", MANY);
    if (many && preset->value[parameter("DataSlots")] < MANY)
        set(&own, preset, "DataSlots", MANY);
    struct dut_set *sets = calloc(options->set_count + OWN_SETS, sizeof *sets);
    if (!sets)
        return no_memory();
    for (size_t i = 0; i < options->set_count; i++)
        sets[i] = options->sets[i];
    for (size_t i = 0; i < own.count; i++)
        sets[options->set_count + i].text = own.text[i];
    bool good = bench_hart_open(hart, options->preset, sets, options->set_count + own.count,
                                options->identity, error, sizeof error);
    free(sets);
    return good ? CMD_AGREE : fail(CMD_BAD_INPUT, error);
}

/* The values of L2Register to measure with, as bits. */
static unsigned registers(const struct command *command)
{
    size_t i = parameter("L2Register");

    if (!command->preset.value[parameter("L2Ways")])
        return 1;
    if (command->options.registers)
        return command->options.registers;
    return command->preset.changed[i] ? 1u << command->preset.value[i] : 3;
}

static enum cmd_exit open_harts(struct command *command)
{
    const struct bench_options *options = &command->options;
    char error[600];

    if (!dut_preset_load(options->preset, options->sets, options->set_count, &command->preset,
                         error, sizeof error))
        return fail(CMD_BAD_INPUT, error);
    for (int r = 0; r < MOST_BUILDS; r++) {
        if (!(registers(command) >> r & 1))
            continue;
        enum cmd_exit status = open_hart(command, &command->harts[command->hart_count], r, false);
        if (status != CMD_AGREE)
            return status;
        command->hart_count++;
    }
    command->figures.mode = command->harts[0].mode->name;
    return CMD_AGREE;
}

static const struct bench_numbers *latencies(const struct command *command,
                                             const struct bench_numbers *usual)
{
    return command->options.latencies.count ? &command->options.latencies : usual;
}

/* ---- Rows that are measured one by one. */

static enum cmd_exit measure_rows(struct command *command)
{
    const struct bench_numbers *walks = latencies(command, &walk_latencies);
    unsigned groups = command->options.groups;

    for (size_t i = 0; i < command->hart_count; i++) {
        struct bench_hart *hart = &command->harts[i];
        struct bench_rows *rows = &command->figures.rows;

        if ((groups & BENCH_LATENCY) && !bench_measure_latency(hart, walks->at, walks->count, rows))
            return no_memory();
        if ((groups & BENCH_FENCES) && !bench_measure_fences(hart, rows))
            return no_memory();
        if (hart->error[0])
            return fail(CMD_DISAGREE, hart->error);
    }
    return CMD_AGREE;
}

/* ---- Points. */

static struct bench_point point_of(struct bench_hart *hart, const struct bench_work *work,
                                   enum dut_port port, unsigned latency, unsigned outstanding)
{
    return (struct bench_point){
        .hart = hart,
        .port = port,
        .latency = latency,
        .outstanding = outstanding,
        .has_l2 = hart->p->l2_ways > 0,
        .l2_register = hart->p->l2_register,
        .accesses = work->count[port],
    };
}

static enum cmd_exit measure_points(const struct command *command, struct bench_point *points,
                                    size_t count, const struct bench_work *work, const char *what)
{
    bench_points_measure(points, count, work, command->options.jobs, what);
    for (size_t i = 0; i < count; i++)
        if (points[i].error[0]) {
            fprintf(stderr, "rvmmu-tb bench: %s: %s\n", what, points[i].error);
            return CMD_DISAGREE;
        }
    return CMD_AGREE;
}

/* ---- Random pages. */

static enum cmd_exit random_row(struct command *command, const struct bench_point *point)
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
    return bench_rows_add(&command->figures.rows, point->hart, &row) ? CMD_AGREE : no_memory();
}

/* On one hart, every latency. */
static enum cmd_exit random_rows(struct command *command, const struct bench_work *work,
                                 struct bench_hart *hart, unsigned outstanding)
{
    const struct bench_numbers *numbers = latencies(command, &other_latencies);
    struct bench_point *points = bench_points_new(numbers->count);
    enum cmd_exit status = CMD_AGREE;

    if (!points)
        return no_memory();
    for (size_t i = 0; i < numbers->count; i++)
        points[i] = point_of(hart, work, DUT_DATA, numbers->at[i], outstanding);
    status = measure_points(command, points, numbers->count, work, "random pages");
    for (size_t i = 0; status == CMD_AGREE && i < numbers->count; i++)
        status = random_row(command, &points[i]);
    bench_points_free(points, numbers->count);
    return status;
}

static enum cmd_exit random_of_hart(struct command *command, const struct bench_work *work,
                                    struct bench_hart *hart)
{
    struct bench_hart many;
    enum cmd_exit status = random_rows(command, work, hart, 1);

    if (status == CMD_AGREE)
        status = open_hart(command, &many, (int)hart->p->l2_register, true);
    if (status != CMD_AGREE)
        return status;
    status = random_rows(command, work, &many, MANY);
    bench_hart_close(&many);
    return status;
}

static enum cmd_exit measure_random(struct command *command)
{
    struct bench_work work;
    enum cmd_exit status = CMD_AGREE;

    if (!(command->options.groups & BENCH_RANDOM))
        return CMD_AGREE;
    if (!bench_work_draw(&work, RANDOM_PAGES, RANDOM_ACCESSES))
        status = no_memory();
    for (size_t i = 0; status == CMD_AGREE && i < command->hart_count; i++)
        status = random_of_hart(command, &work, &command->harts[i]);
    bench_work_free(&work);
    return status;
}

/* ---- Traces. */

static const char *const standard_traces[] = {
    RVMMU_ROOT "/sim/traces/standard/gzip.bin.xz",
    RVMMU_ROOT "/sim/traces/standard/sort.bin.xz",
    RVMMU_ROOT "/sim/traces/standard/sqlite.bin.xz",
    RVMMU_ROOT "/sim/traces/standard/python.bin.xz",
};

/* The trace that `file` is, whole and on the preset that targets are given for. */
static struct bench_target target_of(const struct command *command, const char *base,
                                     const struct bench_point *point)
{
    bool standard = strstr(base, ".bin.") && !command->options.limit &&
                    !strcmp(command->options.preset, "linux");

    if (!standard)
        return (struct bench_target){0};
    return bench_target_trace(point->name, point->port, point->l2_register, point->latency,
                              point->outstanding);
}

static void add_point(struct command *command, struct bench_point point, const char *file)
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
static void add_points(struct command *command, const struct bench_work *work, const char *file)
{
    const struct bench_numbers *l = latencies(command, &other_latencies);
    const struct bench_numbers *out = &command->options.outstanding;

    for (unsigned port = DUT_PORTS; port-- > 0;)
        for (size_t h = 0; h < command->hart_count; h++)
            for (size_t o = 0; o < out->count; o++)
                for (size_t i = 0; i < l->count; i++)
                    if (command->options.ports >> port & 1)
                        add_point(command,
                                  point_of(&command->harts[h], work, port, l->at[i], out->at[o]),
                                  file);
}

static enum cmd_exit check_pages(const struct command *command, const struct bench_work *work,
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

static enum cmd_exit measure_trace(struct command *command, const char *file)
{
    struct bench_figures *figures = &command->figures;
    size_t first = figures->point_count;
    struct bench_work work;
    char error[1024];
    enum cmd_exit status = CMD_AGREE;

    if (!bench_work_read(&work, file, command->options.limit, error, sizeof error))
        status = fail(CMD_BAD_INPUT, error);
    if (status == CMD_AGREE)
        status = check_pages(command, &work, file);
    if (status == CMD_AGREE) {
        add_points(command, &work, file);
        status = measure_points(command, figures->points + first, figures->point_count - first,
                                &work, file);
    }
    bench_work_free(&work);
    return status;
}

static enum cmd_exit measure_traces(struct command *command)
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
                          latencies(command, &other_latencies)->count;
    command->figures.points = bench_points_new(command->point_room);
    if (!command->figures.points)
        return no_memory();
    for (size_t i = 0; status == CMD_AGREE && i < count; i++)
        status = measure_trace(command, files[i]);
    return status;
}

/* ---- */

static enum cmd_exit carry_out(struct command *command)
{
    const char *json = command->options.json;
    enum cmd_exit status;
    char error[600];

    if (json && !json_file_check(json, error, sizeof error))
        return fail(CMD_BAD_INPUT, error);
    if ((status = open_harts(command)) != CMD_AGREE ||
        (status = measure_rows(command)) != CMD_AGREE ||
        (status = measure_random(command)) != CMD_AGREE ||
        (status = measure_traces(command)) != CMD_AGREE)
        return status;
    bench_report(&command->figures);
    if (json && !bench_report_json(&command->figures, json, error, sizeof error))
        return fail(CMD_BAD_INPUT, error);
    return bench_tally(&command->figures).of[BENCH_OVER] ? CMD_DISAGREE : CMD_AGREE;
}

int cmd_bench(int argc, char **argv)
{
    struct command *command = calloc(1, sizeof *command);

    if (!command)
        return no_memory();
    bench_options_parse(&command->options, argc, argv);
    command->figures.options = &command->options;
    int status = carry_out(command);
    for (size_t i = 0; i < command->hart_count; i++)
        bench_hart_close(&command->harts[i]);
    bench_points_free(command->figures.points, command->point_room);
    free(command->figures.rows.at);
    bench_options_free(&command->options);
    free(command);
    return status;
}

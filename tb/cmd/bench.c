// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb bench: cycles of hits, walks, fences and traces, beside their targets. */
#include "bench_command.h"
#include "json_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OWN_SETS 3  /* parameters that a build of our own may set */
#define SET_SIZE 32 /* "DataSlots=4" */

enum cmd_exit bench_fail(enum cmd_exit status, const char *what)
{
    fprintf(stderr, "rvmmu-tb bench: %s\n", what);
    return status;
}

enum cmd_exit bench_no_memory(void)
{
    return bench_fail(CMD_BAD_INPUT, "no memory");
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
enum cmd_exit bench_open(const struct bench_command *command, struct bench_hart *hart,
                         int l2_register, bool many)
{
    const struct bench_options *options = &command->options;
    const struct dut_preset *preset = &command->preset;
    struct own_sets own = {.count = 0};
    char error[600];

    if (preset->value[parameter("L2Ways")])
        set(&own, preset, "L2Register", l2_register);
    if (many)
        set(&own, preset, "Walkers", BENCH_MANY);
    if (many && preset->value[parameter("DataSlots")] < BENCH_MANY)
        set(&own, preset, "DataSlots", BENCH_MANY);
    struct dut_set *sets = calloc(options->design.set_count + OWN_SETS, sizeof *sets);
    if (!sets)
        return bench_no_memory();
    for (size_t i = 0; i < options->design.set_count; i++)
        sets[i] = options->design.sets[i];
    for (size_t i = 0; i < own.count; i++)
        sets[options->design.set_count + i].text = own.text[i];
    bool good =
        bench_hart_open(hart, options->design.preset, sets, options->design.set_count + own.count,
                        options->identity, error, sizeof error);
    free(sets);
    return good ? CMD_AGREE : bench_fail(CMD_BAD_INPUT, error);
}

/* The values of L2Register to measure with, as bits. */
static unsigned registers(const struct bench_command *command)
{
    size_t i = parameter("L2Register");

    if (!command->preset.value[parameter("L2Ways")])
        return 1;
    if (command->options.registers)
        return command->options.registers;
    return command->preset.changed[i] ? 1u << command->preset.value[i] : 3;
}

static enum cmd_exit open_harts(struct bench_command *command)
{
    const struct bench_options *options = &command->options;
    char error[600];

    if (!dut_preset_load(options->design.preset, options->design.sets, options->design.set_count,
                         &command->preset, error, sizeof error))
        return bench_fail(CMD_BAD_INPUT, error);
    for (int r = 0; r < BENCH_MOST_BUILDS; r++) {
        if (!(registers(command) >> r & 1))
            continue;
        enum cmd_exit status = bench_open(command, &command->harts[command->hart_count], r, false);
        if (status != CMD_AGREE)
            return status;
        command->hart_count++;
    }
    command->figures.mode = command->harts[0].mode->name;
    return CMD_AGREE;
}

static enum cmd_exit measure_rows(struct bench_command *command)
{
    static const struct bench_numbers usual = {{1, 10, 40}, 3};
    const struct bench_numbers *asked = &command->options.latencies;
    const struct bench_numbers *walks = asked->count ? asked : &usual;
    unsigned groups = command->options.groups;

    for (size_t i = 0; i < command->hart_count; i++) {
        struct bench_hart *hart = &command->harts[i];
        struct bench_rows *rows = &command->figures.rows;

        if ((groups & BENCH_LATENCY) && !bench_measure_latency(hart, walks->at, walks->count, rows))
            return bench_no_memory();
        if ((groups & BENCH_FENCES) && !bench_measure_fences(hart, rows))
            return bench_no_memory();
        if (hart->error[0])
            return bench_fail(CMD_DISAGREE, hart->error);
    }
    return CMD_AGREE;
}

const struct bench_numbers *bench_latencies(const struct bench_command *command)
{
    static const struct bench_numbers usual = {{10, 40}, 2};

    return command->options.latencies.count ? &command->options.latencies : &usual;
}

struct bench_point bench_point_of(struct bench_hart *hart, const struct bench_work *work,
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

enum cmd_exit bench_points_try(const struct bench_command *command, struct bench_point *points,
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

static enum cmd_exit carry_out(struct bench_command *command)
{
    const char *json = command->options.json;
    enum cmd_exit status;
    char error[600];

    if (json && !json_file_check(json, error, sizeof error))
        return bench_fail(CMD_BAD_INPUT, error);
    if ((status = open_harts(command)) != CMD_AGREE ||
        (status = measure_rows(command)) != CMD_AGREE ||
        (status = bench_measure_random(command)) != CMD_AGREE ||
        (status = bench_measure_traces(command)) != CMD_AGREE)
        return status;
    bench_report(&command->figures);
    if (json && !bench_report_json(&command->figures, json, error, sizeof error))
        return bench_fail(CMD_BAD_INPUT, error);
    return bench_tally(&command->figures).of[BENCH_OVER] ? CMD_DISAGREE : CMD_AGREE;
}

int cmd_bench(int argc, char **argv)
{
    struct bench_command *command = calloc(1, sizeof *command);

    if (!command)
        return bench_no_memory();
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

// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb sweep: a grid of parameters, measured and plotted. */
#include "cmd.h"
#include "sweep_collect.h"
#include "sweep_folder.h"
#include "sweep_job.h"
#include "sweep_options.h"
#include "sweep_parallel.h"
#include "sweep_plot.h"
#include "sweep_process.h"
#include "sweep_report.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(enum cmd_exit status, const char *error)
{
    fprintf(stderr, "rvmmu-tb sweep: %s\n", error);
    return status;
}

/* Names and titles of the definitions in sim/sweeps. */
static int list(void)
{
    char pattern[4096], error[600];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s/sim/sweeps/*.sweep", dut_root());
    if (glob(pattern, 0, NULL, &found))
        return fail(CMD_BAD_INPUT, "there are no sweeps in sim/sweeps");
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct sweep_definition definition;
        bool good = sweep_definition_load(&definition, found.gl_pathv[i], error, sizeof error);
        printf("%-10s %s\n", definition.name, good ? definition.title : error);
        sweep_definition_free(&definition);
    }
    globfree(&found);
    return CMD_AGREE;
}

/* Reads what is there: the rows of all runs that are whole; `left` gets the others. */
static size_t collect(const struct sweep_plan *plan, const char *folder, struct sweep_rows *rows,
                      bool *left)
{
    char json[4096], reason[600];
    size_t missing = 0;

    rows->count = 0;
    for (size_t i = 0; i < plan->run_count; i++) {
        sweep_folder_file(folder, &plan->runs[i], "json", json, sizeof json);
        left[i] = !sweep_collect(plan, &plan->runs[i], json, rows, reason, sizeof reason);
        missing += left[i];
    }
    return missing;
}

/* Makes the runs that are left; false when the sweep cannot go on. */
static bool make_left(const struct sweep_plan *plan, const bool *left, size_t missing,
                      const struct sweep_options *options, const char *folder, char *error,
                      size_t error_size)
{
    fprintf(stderr, "%s: %zu designs, %zu runs, %zu of them there already; %u at once\n",
            plan->definition->name, plan->point_count, plan->run_count, plan->run_count - missing,
            options->jobs);
    return !missing || sweep_parallel(plan, left, options, folder, error, error_size);
}

static bool report(const struct sweep_plan *plan, const struct sweep_rows *rows, const char *folder,
                   char *error, size_t error_size)
{
    return sweep_report_csv(plan, rows, folder, error, error_size) &&
           sweep_report_markdown(plan, rows, folder, error, error_size) &&
           (!rows->count || sweep_plot_all(plan, rows, folder, error, error_size));
}

/* Everything that is left of the plan, then the results. */
static int sweep(const struct sweep_plan *plan, const struct sweep_options *options,
                 const char *folder)
{
    char error[1000];
    struct sweep_rows rows = {0};
    bool *left = calloc(plan->run_count, sizeof *left);

    if (!left)
        return fail(CMD_DISAGREE, "no memory");
    size_t missing = collect(plan, folder, &rows, left);
    bool good = make_left(plan, left, missing, options, folder, error, sizeof error);
    if (good) {
        missing = collect(plan, folder, &rows, left);
        good = report(plan, &rows, folder, error, sizeof error);
    }
    free(left);
    free(rows.row);
    if (!good)
        return fail(CMD_DISAGREE, error);
    printf("%zu of %zu runs; results: %s/table.md, points.csv and plots\n",
           plan->run_count - missing, plan->run_count, folder);
    return missing ? CMD_DISAGREE : CMD_AGREE;
}

/* The whole sweep, alone in its folder. */
static int sweep_in_folder(const struct sweep_plan *plan, const struct sweep_options *options)
{
    struct sweep_folder folder;
    char error[4000];

    if (!sweep_process_exists("parallel") || !sweep_process_exists("gnuplot"))
        return fail(CMD_BAD_INPUT, "GNU parallel and gnuplot are needed: "
                                   "apt-get install parallel gnuplot-nox");
    if (!sweep_folder_open(&folder, options->output, plan->definition->name, error, sizeof error))
        return fail(CMD_BAD_INPUT, error);
    int status = sweep(plan, options, folder.path);
    sweep_folder_close(&folder);
    return status;
}

static int sweep_definition(const struct sweep_definition *definition,
                            const struct sweep_options *options)
{
    struct sweep_plan plan;
    char error[1000];
    int status = CMD_BAD_INPUT;

    if (!sweep_plan_make(&plan, definition, &options->only, options->limit, error, sizeof error))
        fail(status, error);
    else if (options->run)
        status = sweep_job(&plan, options, options->output) ? CMD_AGREE : CMD_DISAGREE;
    else
        status = sweep_in_folder(&plan, options);
    sweep_plan_free(&plan);
    return status;
}

int cmd_sweep(int argc, char **argv)
{
    struct sweep_options options;
    struct sweep_definition definition;
    char error[5000];
    int status;

    sweep_options_parse(&options, argc, argv);
    if (options.list)
        return list();
    if (sweep_definition_load(&definition, options.sweep, error, sizeof error))
        status = sweep_definition(&definition, &options);
    else
        status = fail(CMD_BAD_INPUT, error);
    sweep_definition_free(&definition);
    return status;
}

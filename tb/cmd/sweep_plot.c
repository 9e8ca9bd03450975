// SPDX-License-Identifier: Apache-2.0
/* Writes gnuplot scripts and runs them. What a plot looks like is in sim/sweeps/lines.gp. */
#include "sweep_plot.h"

#include "sweep_process.h"
#include "sweep_report.h"
#include "whole_file.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

/* A string of gnuplot, with the quotes. */
static void write_string(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++) {
        if (*text == '\'')
            fputc('\'', out);
        fputc(*text, out);
    }
    fputc('\'', out);
}

static void write_variable(FILE *out, const char *name, const char *text)
{
    fprintf(out, "%s = ", name);
    write_string(out, text);
    fputc('\n', out);
}

/* An array of the names of a dimension's values. */
static void write_names(FILE *out, const char *array, const struct sweep_definition *definition,
                        const char *dimension, const struct sweep_values *values)
{
    fprintf(out, "array %s[%zu]\n", array, values->count);
    for (size_t i = 0; i < values->count; i++) {
        fprintf(out, "%s[%zu] = ", array, i + 1);
        write_string(out, sweep_label(definition, dimension, values->text[i]));
        fputc('\n', out);
    }
}

/* For each panel a block of its own: the name of x and the values of all series on each line. */
static void write_numbers(FILE *out, const struct sweep_definition *definition,
                          const struct sweep_plot *plot, const struct sweep_table *table)
{
    fputs("$numbers << END\n", out);
    for (size_t p = 0; p < table->panel.count; p++) {
        for (size_t x = 0; x < table->x.count; x++) {
            fprintf(out, "\"%s\"", sweep_label(definition, plot->x, table->x.text[x]));
            for (size_t s = 0; s < table->series.count; s++) {
                double value = sweep_table_cell(table, p, x, s);
                if (isnan(value))
                    fputs(" ?", out);
                else
                    fprintf(out, " %.10g", value);
            }
            fputc('\n', out);
        }
        fputs("\n\n", out);
    }
    fputs("END\n", out);
}

static void write_script(FILE *out, const struct sweep_plan *plan, const struct sweep_plot *plot,
                         const struct sweep_table *table)
{
    const struct sweep_definition *definition = plan->definition;
    char name[200], conditions[1000];

    sweep_plot_name(plot, name, sizeof name);
    strcat(name, ".svg");
    fputs("# Written by rvmmu-tb sweep; gnuplot makes the plot of it, in this folder.\n", out);
    write_variable(out, "picture", name);
    write_variable(out, "heading", definition->title);
    sweep_conditions(plan, conditions, sizeof conditions);
    write_variable(out, "conditions", conditions);
    write_variable(out, "x_title", sweep_label(definition, plot->x, NULL));
    write_variable(out, "y_title", sweep_measures[sweep_measure_find(plot->y)].title);
    write_variable(out, "series_title", sweep_label(definition, plot->series, NULL));
    write_names(out, "series", definition, plot->series, &table->series);
    write_names(out, "panels", definition, plot->panel, &table->panel);
    write_numbers(out, definition, plot, table);
    fputs("load ", out);
    char style[4200];
    snprintf(style, sizeof style, "%s/sim/sweeps/lines.gp", dut_root());
    write_string(out, style);
    fputc('\n', out);
}

/* gnuplot runs in the folder, so that the picture's name has no folder. */
static bool run_gnuplot(const char *folder, const char *script, char *error, size_t error_size)
{
    char *const command[] = {"gnuplot", (char *)script, NULL};
    int status = sweep_process_run(command, folder, NULL);

    if (!status)
        return true;
    snprintf(error, error_size, "gnuplot failed on %s/%s (exit status %d)", folder, script, status);
    return false;
}

static bool plot_one(const struct sweep_plan *plan, const struct sweep_rows *rows,
                     const struct sweep_plot *plot, const char *folder, char *error,
                     size_t error_size)
{
    struct sweep_table table;
    struct whole_file file;
    char script[300];
    bool good = sweep_table_make(&table, rows, plot);

    sweep_plot_name(plot, script, sizeof script - 4);
    strcat(script, ".gp");
    if (!good) {
        snprintf(error, error_size, "no memory for the plot %s", script);
    } else {
        if (whole_file_begin(&file, "%s/%s", folder, script))
            write_script(file.stream, plan, plot, &table);
        good = whole_file_end(&file, true, NULL, error, error_size) &&
               run_gnuplot(folder, script, error, error_size);
    }
    sweep_table_free(&table);
    return good;
}

bool sweep_plot_all(const struct sweep_plan *plan, const struct sweep_rows *rows,
                    const char *folder, char *error, size_t error_size)
{
    for (size_t i = 0; i < plan->definition->plots; i++)
        if (!plot_one(plan, rows, &plan->definition->plot[i], folder, error, error_size))
            return false;
    return true;
}

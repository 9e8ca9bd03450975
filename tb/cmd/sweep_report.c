// SPDX-License-Identifier: Apache-2.0
/* The results of a sweep as text. */
#include "sweep_report.h"

#include "whole_file.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

static void write_head(FILE *out)
{
    fputs("trace", out);
    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        fprintf(out, ",%s", sweep_measured_names[i]);
    fputs(",limit,preset", out);
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        fprintf(out, ",%s", dut_preset_parameter(i));
    for (size_t i = 0; i < SWEEP_MEASURES; i++)
        fprintf(out, ",%s", sweep_measures[i].name);
    fputs(",key\n", out);
}

static void write_row(FILE *out, const struct sweep_plan *plan, const struct sweep_row *row)
{
    const struct sweep_run *run = row->run;

    fputs(run->trace, out);
    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        fprintf(out, ",%s", row->measured[i]);
    fprintf(out, ",%" PRIu64 ",%s", plan->limit, plan->definition->preset);
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        fprintf(out, ",%d", run->point->preset.value[i]);
    for (size_t i = 0; i < SWEEP_MEASURES; i++)
        if (isnan(row->value[i]))
            fputc(',', out);
        else
            fprintf(out, ",%.10g", row->value[i]);
    fprintf(out, ",%s\n", run->key);
}

bool sweep_report_csv(const struct sweep_plan *plan, const struct sweep_rows *rows,
                      const char *folder, char *error, size_t error_size)
{
    struct whole_file file;

    if (whole_file_begin(&file, "%s/%s", folder, "points.csv")) {
        write_head(file.stream);
        for (size_t i = 0; i < rows->count; i++)
            write_row(file.stream, plan, &rows->row[i]);
    }
    return whole_file_end(&file, true, NULL, error, error_size);
}

static void write_line(FILE *out, const struct sweep_table *table, size_t panel, size_t x)
{
    for (size_t s = 0; s < table->series.count; s++) {
        double value = sweep_table_cell(table, panel, x, s);
        if (isnan(value))
            fputs(" |", out);
        else
            fprintf(out, " %.3f |", value);
    }
    fputc('\n', out);
}

static void write_table(FILE *out, const struct sweep_definition *definition,
                        const struct sweep_plot *plot, const struct sweep_table *table)
{
    char name[200];

    sweep_plot_name(plot, name, sizeof name);
    fprintf(out, "\n![%s](%s.svg)\n\n", sweep_measures[sweep_measure_find(plot->y)].title, name);
    fprintf(out, "%s; columns: %s.\n\n", sweep_measures[sweep_measure_find(plot->y)].title,
            sweep_label(definition, plot->series, NULL));
    fprintf(out, "| %s | %s |", sweep_label(definition, plot->panel, NULL),
            sweep_label(definition, plot->x, NULL));
    for (size_t s = 0; s < table->series.count; s++)
        fprintf(out, " %s |", sweep_label(definition, plot->series, table->series.text[s]));
    fputs("\n|---|---:|", out);
    for (size_t s = 0; s < table->series.count; s++)
        fputs("---:|", out);
    fputc('\n', out);
    for (size_t p = 0; p < table->panel.count; p++)
        for (size_t x = 0; x < table->x.count; x++) {
            fprintf(out, "| %s | %s |", sweep_label(definition, plot->panel, table->panel.text[p]),
                    sweep_label(definition, plot->x, table->x.text[x]));
            write_line(out, table, p, x);
        }
}

/* Appends. */
__attribute__((format(printf, 3, 4))) static void add(char *text, size_t size, const char *format,
                                                      ...)
{
    size_t used = strlen(text);
    va_list list;

    va_start(list, format);
    vsnprintf(text + used, size - used, format, list);
    va_end(list);
}

void sweep_conditions(const struct sweep_plan *plan, char *text, size_t size)
{
    static const char *const formats[SWEEP_MEASURED] = {
        [SWEEP_PORT] = ", %s accesses",
        [SWEEP_LATENCY] = ", memory answers after %s cycles",
        [SWEEP_OUTSTANDING] = ", at most %s outstanding",
    };
    const struct sweep_definition *definition = plan->definition;

    snprintf(text, size, "preset %s", definition->preset);
    for (size_t i = 0; i < definition->set.count; i++)
        add(text, size, ", %s", definition->set.set[i].text);
    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        if (definition->measured[i].count == 1)
            add(text, size, formats[i], definition->measured[i].item[0]);
    if (plan->limit)
        add(text, size, ", the first %" PRIu64 " references of each trace", plan->limit);
}

bool sweep_report_markdown(const struct sweep_plan *plan, const struct sweep_rows *rows,
                           const char *folder, char *error, size_t error_size)
{
    struct whole_file file;
    bool good = true;

    if (whole_file_begin(&file, "%s/%s", folder, "table.md")) {
        char conditions[1000];
        sweep_conditions(plan, conditions, sizeof conditions);
        fprintf(file.stream, "# %s\n\nMeasured: %s.\n", plan->definition->title, conditions);
        for (size_t i = 0; good && i < plan->definition->plots; i++) {
            struct sweep_table table;
            good = sweep_table_make(&table, rows, &plan->definition->plot[i]);
            if (good)
                write_table(file.stream, plan->definition, &plan->definition->plot[i], &table);
            sweep_table_free(&table);
        }
    }
    return whole_file_end(&file, good, NULL, error, error_size);
}

void sweep_plot_name(const struct sweep_plot *plot, char *name, size_t size)
{
    snprintf(name, size, "%s-by-%s", plot->y, plot->x);
}

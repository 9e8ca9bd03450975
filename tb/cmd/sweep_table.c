// SPDX-License-Identifier: Apache-2.0
/* Turns measurements into tables. */
#include "sweep_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sweep_row_value(const struct sweep_row *row, const char *dimension, char *text, size_t size)
{
    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        if (!strcmp(dimension, sweep_measured_names[i])) {
            snprintf(text, size, "%s", row->measured[i]);
            return;
        }
    sweep_run_value(row->run, dimension, text, size);
}

/* The number of the row's value of a dimension among those seen; it is added if it is new. */
static size_t number_of(struct sweep_values *values, const struct sweep_row *row,
                        const char *dimension)
{
    char text[sizeof *values->text];
    size_t i = 0;

    sweep_row_value(row, dimension, text, sizeof text);
    while (i < values->count && strcmp(values->text[i], text))
        i++;
    if (i == values->count && i < SWEEP_ITEMS)
        strcpy(values->text[values->count++], text);
    return i;
}

static double *cell(const struct sweep_table *table, size_t panel, size_t x, size_t series)
{
    return &table->cell[(panel * table->x.count + x) * table->series.count + series];
}

bool sweep_table_make(struct sweep_table *table, const struct sweep_rows *rows,
                      const struct sweep_plot *plot)
{
    enum sweep_measure_id measure = sweep_measure_find(plot->y);

    memset(table, 0, sizeof *table);
    for (size_t i = 0; i < rows->count; i++)
        if (number_of(&table->panel, &rows->row[i], plot->panel) == SWEEP_ITEMS ||
            number_of(&table->x, &rows->row[i], plot->x) == SWEEP_ITEMS ||
            number_of(&table->series, &rows->row[i], plot->series) == SWEEP_ITEMS)
            return false;
    size_t cells = table->panel.count * table->x.count * table->series.count;
    table->cell = malloc((cells + 1) * sizeof *table->cell);
    if (!table->cell)
        return false;
    for (size_t i = 0; i < cells; i++)
        table->cell[i] = NAN;
    for (size_t i = 0; i < rows->count; i++) {
        const struct sweep_row *row = &rows->row[i];
        *cell(table, number_of(&table->panel, row, plot->panel), number_of(&table->x, row, plot->x),
              number_of(&table->series, row, plot->series)) = row->value[measure];
    }
    return true;
}

void sweep_table_free(struct sweep_table *table)
{
    free(table->cell);
}

double sweep_table_cell(const struct sweep_table *table, size_t panel, size_t x, size_t series)
{
    return *cell(table, panel, x, series);
}

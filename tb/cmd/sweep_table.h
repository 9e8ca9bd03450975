// SPDX-License-Identifier: Apache-2.0
/* Measurements, and the tables that plots draw: for each panel, a row for each x and a column for
 * each series. */
#ifndef SWEEP_TABLE_H
#define SWEEP_TABLE_H

#include "sweep_measure.h"
#include "sweep_plan.h"

/* One run in one of the ways in which the bench measured it. What was not measured is NAN. */
struct sweep_row {
    const struct sweep_run *run;
    const char *measured[SWEEP_MEASURED]; /* as in the definition */
    double value[SWEEP_MEASURES];
};

struct sweep_rows {
    struct sweep_row *row; /* allocated */
    size_t count;
};

/* The values of a dimension that occur, in the order of the rows. */
struct sweep_values {
    char text[SWEEP_ITEMS][64];
    size_t count;
};

struct sweep_table {
    struct sweep_values x, series, panel;
    double *cell; /* allocated; NAN where nothing was measured */
};

/* The value of a dimension in a row, as text. */
void sweep_row_value(const struct sweep_row *row, const char *dimension, char *text, size_t size);

/* False when there is no memory or a dimension has too many values. The caller frees. */
bool sweep_table_make(struct sweep_table *table, const struct sweep_rows *rows,
                      const struct sweep_plot *plot);

void sweep_table_free(struct sweep_table *table);

double sweep_table_cell(const struct sweep_table *table, size_t panel, size_t x, size_t series);

#endif

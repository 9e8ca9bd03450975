// SPDX-License-Identifier: Apache-2.0
/* The results of a sweep as text: points.csv and table.md in its folder. */
#ifndef SWEEP_REPORT_H
#define SWEEP_REPORT_H

#include "sweep_table.h"

/* One row for each run, latency and order; the columns are the same in every sweep. */
bool sweep_report_csv(const struct sweep_plan *plan, const struct sweep_rows *rows,
                      const char *folder, char *error, size_t error_size);

/* One table for each plot. */
bool sweep_report_markdown(const struct sweep_plan *plan, const struct sweep_rows *rows,
                           const char *folder, char *error, size_t error_size);

/* What is the same in all of the sweep, in words: preset, port, latency ... */
void sweep_conditions(const struct sweep_plan *plan, char *text, size_t size);

/* The name of a plot's files without suffix: measure-by-dimension. */
void sweep_plot_name(const struct sweep_plot *plot, char *name, size_t size);

#endif

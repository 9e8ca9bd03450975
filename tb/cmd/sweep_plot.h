// SPDX-License-Identifier: Apache-2.0
/* The plots of a sweep. */
#ifndef SWEEP_PLOT_H
#define SWEEP_PLOT_H

#include "sweep_table.h"

/* Writes, for each plot of the definition, a gnuplot script with its numbers into the folder and
 * has gnuplot make the SVG beside it. False with one line in `error`. */
bool sweep_plot_all(const struct sweep_plan *plan, const struct sweep_rows *rows,
                    const char *folder, char *error, size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The definition of a sweep, a file sim/sweeps/NAME.sweep: which designs, on which work, plotted
 * how.
 *
 *     # comment                               to the end of the line
 *     title=TEXT                              of plots and table
 *     preset=NAME                             what every point starts from (linux)
 *     traces=NAME NAME ...                    in sim/traces/standard or sim/sweeps, or paths (the
 *                                             four standard ones)
 *     ports=data,fetch                        whose accesses, each port by itself (data)
 *     latency=N,N                             cycles of memory (10)
 *     outstanding=N,N                         accesses unanswered at most (1: one at a time)
 *     set Parameter=V ...                     in every point
 *     grid Parameter=V,V,V                    an axis of the grid
 *     points Parameter=V Parameter=V ...      one step of an axis on which they move together
 *     label Parameter TEXT                    how plots and table call it, and its values
 *     label Parameter=V TEXT
 *     plot x=DIMENSION series=DIMENSION y=MEASURE [panel=DIMENSION]
 *
 * The points are the product of the axes; all `points` lines are one axis. A dimension is a
 * parameter, trace, port, latency or outstanding; the panels of a plot are traces if nothing else
 * is said. */
#ifndef SWEEP_DEFINITION_H
#define SWEEP_DEFINITION_H

#include "dut.h"

#include <obstack.h>
#include <stdbool.h>
#include <stddef.h>

enum { SWEEP_RELATED = 8, SWEEP_CHOICES = 64, SWEEP_AXES = 6, SWEEP_ITEMS = 64, SWEEP_PLOTS = 8 };

/* What the bench varies in one run. */
enum sweep_measured { SWEEP_PORT, SWEEP_LATENCY, SWEEP_OUTSTANDING, SWEEP_MEASURED };

/* Words, in the order of the file. */
struct sweep_list {
    const char *item[SWEEP_ITEMS];
    size_t count;
};

/* Parameters that change together, as Parameter=V. */
struct sweep_choice {
    struct dut_set set[SWEEP_RELATED];
    size_t count;
};

struct sweep_axis {
    bool related; /* of `points` lines */
    struct sweep_choice choice[SWEEP_CHOICES];
    size_t count;
};

struct sweep_plot {
    const char *x, *series, *panel; /* dimensions */
    const char *y;                  /* a measure */
};

struct sweep_label {
    const char *of; /* Parameter or Parameter=V */
    const char *text;
};

struct sweep_definition {
    struct obstack text; /* what all the strings live in */
    const char *name, *title, *preset;
    struct sweep_list traces;
    struct sweep_list measured[SWEEP_MEASURED];
    struct sweep_choice set;
    struct sweep_axis axis[SWEEP_AXES];
    size_t axes;
    struct sweep_label label[SWEEP_ITEMS];
    size_t labels;
    struct sweep_plot plot[SWEEP_PLOTS];
    size_t plots;
};

extern const char *const sweep_measured_names[SWEEP_MEASURED]; /* as dimensions: "port" */

/* Reads a definition: a name in sim/sweeps or, if it has a slash, a path. False with one line in
 * `error` that names file and line. In either case the caller frees with sweep_definition_free. */
bool sweep_definition_load(struct sweep_definition *definition, const char *name, char *error,
                           size_t error_size);

void sweep_definition_free(struct sweep_definition *definition);

/* What `of`, or `of`=`value` unless `value` is null, is called; without a label, `of` or `value`.
 */
const char *sweep_label(const struct sweep_definition *definition, const char *of,
                        const char *value);

#endif

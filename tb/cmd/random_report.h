// SPDX-License-Identifier: Apache-2.0
/* What the random command prints. */
#ifndef RANDOM_REPORT_H
#define RANDOM_REPORT_H

#include "random_drive.h"

#include <stdio.h>

/* The table at the end. `seconds` of wall time. */
void random_print_statistics(FILE *to, const struct random_statistics *s, double seconds);

/* A failure and the command that shows it again. `design` is the part of that command that names
 * the design: "--preset linux --set Walkers=1"; `modes` that of the modes, or "". */
void random_print_failure(FILE *to, const char *design, const char *modes,
                          const struct random_case *what, const struct random_outcome *outcome);

/* "walks begun", ...; static. */
const char *random_event_name(enum dut_event event);

#endif

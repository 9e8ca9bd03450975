// SPDX-License-Identifier: Apache-2.0
/* Reads what the bench measured. */
#ifndef SWEEP_COLLECT_H
#define SWEEP_COLLECT_H

#include "sweep_table.h"

/* Appends the rows of a run, for all that the definition has measured, from the JSON that the
 * bench wrote. False with one line in `error`, and nothing appended, when the file is missing or is
 * not whole. */
bool sweep_collect(const struct sweep_plan *plan, const struct sweep_run *run, const char *json,
                   struct sweep_rows *rows, char *error, size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Makes runs, several at once, by GNU parallel. */
#ifndef SWEEP_PARALLEL_H
#define SWEEP_PARALLEL_H

#include "sweep_options.h"
#include "sweep_plan.h"

/* Makes those runs of the plan that `left` says, and tells on standard error how it goes and which
 * of them failed. False, with one line in `error`, when GNU parallel did not do its work. */
bool sweep_parallel(const struct sweep_plan *plan, const bool *left,
                    const struct sweep_options *options, const char *folder, char *error,
                    size_t error_size);

#endif

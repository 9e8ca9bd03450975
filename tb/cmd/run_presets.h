// SPDX-License-Identifier: Apache-2.0
/* The named presets, for --help. */
#ifndef RUN_PRESETS_H
#define RUN_PRESETS_H

#include <stdio.h>

/* One line for each preset in sim/presets: its name, its modes, the first line of its file. */
void run_presets_describe(FILE *to);

#endif

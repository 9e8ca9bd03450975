// SPDX-License-Identifier: Apache-2.0
/* Finds the Verilated library of a board, making it first when it is missing or out of date. */
#ifndef BOARD_LOAD_H
#define BOARD_LOAD_H

#include "board_shim.h"

#include <stddef.h>

/* The design is a preset in sim/presets, or "echo": a stand-in for the MMU, for tests. On failure
 * returns null with one line in `error`. The library stays loaded. */
const struct board_shim_ops *board_load(const char *design, char *error, size_t error_size);

#endif

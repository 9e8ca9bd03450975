// SPDX-License-Identifier: Apache-2.0
/* Finds the Verilated library of a build, making it first when it is missing or out of date. */
#ifndef DUT_BUILD_H
#define DUT_BUILD_H

#include "dut_preset.h"

/* Puts the library's path into `path`. Says on standard error that it builds, if it does. False
 * with one line in `error` when that fails. */
bool dut_build(const struct dut_preset *preset, enum dut_wave wave, char *path, size_t path_size,
               char *error, size_t error_size);

#endif

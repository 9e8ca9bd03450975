// SPDX-License-Identifier: Apache-2.0
/* Parameters of a build: read from a preset file, overridden by name=value, checked. */
#ifndef DUT_PRESET_H
#define DUT_PRESET_H

#include "dut.h"

#include <stdbool.h>
#include <stddef.h>

enum { DUT_PRESET_PARAMETERS = 33 };

struct dut_preset {
    char name[64];                       /* the preset's, without folder and suffix */
    int value[DUT_PRESET_PARAMETERS];    /* in the order of dut_preset_parameter */
    bool changed[DUT_PRESET_PARAMETERS]; /* overridden by name=value */
};

/* Name of parameter i as the RTL spells it. */
const char *dut_preset_parameter(size_t i);

/* Reads sim/presets/NAME.preset or, if `preset` has a slash, that file; then applies `sets`. False
 * with one line in `error` when something is unknown or out of its legal range. */
bool dut_preset_load(const char *preset, const struct dut_set *sets, size_t nsets,
                     struct dut_preset *loaded, char *error, size_t error_size);

/* Value of a parameter, by its name as the RTL spells it. */
int dut_preset_value(const struct dut_preset *preset, const char *name);

/* Whether all values are legal and go together; if not, one line in `error`. */
bool dut_preset_check(const struct dut_preset *preset, char *error, size_t error_size);

/* Directory of the project: the environment's RVMMU_ROOT, else where the program was built. */
const char *dut_root(void);

#endif

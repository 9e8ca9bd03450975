// SPDX-License-Identifier: Apache-2.0
/* What can be asked of a build, for coverage. */
#ifndef COVER_CONFIG_H
#define COVER_CONFIG_H

#include "coverage.h"
#include "dut.h"

/* All that the build has, in these modes (a mask as coverage_config has it); a run may admit to
 * less. */
struct coverage_config cover_config(const struct dut_parameters *parameters, unsigned modes);

#endif

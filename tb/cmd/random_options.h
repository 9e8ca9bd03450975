// SPDX-License-Identifier: Apache-2.0
/* The options of rvmmu-tb random. */
#ifndef RANDOM_OPTIONS_H
#define RANDOM_OPTIONS_H

#include "design.h"
#include "random_drive.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random_options {
    struct design design;
    struct random_case what;
    uint64_t seeds;
    unsigned modes; /* as the user named them; 0 = all */
    const char *coverage;
    const char *wave;
    bool wave_on_mismatch;
    bool no_shrink;
};

/* Parses the command line; what is wrong ends the program with a line that says so. The caller
 * frees the design with design_free. */
void random_parse(int argc, char **argv, struct random_options *options);

/* The name that --mode takes for the mode of so many levels (0: Bare); null if there is none. */
#define RANDOM_MODES 6
const char *random_mode_name(unsigned levels);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb sweep`. */
#ifndef SWEEP_OPTIONS_H
#define SWEEP_OPTIONS_H

#include "sweep_definition.h"

#include <stdint.h>

struct sweep_options {
    const char *sweep;  /* name or path of the definition */
    const char *output; /* folder; null: build/sweep/NAME */
    unsigned jobs;      /* simulations at once */
    uint64_t limit;     /* references of each trace; 0: all */
    struct sweep_list only;
    bool list;
    const char *bench; /* the program to measure with; null: this one */
    const char *run;   /* the key of the one run to make; null: all that are left */
};

/* Parses the command line. Bad input ends the program with one line and status 2, --help with
 * status 0. */
void sweep_options_parse(struct sweep_options *options, int argc, char **argv);

#endif

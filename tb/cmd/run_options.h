// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb run`. */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include "design.h"
#include "policy.h"
#include "vm.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Who sets A and D: the walk (Svadu), or the page-fault handler (Svade). */
enum run_ad { RUN_AD_AS_BUILT, RUN_AD_HARDWARE, RUN_AD_SOFTWARE };

struct run_options {
    struct design design;
    const struct vm_mode *mode; /* null: the preset's largest */
    double frames;              /* a number of frames, or percent; < 0: not given */
    bool frames_percent;
    const struct policy *policy; /* null: all */
    uint64_t slice, interval, limit, seed;
    unsigned latency;
    bool fold, superpages;
    enum run_ad ad;
    const char *swap, *json;
    const char *wave; /* null: no waves */
    uint64_t wave_from, wave_to;
    bool wave_on_mismatch;
    char **traces;
    size_t trace_count;
};

/* Parses the command line. Bad input ends the program with one line and status 2, --help with
 * status 0. The caller frees with run_options_free. */
void run_options_parse(struct run_options *options, int argc, char **argv);

void run_options_free(struct run_options *options);

#endif

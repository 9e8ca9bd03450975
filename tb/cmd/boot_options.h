// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb boot`. */
#ifndef BOOT_OPTIONS_H
#define BOOT_OPTIONS_H

#include "boot_mmu.h"

enum boot_ad { BOOT_AD_SVADE, BOOT_AD_SVADU };

struct boot_options {
    struct boot_mmu_options mmu;
    const char *file, *firmware;
    unsigned levels; /* of the largest mode that satp may select; 0: all that the design has */
    enum boot_ad ad;
    uint64_t memory; /* bytes */
    const char *bootargs;
    uint64_t limit; /* instructions */
    unsigned latency;
    const char *page_trace, *registers, *json, *waves;
    bool waves_from_satp;
    uint64_t waves_from; /* instruction */
    uint64_t waves_cycles;
    bool quiet;
};

/* Parses the command line. Bad input ends the program with one line and status 2, --help with
 * status 0. The caller frees with boot_options_free. */
void boot_options_parse(struct boot_options *options, int argc, char **argv);

void boot_options_free(struct boot_options *options);

#endif

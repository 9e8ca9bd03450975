// SPDX-License-Identifier: Apache-2.0
/* A machine with a guest in it, made as the command line says and run to its end. */
#ifndef BOOT_MACHINE_H
#define BOOT_MACHINE_H

#include "boot_options.h"
#include "boot_time.h"
#include "iss.h"
#include "iss_load.h"
#include "iss_record.h"

struct boot_machine {
    const struct boot_options *options;
    struct iss_memory memory;
    struct iss_image image;
    struct boot_mmu mmu;
    struct page_writer *trace; /* null: none */
    struct iss_record record;
    struct iss iss;
    uint64_t executed; /* instructions, those that trapped included */
    bool waves;        /* the waveform is open ... */
    bool recording;    /* ... and its cycles have begun */
    char wave_part[4096];
    struct boot_time time; /* of the run */
};

/* Loads the guest, opens the MMU, starts the hart. False with one line in `error`. The caller
 * closes in either case. */
bool boot_machine_open(struct boot_machine *machine, const struct boot_options *options,
                       char *error, size_t error_size);

/* To the guest's end or the limit. */
enum iss_end boot_machine_run(struct boot_machine *machine);

/* Ends the MMU; if `keep`, gives the waveform and the page trace their names. False with one line
 * in `error`. */
bool boot_machine_close(struct boot_machine *machine, bool keep, char *error, size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The MMU that a guest, or a trace of one, runs on: the design under the scoreboard, or the
 * reference model. */
#ifndef BOOT_MMU_H
#define BOOT_MMU_H

#include "design.h"
#include "iss_meter.h"
#include "iss_mmu_model.h"
#include "iss_mmu_rtl.h"

struct boot_mmu_options {
    bool on_model;
    struct design design; /* on no board */
};

/* The options --on, --preset and --set, as a child of a command's; its input is a struct
 * boot_mmu_options, of zeros at first. */
extern const struct argp boot_mmu_argp;

struct boot_mmu {
    struct mmu_config config; /* what the preset has ... */
    unsigned asid_bits;
    bool svadu;
    struct dut *dut; /* null: the model */
    struct iss_mmu_rtl rtl;
    struct iss_mmu_model model;
    struct iss_meter meter;              /* whose `mmu` is to be used */
    uint64_t events[DUT_EVENTS], cycles; /* of the design, when it was closed */
};

/* What the preset has, of which nothing is opened yet. False with one line in `error`. */
bool boot_mmu_configure(struct boot_mmu *mmu, const struct boot_mmu_options *options, char *error,
                        size_t error_size);

/* Opens what was configured, on this memory, which must outlive it; `latency` is memory's for
 * walks, in cycles. False with one line in `error`. */
bool boot_mmu_open(struct boot_mmu *mmu, const struct boot_mmu_options *options,
                   struct iss_memory *memory, enum dut_wave wave, unsigned latency, char *error,
                   size_t error_size);

/* Ends it, which the design may not like: then boot_mmu_wrong says so. */
void boot_mmu_close(struct boot_mmu *mmu);

/* What the design did wrong, in lines; null: nothing. */
const char *boot_mmu_wrong(const struct boot_mmu *mmu);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The results of `boot` and `replay`, for people and as JSON. */
#ifndef BOOT_REPORT_H
#define BOOT_REPORT_H

#include "boot_machine.h"

#include <jansson.h>

/* What the MMU did: translations, faults, fences, TLBs, walks. `mmu` is closed, `memory` is what
 * it walked in. */
void boot_report_mmu(const struct boot_mmu *mmu, uint64_t updates, const struct boot_time *time);
json_t *boot_report_mmu_json(const struct boot_mmu *mmu, uint64_t updates,
                             const struct boot_time *time);

/* A line of a report: what, how many, and a remark or null. */
void boot_report_line(const char *what, uint64_t value, const char *remark);

/* Of a guest. The machine is closed. */
void boot_report(const struct boot_machine *machine);
json_t *boot_report_json(const struct boot_machine *machine);

/* How the guest ended, in words. */
void boot_report_end(const struct boot_machine *machine, char *text, size_t size);

/* Whether the file of registers can be made; asked before a long run. False with one line in
 * `error`. */
bool boot_report_registers_check(const char *path, char *error, size_t error_size);

/* Writes pc, x1 to x31 and CSRs that do not depend on time, one a line: a name and 16 digits. False
 * with one line in `error`. */
bool boot_report_registers(const struct iss *iss, const char *path, char *error, size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What is put into memory before the machine starts. */
#ifndef ISS_LOAD_H
#define ISS_LOAD_H

#include "iss_memory.h"

#include <stddef.h>

#define ISS_KERNEL (ISS_RAM + UINT64_C(0x200000)) /* where a kernel's Image goes */

struct iss_image {
    bool elf;            /* an ELF file; else a RISC-V kernel's Image */
    uint64_t entry, end; /* end: of what it needs of memory */
};

/* Loads an ELF file by its program headers (physical addresses), or a RISC-V kernel's Image, which
 * its header names, at ISS_KERNEL. False with one line in `error`. */
bool iss_load_file(struct iss_memory *memory, const char *path, struct iss_image *image,
                   char *error, size_t error_size);

/* Loads a file as it is at the beginning of memory; it must end before `end`. */
bool iss_load_flat(struct iss_memory *memory, const char *path, uint64_t end, char *error,
                   size_t error_size);

#endif

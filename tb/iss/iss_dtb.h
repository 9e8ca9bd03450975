// SPDX-License-Identifier: Apache-2.0
/* The device tree that a kernel or a firmware is given. */
#ifndef ISS_DTB_H
#define ISS_DTB_H

#include "iss_memory.h"

#define ISS_DTB_ROOM 0x2000 /* bytes at most */

struct iss_dtb {
    unsigned levels;      /* of the largest mode: 3, 4 or 5; else none is named */
    bool devices;         /* CLINT, serial port and finisher are the guest's, not the SBI's */
    const char *bootargs; /* the kernel's command line */
};

/* Writes a flattened device tree of the machine to `pa`, where there is room. False: it does not
 * fit. */
bool iss_dtb_write(struct iss_memory *memory, const struct iss_dtb *what, uint64_t pa);

#endif

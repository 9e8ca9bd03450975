// SPDX-License-Identifier: Apache-2.0
/* A serial port: 8 data bits, no parity, 1 stop bit, every byte as it is. */
#ifndef DUT_LINK_TTY_H
#define DUT_LINK_TTY_H

#include <stddef.h>

/* Opens a device for this program alone; what has come before is thrown away. A descriptor that
 * does not block and that the caller closes, or -1 with the reason in `error`. */
int dut_tty_open(const char *path, unsigned baud, char *error, size_t error_size);

#endif

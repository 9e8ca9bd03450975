// SPDX-License-Identifier: Apache-2.0
/* A design on a board behind a serial line as dut_shim.h's calls. Its clock stands still while the
 * line talks; what a call changes goes out when it shows, at the latest with the clock edge. */
#ifndef DUT_UART_H
#define DUT_UART_H

#include "dut.h"
#include "dut_shim.h"

/* Opens the line and asks what is there. What the calls take as `self`, or null with the reason in
 * `error`. `uart` must live as long; the calls' `destroy` ends it. */
void *dut_uart_open(struct dut_uart *uart, char *error, size_t error_size);

/* The calls; `create` and those of waves are null. A line that fails ends in uart->failed. */
const struct dut_shim_ops *dut_uart_ops(void);

#endif

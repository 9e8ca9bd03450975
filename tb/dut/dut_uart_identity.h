// SPDX-License-Identifier: Apache-2.0
/* What is at the other end of the line. */
#ifndef DUT_UART_IDENTITY_H
#define DUT_UART_IDENTITY_H

#include "dut_link.h"
#include "dut_preset.h"

/* Asks the board what it was built with. False, with the reason in `error`: it does not answer,
 * speaks another version of the protocol, cannot be, needs what no line carries, or is not what
 * uart->preset names. */
bool dut_uart_identify(struct dut_link *link, struct dut_preset *built, char *error,
                       size_t error_size);

#endif

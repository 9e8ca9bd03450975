// SPDX-License-Identifier: Apache-2.0
/* Payloads of the board's protocol: what dut_shim.h has in structs as bytes, little endian. */
#ifndef DUT_UART_WIRE_H
#define DUT_UART_WIRE_H

#include "dut_shim.h"

#define DUT_WIRE_VERSION 1

/* Kinds of questions. Those not otherwise described are answered by outputs. */
enum dut_wire_kind {
    DUT_WIRE_IDENTIFY, /* nothing; answered by the version and the parameters */
    DUT_WIRE_RESET,    /* straps */
    DUT_WIRE_LOAD,     /* inputs */
    DUT_WIRE_CLOCK,    /* requests */
    DUT_WIRE_BOTH,     /* inputs, requests */
    DUT_WIRE_PMP,      /* index, cfg, addr */
};

#define DUT_WIRE_STRAPS     3
#define DUT_WIRE_INPUTS     48
#define DUT_WIRE_REQUESTS   24
#define DUT_WIRE_PMP_ENTRY  10
#define DUT_WIRE_PMP_MODE   0xFF /* as index: cfg has MML in bit 0, MMWP in bit 1 */
#define DUT_WIRE_PARAMETERS (1 + 2 * DUT_SHIM_PARAMETERS)
#define DUT_WIRE_OUTPUTS    70

void dut_wire_straps(const struct dut_strap_inputs *in, uint8_t to[DUT_WIRE_STRAPS]);

/* All that is loaded. What does not ask for anything is zeros, so that equal means equal. */
void dut_wire_inputs(const struct dut_inputs *in, uint8_t to[DUT_WIRE_INPUTS]);

/* Whether two sets of inputs differ in what shows in the outputs of their cycle: kills, fence,
 * change of PMP. The others show at its end. */
bool dut_wire_shows(const uint8_t a[DUT_WIRE_INPUTS], const uint8_t b[DUT_WIRE_INPUTS]);

/* What is left of inputs when their cycle has ended. */
void dut_wire_spend(uint8_t inputs[DUT_WIRE_INPUTS]);

void dut_wire_requests(const struct dut_inputs *in, uint8_t to[DUT_WIRE_REQUESTS]);

void dut_wire_pmp(unsigned index, unsigned cfg, uint64_t addr, uint8_t to[DUT_WIRE_PMP_ENTRY]);

/* The parameters behind the version. */
void dut_wire_parameters(const uint8_t from[DUT_WIRE_PARAMETERS],
                         uint32_t value[DUT_SHIM_PARAMETERS]);

/* Fields without meaning are left as they are. `events`: bit i for strobe i. Null, or what a design
 * with so many bits of tag and so many walkers cannot have answered. */
const char *dut_wire_outputs(const uint8_t from[DUT_WIRE_OUTPUTS], unsigned tag_bits,
                             unsigned walkers, struct dut_outputs *out, unsigned *events);

#endif

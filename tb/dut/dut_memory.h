// SPDX-License-Identifier: Apache-2.0
/* Memory behind the design's port: when it takes a read and when, and in which order, it answers.
 */
#ifndef DUT_MEMORY_H
#define DUT_MEMORY_H

#include "dut.h"
#include "dut_shim.h"

enum { DUT_MEMORY_IDS = 8 };

struct dut_memory_port {
    struct dut_memory memory;
    struct dut_memory_timing timing;
    uint64_t random;
    unsigned bytes;               /* of a PTE */
    unsigned outstanding;         /* bit i: id i waits */
    uint64_t due[DUT_MEMORY_IDS]; /* cycle of the answer, or later if another goes first */
    uint64_t pa[DUT_MEMORY_IDS];
};

void dut_memory_init(struct dut_memory_port *port, const struct dut_memory *memory,
                     const struct dut_memory_timing *timing, unsigned bytes);

/* Forgets what is outstanding. */
void dut_memory_reset(struct dut_memory_port *port);

/* A read was taken in the cycle before `cycle`. */
void dut_memory_take(struct dut_memory_port *port, unsigned id, uint64_t pa, uint64_t cycle);

/* Sets the memory's inputs for this cycle: ready, and an answer if one is due. */
void dut_memory_drive(struct dut_memory_port *port, uint64_t cycle, struct dut_inputs *in);

#endif

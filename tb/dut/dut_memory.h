// SPDX-License-Identifier: Apache-2.0
/* Memory behind the design's port: when it takes a request and when, and in which order, it
 * answers. */
#ifndef DUT_MEMORY_H
#define DUT_MEMORY_H

#include "dut.h"
#include "dut_shim.h"

enum { DUT_MEMORY_IDS = 8 };

struct dut_memory_request {
    uint64_t pa;
    bool swap;
    uint64_t expected, desired; /* of a swap */
    uint64_t due;               /* cycle of the answer, or later if another goes first */
};

struct dut_memory_port {
    struct dut_memory memory;
    struct dut_memory_timing timing;
    uint64_t random;
    unsigned bytes;       /* of a PTE */
    bool line;            /* reads are answered with the aligned 64 bytes, too */
    unsigned outstanding; /* bit i: id i waits */
    struct dut_memory_request request[DUT_MEMORY_IDS];
};

void dut_memory_init(struct dut_memory_port *port, const struct dut_memory *memory,
                     const struct dut_memory_timing *timing, unsigned bytes, bool line);

/* Forgets what is outstanding. */
void dut_memory_reset(struct dut_memory_port *port);

/* The request that `out` shows was taken in the cycle before `cycle`. */
void dut_memory_take(struct dut_memory_port *port, const struct dut_outputs *out, uint64_t cycle);

/* Sets the memory's inputs for this cycle: ready, and an answer if one is due. False: ready is as
 * it was, and there is none. */
bool dut_memory_drive(struct dut_memory_port *port, uint64_t cycle, struct dut_inputs *in);

#endif

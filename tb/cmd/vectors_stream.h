// SPDX-License-Identifier: Apache-2.0
/* Accesses of a scenario put to a design one after the other. */
#ifndef VECTORS_STREAM_H
#define VECTORS_STREAM_H

#include "vectors_engine.h"

#define VECTORS_CYCLES_MOST 10000 /* for a fence, for being accepted, for an answer */

/*
 * Fences everything, then asks in order, an access in each cycle in which its port accepts one, and
 * waits for all answers. `words` is the memory that the design has; it begins with the scenario's
 * image. Where the design falls silent, it is reset.
 */
void vectors_stream(struct dut *dut, struct vectors_memory *words,
                    const struct vector_scenario *scenario,
                    const struct vector_access *const *accesses, int count,
                    struct vectors_answer *answers);

#endif

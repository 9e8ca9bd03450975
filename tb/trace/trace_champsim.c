// SPDX-License-Identifier: Apache-2.0
/*
 * Reads ChampSim's binary format: 64 bytes an instruction, little-endian.
 *
 *     0   8         9            10            12          16            32           64
 *     ip  is_branch branch_taken dest_reg[2]   src_reg[4]  dest_mem[2]   src_mem[4]
 *
 * An instruction is a fetch of ip, a load of each source that is not 0 and a store of each
 * destination that is not 0, in that order. The format gives no sizes.
 */
#include "trace_compact.h"
#include "trace_format.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    INSTRUCTION = 64,
    IS_BRANCH = 8,
    BRANCH_TAKEN = 9,
    DESTINATIONS = 16,
    SOURCES = 32,
    DESTINATION_COUNT = 2,
    SOURCE_COUNT = 4
};

struct champsim {
    unsigned next, count; /* references of the instruction that are still to come */
    struct trace_record pending[DESTINATION_COUNT + SOURCE_COUNT];
};

static bool champsim_open(struct trace *t)
{
    t->state = calloc(1, sizeof(struct champsim));
    if (!t->state)
        trace_fail(t, "out of memory");
    return t->state != NULL;
}

static void add(struct champsim *c, const uint8_t *from, unsigned count, enum trace_kind kind)
{
    for (unsigned i = 0; i < count; i++) {
        uint64_t va = compact_load64(from + 8 * i);
        if (va)
            c->pending[c->count++] = (struct trace_record){va, kind, 0};
    }
}

static enum trace_status champsim_next(struct trace *t, struct trace_record *record)
{
    struct champsim *c = t->state;
    if (c->next < c->count) {
        *record = c->pending[c->next++];
        return TRACE_RECORD;
    }
    const uint8_t *bytes;
    size_t got = trace_source_need(t->source, INSTRUCTION, &bytes);
    uint64_t offset = trace_source_offset(t->source);
    if (!got && !trace_source_error(t->source))
        return TRACE_END;
    if (got < INSTRUCTION)
        return trace_fail(t,
                          "truncated: %zu bytes at byte %" PRIu64 ", where an instruction takes 64",
                          got, offset);
    if (bytes[IS_BRANCH] > 1 || bytes[BRANCH_TAKEN] > 1)
        return trace_fail(t,
                          "corrupt: the branch flags of the instruction at byte %" PRIu64
                          " are neither 0 nor 1",
                          offset);
    c->next = c->count = 0;
    add(c, bytes + SOURCES, SOURCE_COUNT, TRACE_LOAD);
    add(c, bytes + DESTINATIONS, DESTINATION_COUNT, TRACE_STORE);
    *record = (struct trace_record){compact_load64(bytes), TRACE_FETCH, 0};
    trace_source_skip(t->source, INSTRUCTION);
    return TRACE_RECORD;
}

const struct trace_reader trace_reader_champsim = {champsim_open, champsim_next};

// SPDX-License-Identifier: Apache-2.0
/* An MMU that hands everything on to another and writes a page trace of it. */
#ifndef ISS_RECORD_H
#define ISS_RECORD_H

#include "iss_memory.h"
#include "page_trace.h"

/* The last access of a kind. */
struct iss_record_stream {
    uint64_t page;
    enum mmu_privilege privilege;
    uint64_t since; /* in which state of what decides about accesses; 0: none, or a fault */
};

struct iss_record {
    struct iss_mmu mmu;         /* what the simulator is given */
    const struct iss_mmu *next; /* which answers */
    struct iss_memory *memory;
    struct mmu_config config;
    struct page_writer *writer;
    struct mmu_context walk; /* as the model sees it */
    struct mmu_pmp pmp;
    struct dut_context context, recorded; /* now, and as the trace has it */
    struct iss_record_stream stream[4];
    uint64_t state, data_state; /* numbers of it: for all accesses, for loads and stores */
    uint8_t *known;             /* a bit for each word that the trace has ... */
    uint8_t *shadow;            /* ... with this value */
    uint64_t *dirty;            /* addresses of known words that were stored to */
    size_t dirty_count, dirty_room;
    uint64_t accesses, faults;
    bool no_memory;
};

/* Begins a trace of the accesses that `next` will see. `next`, `memory` and `writer` must outlive
 * it. False: no memory. */
bool iss_record_begin(struct iss_record *record, const struct iss_mmu *next,
                      const struct mmu_config *config, struct iss_memory *memory,
                      struct page_writer *writer);

/* Writes the end of the trace and frees what was allocated, but not the writer. False: there was
 * not enough memory, and the trace is of no use. */
bool iss_record_end(struct iss_record *record);

#endif

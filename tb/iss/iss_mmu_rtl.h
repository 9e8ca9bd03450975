// SPDX-License-Identifier: Apache-2.0
/*
 * The design under test as an MMU, with the scoreboard over it: result, cause, tval, physical
 * address, page size and memory type of each answer, and each compare-and-swap of its walks, must
 * be legal. One access at a time; a hit takes one cycle.
 *
 * Stores reach the scoreboard from every page in which a walk has ever read.
 */
#ifndef ISS_MMU_RTL_H
#define ISS_MMU_RTL_H

#include "check.h"
#include "iss_memory.h"

struct iss_mmu_rtl {
    struct iss_mmu mmu; /* what the simulator is given */
    struct dut *dut;
    struct check *check;
    struct iss_memory *memory;
    struct dut_context context;
    uint64_t bound; /* most cycles that anything may take */
    unsigned tag[DUT_PORTS], tags;
    uint64_t answers, agreed;
    uint64_t waves_left; /* cycles to be recorded still */
    bool wrong;
    char message[9000]; /* what is wrong, in several lines */
};

/* Takes a design that was just opened or reset; it, `memory` and the design's parameters must
 * outlive it. `latency` is memory's for walks, in cycles. False: no memory. */
bool iss_mmu_rtl_begin(struct iss_mmu_rtl *rtl, struct dut *dut, const struct mmu_config *config,
                       struct iss_memory *memory, unsigned latency);

/* At the end: whether something is still unanswered, or the memory port broke its contract; then
 * `wrong`. Frees what was allocated. */
void iss_mmu_rtl_end(struct iss_mmu_rtl *rtl);

/* Records this many cycles from now on, if the design was opened with waves. */
void iss_mmu_rtl_record(struct iss_mmu_rtl *rtl, uint64_t cycles);

#endif

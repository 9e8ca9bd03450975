// SPDX-License-Identifier: Apache-2.0
/*
 * What the simulator asks of an MMU. The simulator itself knows no page table: it gives an access
 * and is given a physical address or an exception.
 */
#ifndef ISS_MMU_H
#define ISS_MMU_H

#include "dut.h"
#include "mmu_model.h"
#include "mmu_pmp.h"

#define ISS_CAUSES 16 /* mcause codes of exceptions */

/* An access, before translation: naturally aligned. */
struct iss_request {
    uint64_t va;
    enum mmu_access access;
    unsigned size;                /* bytes: 1, 2, 4 or 8 */
    enum mmu_privilege privilege; /* effective, after MPRV */
};

enum iss_translation {
    ISS_GRANTED,
    ISS_FAULT,
    ISS_STUCK /* the MMU has disagreed with its check, or does not answer: the machine stops */
};

struct iss_answer {
    uint64_t pa;    /* when granted */
    unsigned cause; /* of a fault: mcause code ... */
    uint64_t tval;  /* ... and what mtval is to hold */
};

/* An MMU. Each function may write the A and D bits of PTEs, by the memory that the MMU was made
 * with. What goes wrong in context, pmp and fence is told by the next translate. */
struct iss_mmu {
    void *self;
    enum iss_translation (*translate)(void *self, const struct iss_request *request,
                                      struct iss_answer *answer);
    /* CSRs for the accesses from now on. A change of satp fences nothing. */
    void (*context)(void *self, const struct dut_context *context);
    void (*pmp)(void *self, const struct mmu_pmp *pmp);
    /* Executes sfence.vma. */
    void (*fence)(void *self, const struct dut_fence *fence);
    /* The aligned eight bytes at `pa`, in a page that the MMU has marked in its memory as watched,
     * are about to become `word`. */
    void (*store)(void *self, uint64_t pa, uint64_t word);
};

#endif

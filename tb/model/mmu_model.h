// SPDX-License-Identifier: Apache-2.0
/*
 * Reference model of RISC-V address translation: one pure function of configuration, context,
 * request and memory. Written from the privileged specification ("Supervisor-Level ISA", clauses
 * "Virtual Address Translation Process" and following, and the chapters of the extensions that it
 * names). It has no TLB, keeps no state, prints
 * nothing and allocates nothing.
 *
 * Addresses are byte addresses. With xlen = 32, virtual addresses are zero-extended to 64 bits.
 */
#ifndef MMU_MODEL_H
#define MMU_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What kind of access asks for the translation. The values are those of the RTL's request port. */
enum mmu_access {
    MMU_FETCH = 0,
    MMU_LOAD = 1,
    MMU_STORE = 2,
    MMU_AMO = 3, /* needs what a load and what a store need; its causes are the store's */
    /* Zicfiss; the causes are the store's for all three. */
    MMU_SS_PUSH = 4,  /* sspush: stores to a shadow stack */
    MMU_SS_CHECK = 5, /* sspopchk: loads from one */
    MMU_SS_SWAP = 6,  /* ssamoswap: both */
    /* Cache-block operations; the causes are the store's. */
    MMU_CBO_MANAGE = 7, /* cbo.inval, cbo.clean, cbo.flush: where a load or a store is permitted */
    MMU_CBO_ZERO = 8,   /* where a store is permitted */
    MMU_PREFETCH = 9,   /* prefetch.i, .r, .w: granted or dropped, never a fault; A and D are
                           neither looked at nor set */
    MMU_ACCESSES
};

/* Effective privilege of the access, after MPRV. */
enum mmu_privilege { MMU_U = 0, MMU_S = 1, MMU_M = 3 };

enum mmu_result {
    MMU_GRANTED,
    MMU_PAGE_FAULT,
    MMU_ACCESS_FAULT,
    MMU_DROPPED /* of prefetches only: it may not be performed, and nothing is to be reported */
};

/* The implementation: constant while a machine runs. */
struct mmu_config {
    unsigned xlen;    /* 32 (Sv32) or 64 */
    unsigned levels;  /* most levels that satp.MODE may select: 2 (Sv32), 3, 4 or 5 */
    unsigned pa_bits; /* width of physical addresses, 32..34 (Sv32) or 32..56; an address beyond it
                         is an access fault */
    bool svnapot, svpbmt, svrsw60t59b; /* the extensions; only with xlen 64 */
    unsigned pmp_entries;              /* 0 (no PMP) .. 64 */
    unsigned pmp_grain;                /* G: the PMP grain has 2^(G+2) bytes; 0..53 */
};

struct mmu_pmp; /* mmu_pmp.h */

/* The state of the hart that the access sees, captured when it is made. */
struct mmu_context {
    uint64_t satp; /* the register as the hart reads it; MODE beyond config.levels is not legal */
    enum mmu_privilege privilege;
    bool sum;       /* sstatus.SUM */
    bool mxr;       /* sstatus.MXR */
    bool adue;      /* menvcfg.ADUE: 1 = the walk sets A and D (Svadu), 0 = it faults (Svade) */
    bool pbmte;     /* menvcfg.PBMTE; 0 where there is no Svpbmt */
    bool sse;       /* menvcfg.SSE: shadow-stack pages exist; 0 where there is no Zicfiss. No
                       shadow-stack access is made without it */
    bool sbe;       /* mstatus.SBE: page tables are big-endian; 0 where they cannot be */
    unsigned pmlen; /* pointer masking in force for the effective privilege, by its PMM field: upper
                       bits to be ignored, 0 (none), 7 or 16; 0 with xlen 32 */
    const struct mmu_pmp *pmp; /* the PMP CSRs; may be null when config.pmp_entries is 0 */
};

struct mmu_request {
    uint64_t va; /* before pointer masking */
    enum mmu_access access;
    unsigned size; /* bytes, a power of two. The address is naturally aligned, but of a cache-block
                      operation any byte of the block: `size` bytes, aligned, are accessed */
};

/* Physical memory as the walk sees it. `bytes` is 4 (Sv32) or 8. Words are as a little-endian
 * machine reads them, whatever context.sbe says: the byte at `pa` is the lowest. False: the access
 * errs (PMA). */
struct mmu_memory {
    void *user;
    bool (*read)(void *user, uint64_t pa, unsigned bytes, uint64_t *value);
    /* Stores `desired` if the word equals `expected`; `*found` is the value found either way.
     * May be null when no context has adue set. */
    bool (*compare_and_swap)(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                             uint64_t desired, uint64_t *found);
};

/* One PTE that the walk read, for checkers and for people. */
struct mmu_step {
    uint64_t pte_pa;
    uint64_t pte;   /* the value last read or found there, by its bytes in the order of context.sbe;
                       0 if the read erred */
    unsigned level; /* 0 = the level of base pages */
    bool leaf;      /* accepted as a leaf (permission may still deny the access) */
};

#define MMU_MAX_LEVELS 5

/* Page-based memory types, by their encoding in a PTE. */
enum mmu_memory_type { MMU_PMA = 0, MMU_NC = 1, MMU_IO = 2 };

/* Fields that do not belong to the result are 0: all but the steps, when it is MMU_DROPPED. */
struct mmu_answer {
    enum mmu_result result;
    unsigned cause;      /* of a fault, mcause code: 1 5 7 access fault, 12 13 15 page fault */
    uint64_t tval;       /* of a fault: the virtual address of the access, after pointer masking; of
                            a cache-block operation not aligned to its block */
    uint64_t pa;         /* when granted */
    unsigned page_shift; /* when granted: log2 of the page's size; 0 = no translation in force */
    bool global;         /* when granted: G was set in the leaf or in a pointer above it */
    enum mmu_memory_type memory_type; /* when granted: what Svpbmt asks for */
    unsigned steps;                   /* how many of step[] the walk filled, root first */
    struct mmu_step step[MMU_MAX_LEVELS];
};

/*
 * Translates one access. `answer` is overwritten whole, but step[] only up to `steps`. With adue =
 * 1 the A and D bits are written through `memory->compare_and_swap`; a failed swap evaluates the
 * value found (step 2 of the process). PMP is asked before each read and each swap of a PTE, and
 * about the final address, or the cache block around it; the access itself is not performed.
 * Returns answer->result.
 */
enum mmu_result mmu_translate(const struct mmu_config *config, const struct mmu_context *context,
                              const struct mmu_memory *memory, const struct mmu_request *request,
                              struct mmu_answer *answer);

/* Number of levels that satp.MODE selects: 0 = Bare, 2 (Sv32), 3, 4 or 5. A MODE that satp cannot
 * hold (reserved, or of more levels than the implementation has) counts as Bare. */
unsigned mmu_satp_levels(const struct mmu_config *config, uint64_t satp);

/* The ASID field of satp: 9 bits (xlen 32) or 16. */
unsigned mmu_satp_asid(const struct mmu_config *config, uint64_t satp);

/* The same for an access: 0 where satp is not active, in M-mode. */
unsigned mmu_levels_in_force(const struct mmu_config *config, const struct mmu_context *context);

/*
 * The address that is translated: the request's after pointer masking ("The Ignore Transformation":
 * sign-extended where satp translates, else zero-extended). It is request->va itself for a fetch,
 * with pmlen 0, and below M-mode with mxr.
 */
uint64_t mmu_transform(const struct mmu_config *config, const struct mmu_context *context,
                       const struct mmu_request *request);

/* True if every bit of the address above those translated equals the highest translated bit. */
bool mmu_canonical(const struct mmu_config *config, unsigned levels, uint64_t va);

#ifdef __cplusplus
}
#endif

#endif

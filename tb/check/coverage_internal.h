// SPDX-License-Identifier: Apache-2.0
/* A combination as a number. */
#ifndef COVERAGE_INTERNAL_H
#define COVERAGE_INTERNAL_H

#include "coverage.h"

/* What the walk ended at. A leaf that steps 3 to 5 accept counts by its bits and the size of its
 * page; the others do not, since their bits decide nothing more. */
enum coverage_end {
    END_NO_WALK,       /* no translation in force */
    END_NOT_CANONICAL, /* no PTE read */
    END_UNREADABLE,    /* the read of the PTE erred or was denied, or a swap of it erred */
    END_INVALID,       /* V = 0 */
    END_WRITE_ONLY,    /* W without R that is no shadow-stack page */
    END_RESERVED,      /* bits above the PPN */
    END_POINTER_BITS,  /* D, A or U in a pointer */
    END_POINTER,       /* a pointer at level 0 */
    END_MISALIGNED,
    END_LEAF, /* + COVERAGE_LEAVES numbers of its bits */
};

/* R, W, X, U as a number of four bits; and of A and D: neither set (D alone is no more), A, both.
 */
#define COVERAGE_LEAVES (16 * 3)
#define END_NAPOT       (END_LEAF + COVERAGE_LEAVES) /* a leaf of 64 KiB */
#define ENDS            (END_NAPOT + COVERAGE_LEAVES)

enum coverage_result {
    RESULT_GRANTED,
    RESULT_UPDATED, /* granted after A or D was written; the bits of the leaf are those before */
    RESULT_PAGE_FAULT,
    RESULT_ACCESS_FAULT,
    RESULT_DEFERRED, /* speculative, and A or D would have had to be written */
    RESULT_DROPPED,  /* a prefetch */
    RESULTS
};

struct combination {
    unsigned levels; /* of satp.MODE; 0 = Bare */
    unsigned level;  /* of the last PTE; 0 if there is none */
    unsigned end;
    unsigned privilege; /* enum mmu_privilege */
    unsigned sum, mxr;
    unsigned access;
    unsigned result;
};

#define COVERAGE_BINS                                                                              \
    ((MMU_MAX_LEVELS + 1) * MMU_MAX_LEVELS * ENDS * 4 * 2 * 2 * MMU_ACCESSES * RESULTS)

struct coverage {
    struct coverage_config config;
    unsigned char seen[COVERAGE_BINS];
    unsigned char possible[COVERAGE_BINS];
    /* Of coverage_each_case: null elsewhere, and after it has returned false. */
    bool (*visit)(void *user, const struct coverage_case *what);
    void *visit_user;
};

struct combination coverage_combination(const struct coverage_config *config,
                                        const struct check_judgement *judgement);
unsigned coverage_bin(const struct combination *what);
struct combination coverage_of_bin(unsigned bin);

/* Marks every combination that some page table leads to. */
void coverage_find_possible(struct coverage *coverage);

/* The combination in words. */
void coverage_describe(const struct combination *what, char *text, size_t size);

#endif

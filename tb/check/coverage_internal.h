// SPDX-License-Identifier: Apache-2.0
/* A combination as a number. */
#ifndef COVERAGE_INTERNAL_H
#define COVERAGE_INTERNAL_H

#include "coverage.h"

/* What the walk ended at. A leaf that steps 3 to 5 accept counts by its bits; the others do not,
 * since their bits decide nothing more. */
enum coverage_end {
    END_NO_WALK,       /* no translation in force */
    END_NOT_CANONICAL, /* no PTE read */
    END_UNREADABLE,    /* the read of the PTE erred */
    END_INVALID,       /* V = 0 */
    END_WRITE_ONLY,    /* W without R */
    END_RESERVED,      /* bits above the PPN */
    END_POINTER_BITS,  /* D, A or U in a pointer */
    END_POINTER,       /* a pointer at level 0 */
    END_MISALIGNED,
    END_LEAF, /* + R, W, X, U, A, D as a number of six bits */
    ENDS = END_LEAF + 64
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

#define COVERAGE_BINS ((MMU_MAX_LEVELS + 1) * MMU_MAX_LEVELS * ENDS * 4 * 2 * 2 * 4 * 3)

struct coverage {
    struct mmu_config model;
    unsigned modes;
    unsigned char seen[COVERAGE_BINS];
    unsigned char possible[COVERAGE_BINS];
};

struct combination coverage_combination(const struct mmu_config *model,
                                        const struct mmu_context *context,
                                        const struct mmu_request *request,
                                        const struct mmu_answer *answer);
unsigned coverage_bin(const struct combination *what);
struct combination coverage_of_bin(unsigned bin);

/* Marks every combination that some page table leads to. */
void coverage_find_possible(struct coverage *coverage);

/* The combination in words. */
void coverage_describe(const struct combination *what, char *text, size_t size);

#endif

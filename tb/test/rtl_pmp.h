// SPDX-License-Identifier: Apache-2.0
/*
 * PMP for directed tests of the RTL. The bench opens with the last entry letting everybody do
 * everything; entries below it go first. What these functions write takes effect by pmp_change.
 */
#ifndef RTL_PMP_H
#define RTL_PMP_H

#include "rtl_expect.h"

#define PMP_R   MMU_PMP_R
#define PMP_W   MMU_PMP_W
#define PMP_X   MMU_PMP_X
#define PMP_L   MMU_PMP_L
#define PMP_RW  (PMP_R | PMP_W)
#define PMP_RWX (PMP_R | PMP_W | PMP_X)

/* A naturally aligned region of 2^shift bytes, 4 or more. */
static inline void pmp_region(struct bench *b, unsigned entry, uint64_t pa, unsigned shift,
                              unsigned permissions)
{
    unsigned mode = shift == 2 ? MMU_PMP_NA4 : MMU_PMP_NAPOT;

    b->pmp.cfg[entry] = (uint8_t)(mode << MMU_PMP_A_SHIFT | permissions);
    b->pmp.addr[entry] = pa >> 2 | ((UINT64_C(1) << (shift - 2)) - 1) >> 1;
}

/* From the address of the entry before up to `top`. */
static inline void pmp_top(struct bench *b, unsigned entry, uint64_t top, unsigned permissions)
{
    b->pmp.cfg[entry] = (uint8_t)(MMU_PMP_TOR << MMU_PMP_A_SHIFT | permissions);
    b->pmp.addr[entry] = top >> 2;
}

/* An address for the entry behind it, and no region. */
static inline void pmp_bottom(struct bench *b, unsigned entry, uint64_t bottom)
{
    b->pmp.cfg[entry] = 0;
    b->pmp.addr[entry] = bottom >> 2;
}

/* As the bench was opened. */
static inline void pmp_open(struct bench *b)
{
    bench_permit(b);
    bench_change_pmp(b);
}

/* "Physical Memory Protection", and "Cache Management Operations" for the last three. */
static inline bool pmp_permits(unsigned permissions, enum mmu_access access)
{
    switch (access) {
    case MMU_FETCH:
        return permissions & PMP_X;
    case MMU_LOAD:
        return permissions & PMP_R;
    case MMU_STORE:
    case MMU_CBO_ZERO:
        return permissions & PMP_W;
    case MMU_CBO_MANAGE:
        return permissions & PMP_RW;
    case MMU_PREFETCH:
        return permissions & PMP_RWX;
    default:
        return (permissions & PMP_RW) == PMP_RW;
    }
}

/* An access that the page tables allow is answered by PMP. */
static inline void pmp_judges(struct bench *b, enum mmu_access access, uint64_t va, uint64_t pa,
                              bool permitted, unsigned shift)
{
    if (permitted)
        expect_pa(b, access, va, pa, shift);
    else if (access == MMU_PREFETCH)
        expect_defer(b, access, va);
    else
        expect_access_fault(b, access, va);
}

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * Physical memory protection, "Physical Memory Protection" of the machine-level ISA, with Smepmp.
 * A pure function; the caller owns the state.
 */
#ifndef MMU_PMP_H
#define MMU_PMP_H

#include "mmu_model.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MMU_PMP_MAX_ENTRIES 64

/* Fields of pmpcfg. */
#define MMU_PMP_R       0x01
#define MMU_PMP_W       0x02
#define MMU_PMP_X       0x04
#define MMU_PMP_A_SHIFT 3
#define MMU_PMP_A       0x18
#define MMU_PMP_L       0x80

enum mmu_pmp_mode { MMU_PMP_OFF = 0, MMU_PMP_TOR = 1, MMU_PMP_NA4 = 2, MMU_PMP_NAPOT = 3 };

/* The CSRs. Zeroed: all entries off, no Smepmp. */
struct mmu_pmp {
    uint8_t cfg[MMU_PMP_MAX_ENTRIES];
    uint64_t addr[MMU_PMP_MAX_ENTRIES]; /* pmpaddr: bits 2 and up of an address */
    bool mml, mmwp;                     /* mseccfg */
};

/*
 * Whether PMP lets `size` bytes at `pa` be accessed with this effective privilege ("Priority and
 * Matching Logic"; with mml, the truth table of Smepmp). `size` is a power of two and `pa` a
 * multiple of it. AMOs and shadow-stack accesses need R and W, CBO management R or W, a prefetch
 * any of R, W and X. Of `config`, pmp_entries and pmp_grain count: without entries everything is
 * allowed, and `pmp` may be null.
 */
bool mmu_pmp_allows(const struct mmu_config *config, const struct mmu_pmp *pmp,
                    enum mmu_privilege privilege, enum mmu_access access, uint64_t pa,
                    unsigned size);

#ifdef __cplusplus
}
#endif

#endif

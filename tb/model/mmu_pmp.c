// SPDX-License-Identifier: Apache-2.0
/* PMP: the lowest-numbered entry that matches a byte of the access decides about it. */
#include "mmu_pmp.h"

#include "mmu_permission.h"

/* First byte, and the one after the last. */
struct range {
    uint64_t from, to;
};

/* "Address Matching". Bits of pmpaddr below the grain do not matter for TOR, and read as ones for
 * NAPOT. An entry that matches nothing has an empty range. */
static struct range entry_range(const struct mmu_config *config, const struct mmu_pmp *pmp,
                                unsigned entry)
{
    uint64_t below_grain = (UINT64_C(1) << config->pmp_grain) - 1;
    uint64_t addr = pmp->addr[entry];

    switch ((enum mmu_pmp_mode)(pmp->cfg[entry] >> MMU_PMP_A_SHIFT & 3)) {
    case MMU_PMP_OFF:
        break;
    case MMU_PMP_TOR: {
        uint64_t bottom = entry ? pmp->addr[entry - 1] : 0;
        return (struct range){(bottom & ~below_grain) << 2, (addr & ~below_grain) << 2};
    }
    case MMU_PMP_NA4:
        return (struct range){addr << 2, (addr + 1) << 2};
    case MMU_PMP_NAPOT: {
        addr |= below_grain >> 1;
        uint64_t within = addr ^ (addr + 1); /* the ones at the end and the zero above them */
        uint64_t base = addr & ~within;
        return (struct range){base << 2, (base + within + 1) << 2};
    }
    }
    return (struct range){0, 0};
}

/* R, W and X that an entry gives. Without MML, an entry that is not locked gives M-mode all of
 * them. */
static unsigned permissions(const struct mmu_pmp *pmp, uint8_t cfg, bool machine)
{
    enum { R = MMU_PMP_R, W = MMU_PMP_W, X = MMU_PMP_X };
    /* The truth table of Smepmp, by L and XWR: {M-mode, S-mode and U-mode}. */
    static const unsigned char mml[2][8][2] = {
        {
            [0] = {0, 0},
            [X] = {0, X},
            [W] = {R | W, R},
            [W | X] = {R | W, R | W},
            [R] = {0, R},
            [R | X] = {0, R | X},
            [R | W] = {0, R | W},
            [R | W | X] = {0, R | W | X},
        },
        {
            [0] = {0, 0},
            [X] = {X, 0},
            [W] = {X, X},
            [W | X] = {R | X, X},
            [R] = {R, 0},
            [R | X] = {R | X, 0},
            [R | W] = {R | W, 0},
            [R | W | X] = {R, R},
        },
    };
    bool locked = cfg & MMU_PMP_L;

    if (pmp->mml)
        return mml[locked][cfg & (R | W | X)][!machine];
    return machine && !locked ? R | W | X : cfg & (R | W | X);
}

bool mmu_pmp_allows(const struct mmu_config *config, const struct mmu_pmp *pmp,
                    enum mmu_privilege privilege, enum mmu_access access, uint64_t pa,
                    unsigned size)
{
    bool machine = privilege == MMU_M;

    if (config->pmp_entries == 0)
        return true;
    for (unsigned entry = 0; entry < config->pmp_entries; entry++) {
        if (!(pmp->cfg[entry] & MMU_PMP_A))
            continue;
        struct range range = entry_range(config, pmp, entry);
        if (range.from >= range.to || pa + size <= range.from || pa >= range.to)
            continue;
        if (pa < range.from || pa + size > range.to)
            return false; /* "must match all bytes", whatever L, R, W and X are */
        return mmu_rwx_suffices(access, permissions(pmp, pmp->cfg[entry], machine));
    }
    /* No entry matches: M-mode only, not with MMWP, and with MML not to execute. */
    return machine && !pmp->mmwp && !(pmp->mml && access == MMU_FETCH);
}

// SPDX-License-Identifier: Apache-2.0
/* An MMU that hands everything on to another and counts it. */
#ifndef ISS_METER_H
#define ISS_METER_H

#include "iss_mmu.h"

struct iss_meter {
    struct iss_mmu mmu;         /* what the simulator is given */
    const struct iss_mmu *next; /* which answers */
    uint64_t translations[4];   /* by enum mmu_access */
    uint64_t faults[ISS_CAUSES];
    uint64_t fences[4]; /* by use_va + 2 * use_asid */
    uint64_t satp_changes, pmp_changes;
    uint64_t satp;
};

void iss_meter_begin(struct iss_meter *meter, const struct iss_mmu *next);

static inline uint64_t iss_meter_all(const struct iss_meter *meter)
{
    return meter->translations[MMU_FETCH] + meter->translations[MMU_LOAD] +
           meter->translations[MMU_STORE] + meter->translations[MMU_AMO];
}

#endif

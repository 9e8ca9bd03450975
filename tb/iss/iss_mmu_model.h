// SPDX-License-Identifier: Apache-2.0
/* The reference model as an MMU: no TLB, each access walks. */
#ifndef ISS_MMU_MODEL_H
#define ISS_MMU_MODEL_H

#include "iss_memory.h"

struct iss_mmu_model {
    struct iss_mmu mmu; /* what the simulator is given */
    struct mmu_config config;
    struct mmu_context context;
    struct mmu_pmp pmp;
    struct mmu_memory memory;
};

/* `memory` must outlive it. */
void iss_mmu_model_begin(struct iss_mmu_model *model, const struct mmu_config *config,
                         struct iss_memory *memory);

#endif

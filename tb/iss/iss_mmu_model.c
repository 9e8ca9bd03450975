// SPDX-License-Identifier: Apache-2.0
#include "iss_mmu_model.h"

static enum iss_translation translate(void *self, const struct iss_request *what,
                                      struct iss_answer *answer)
{
    struct iss_mmu_model *model = self;
    const struct mmu_request request = {what->va, what->access, what->size};
    struct mmu_answer found;

    model->context.privilege = what->privilege;
    if (mmu_translate(&model->config, &model->context, &model->memory, &request, &found) ==
        MMU_GRANTED) {
        answer->pa = found.pa;
        return ISS_GRANTED;
    }
    answer->cause = found.cause;
    answer->tval = found.tval;
    return ISS_FAULT;
}

static void context(void *self, const struct dut_context *now)
{
    struct iss_mmu_model *model = self;

    model->context = (struct mmu_context){
        .satp = now->satp,
        .sum = now->sum,
        .mxr = now->mxr,
        .adue = now->adue,
        .pbmte = now->pbmte,
        .pmp = &model->pmp,
    };
}

static void pmp(void *self, const struct mmu_pmp *now)
{
    struct iss_mmu_model *model = self;

    model->pmp = *now;
}

static void fence(void *self, const struct dut_fence *what)
{
    (void)self;
    (void)what;
}

static void store(void *self, uint64_t pa, uint64_t word)
{
    (void)self;
    (void)pa;
    (void)word;
}

void iss_mmu_model_begin(struct iss_mmu_model *model, const struct mmu_config *config,
                         struct iss_memory *memory)
{
    *model = (struct iss_mmu_model){
        .mmu = {model, translate, context, pmp, fence, store},
        .config = *config,
        .context = {.pmp = &model->pmp},
        .memory = {memory, iss_memory_read, iss_memory_swap},
    };
}

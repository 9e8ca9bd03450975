// SPDX-License-Identifier: Apache-2.0
#include "iss_meter.h"

static enum iss_translation translate(void *self, const struct iss_request *request,
                                      struct iss_answer *answer)
{
    struct iss_meter *meter = self;
    enum iss_translation result = meter->next->translate(meter->next->self, request, answer);

    meter->translations[request->access]++;
    if (result == ISS_FAULT && answer->cause < ISS_CAUSES)
        meter->faults[answer->cause]++;
    return result;
}

static void context(void *self, const struct dut_context *now)
{
    struct iss_meter *meter = self;

    meter->satp_changes += now->satp != meter->satp;
    meter->satp = now->satp;
    meter->next->context(meter->next->self, now);
}

static void pmp(void *self, const struct mmu_pmp *now)
{
    struct iss_meter *meter = self;

    meter->pmp_changes++;
    meter->next->pmp(meter->next->self, now);
}

static void fence(void *self, const struct dut_fence *what)
{
    struct iss_meter *meter = self;

    meter->fences[what->use_va + 2 * what->use_asid]++;
    meter->next->fence(meter->next->self, what);
}

static void store(void *self, uint64_t pa, uint64_t word)
{
    struct iss_meter *meter = self;

    meter->next->store(meter->next->self, pa, word);
}

void iss_meter_begin(struct iss_meter *meter, const struct iss_mmu *next)
{
    *meter = (struct iss_meter){
        .mmu = {meter, translate, context, pmp, fence, store},
        .next = next,
    };
}

// SPDX-License-Identifier: Apache-2.0
/* The hart's accesses: alignment, translation by the MMU, then memory or a device. */
#include "iss_internal.h"

/* False: it trapped, or the MMU is stuck. */
static bool translate(struct iss *iss, const struct iss_request *request, uint64_t *pa)
{
    struct iss_answer answer;

    switch (iss->mmu->translate(iss->mmu->self, request, &answer)) {
    case ISS_GRANTED:
        *pa = answer.pa;
        return true;
    case ISS_FAULT:
        return iss_raise(iss, answer.cause, answer.tval);
    default:
        iss->end = ISS_DISAGREED;
        return false;
    }
}

bool iss_fetch(struct iss *iss, uint32_t *insn)
{
    const struct iss_request request = {iss->pc, MMU_FETCH, 4, iss->privilege};
    uint64_t pa;

    if (!translate(iss, &request, &pa))
        return false;
    if (!iss_memory_has(iss->memory, pa, 4))
        return iss_raise(iss, CAUSE_FETCH_ACCESS, iss->pc);
    *insn = (uint32_t)iss_memory_load(iss->memory, pa, 4);
    return true;
}

bool iss_load(struct iss *iss, uint64_t va, unsigned size, uint64_t *value)
{
    const struct iss_request request = {va, MMU_LOAD, size, iss->data_privilege};
    uint64_t pa;

    if (va & (size - 1))
        return iss_raise(iss, CAUSE_LOAD_MISALIGNED, va);
    if (!translate(iss, &request, &pa))
        return false;
    if (iss_memory_has(iss->memory, pa, size)) {
        *value = iss_memory_load(iss->memory, pa, size);
        return true;
    }
    return iss_device_load(iss, pa, size, value) || iss_raise(iss, CAUSE_LOAD_ACCESS, va);
}

bool iss_store(struct iss *iss, uint64_t va, unsigned size, uint64_t value)
{
    const struct iss_request request = {va, MMU_STORE, size, iss->data_privilege};
    uint64_t pa;

    if (va & (size - 1))
        return iss_raise(iss, CAUSE_STORE_MISALIGNED, va);
    if (!translate(iss, &request, &pa))
        return false;
    if (iss_memory_has(iss->memory, pa, size)) {
        iss_memory_store(iss->memory, pa, size, value);
        return true;
    }
    return iss_device_store(iss, pa, size, value) || iss_raise(iss, CAUSE_STORE_ACCESS, va);
}

bool iss_atomic(struct iss *iss, uint64_t va, enum mmu_access access, unsigned size, uint64_t *pa)
{
    const struct iss_request request = {va, access, size, iss->data_privilege};
    bool load = access == MMU_LOAD;

    if (va & (size - 1))
        return iss_raise(iss, load ? CAUSE_LOAD_MISALIGNED : CAUSE_STORE_MISALIGNED, va);
    if (!translate(iss, &request, pa))
        return false;
    return iss_memory_has(iss->memory, *pa, size) ||
           iss_raise(iss, load ? CAUSE_LOAD_ACCESS : CAUSE_STORE_ACCESS, va);
}

// SPDX-License-Identifier: Apache-2.0
/* What is known of a translation before its walk: from satp, the privilege and the address. */
#include "mmu_model.h"

#include "mmu_pte.h"

unsigned mmu_satp_levels(const struct mmu_config *config, uint64_t satp)
{
    unsigned levels = 0;

    if (config->xlen == 32) {
        levels = satp >> 31 & 1 ? 2 : 0;
    } else {
        unsigned mode = satp >> 60;
        levels = mode >= 8 && mode <= 10 ? mode - 5 : 0;
    }
    return levels <= config->levels ? levels : 0;
}

unsigned mmu_satp_asid(const struct mmu_config *config, uint64_t satp)
{
    return config->xlen == 32 ? satp >> 22 & 0x1ff : satp >> 44 & 0xffff;
}

unsigned mmu_levels_in_force(const struct mmu_config *config, const struct mmu_context *context)
{
    return context->privilege == MMU_M ? 0 : mmu_satp_levels(config, context->satp);
}

bool mmu_canonical(const struct mmu_config *config, unsigned levels, uint64_t va)
{
    if (config->xlen == 32 || levels == 0)
        return true;
    unsigned highest = MMU_PAGE_SHIFT + levels * MMU_VPN_BITS_SV39 - 1;
    return va >> highest == 0 || va >> highest == UINT64_MAX >> highest;
}

/* "Memory Accesses Subject to Pointer Masking": explicit ones, CBOs and prefetches with them; MXR
 * is not in effect in M-mode. */
static bool is_masked(const struct mmu_context *context, enum mmu_access access)
{
    return access != MMU_FETCH && !(context->mxr && context->privilege != MMU_M);
}

/* "The Ignore Transformation". */
uint64_t mmu_transform(const struct mmu_config *config, const struct mmu_context *context,
                       const struct mmu_request *request)
{
    if (!is_masked(context, request->access))
        return request->va;
    uint64_t kept = UINT64_MAX >> context->pmlen;
    bool negative = request->va & (kept ^ kept >> 1);
    bool extends_sign = negative && mmu_levels_in_force(config, context) != 0;
    return (request->va & kept) | (extends_sign ? ~kept : 0);
}

// SPDX-License-Identifier: Apache-2.0
/* Which features a scenario uses that a build lacks. */
#include "mmu_pte.h"
#include "vectors_engine.h"

#include <string.h>

const char *vectors_feature_name(enum vectors_feature feature)
{
    static const char *const names[VECTORS_FEATURES] = {
        [VECTORS_NOTHING] = "nothing",
        [VECTORS_HYPERVISOR] = "hypervisor",
        [VECTORS_XLEN32] = "xlen32",
        [VECTORS_XLEN64] = "xlen64",
        [VECTORS_SV39] = "sv39",
        [VECTORS_SV48] = "sv48",
        [VECTORS_SV57] = "sv57",
        [VECTORS_PMP] = "pmp",
        [VECTORS_SVADU] = "svadu",
        [VECTORS_SVNAPOT] = "svnapot",
        [VECTORS_SVRSW60T59B] = "svrsw60t59b",
        [VECTORS_SVPBMT] = "svpbmt",
    };
    return names[feature];
}

/* Levels of the scheme that satp selects, whatever the build has. */
static unsigned scenario_levels(const struct vector_scenario *scenario)
{
    struct mmu_config widest = {.xlen = scenario->xlen, .levels = MMU_MAX_LEVELS};

    return mmu_satp_levels(&widest, scenario->satp);
}

static bool holds_pmp(const struct vectors_build *build, const struct vector_scenario *scenario)
{
    uint64_t used = 0;

    for (int i = 0; i < scenario->npe; i++)
        used |= scenario->pmp[i].addr;
    return build->pmp_entries > 0 && (unsigned)scenario->npe <= build->pmp_entries &&
           (unsigned)scenario->pmpg >= build->pmp_grain + 2 && used >> (build->pa_bits - 2) == 0;
}

enum vectors_feature vectors_scenario_lacks(const struct vectors_build *build,
                                            const struct vector_scenario *scenario)
{
    uint64_t set = 0;
    unsigned levels = scenario_levels(scenario);

    if ((unsigned)scenario->xlen != build->xlen)
        return scenario->xlen == 32 ? VECTORS_XLEN32 : VECTORS_XLEN64;
    if (levels > build->levels)
        return levels == 3 ? VECTORS_SV39 : levels == 4 ? VECTORS_SV48 : VECTORS_SV57;
    if (scenario->npmp > 0 && !holds_pmp(build, scenario))
        return VECTORS_PMP;
    if (scenario->madue && !build->svadu)
        return VECTORS_SVADU;
    if (scenario->xlen == 64)
        for (int i = 0; i < scenario->nmem; i++)
            set |= scenario->mem[i].value;
    if (scenario->napot && set & MMU_PTE_N && !build->svnapot)
        return VECTORS_SVNAPOT;
    if (scenario->svrsw && set & MMU_PTE_SOFTWARE_60_59 && !build->svrsw60t59b)
        return VECTORS_SVRSW60T59B;
    if (scenario->mpbmte && set & MMU_PTE_PBMT && !build->svpbmt)
        return VECTORS_SVPBMT;
    return VECTORS_NOTHING;
}

enum vectors_feature vectors_access_lacks(const struct vector_access *access)
{
    return access->ev || strchr("VXW", access->k) ? VECTORS_HYPERVISOR : VECTORS_NOTHING;
}

// SPDX-License-Identifier: Apache-2.0
#include "cover_config.h"

struct coverage_config cover_config(const struct dut_parameters *p, unsigned modes)
{
    unsigned accesses = 1u << MMU_FETCH | 1u << MMU_LOAD | 1u << MMU_STORE | 1u << MMU_AMO;

    if (p->zicfiss)
        accesses |= 1u << MMU_SS_PUSH | 1u << MMU_SS_CHECK | 1u << MMU_SS_SWAP;
    if (p->zicbo)
        accesses |= 1u << MMU_CBO_MANAGE | 1u << MMU_CBO_ZERO | 1u << MMU_PREFETCH;
    return (struct coverage_config){.model = {.xlen = p->xlen,
                                              .levels = p->levels,
                                              .pa_bits = p->pa_bits,
                                              .svnapot = p->svnapot,
                                              .svpbmt = p->svpbmt,
                                              .svrsw60t59b = p->svrsw60t59b,
                                              .pmp_entries = p->pmp_entries,
                                              .pmp_grain = p->pmp_grain},
                                    .modes = modes,
                                    .accesses = accesses,
                                    .svadu = p->svadu};
}

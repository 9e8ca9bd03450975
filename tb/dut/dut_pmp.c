// SPDX-License-Identifier: Apache-2.0
#include "dut_pmp.h"

bool dut_wait_pmp(struct dut *dut, const struct mmu_pmp *pmp, unsigned most)
{
    for (unsigned cycle = 0; cycle < most; cycle++) {
        bool changes = dut_change_pmp(dut, pmp);
        dut_step(dut);
        if (changes)
            return true;
    }
    return false;
}

bool dut_permit_all(struct dut *dut, unsigned most)
{
    static const struct mmu_pmp one_region = {
        .cfg = {MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X},
        .addr = {UINT64_MAX},
    };
    return dut_parameters(dut)->pmp_entries == 0 || dut_wait_pmp(dut, &one_region, most);
}

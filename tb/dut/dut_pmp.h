// SPDX-License-Identifier: Apache-2.0
/* PMP for those who have nothing else to do meanwhile, or who do not want any. */
#ifndef DUT_PMP_H
#define DUT_PMP_H

#include "dut.h"

/* Changes the PMP CSRs and steps the design until they have changed. False: not within `most`
 * cycles. */
bool dut_wait_pmp(struct dut *dut, const struct mmu_pmp *pmp, unsigned most);

/* The same to CSRs under which every privilege may do everything everywhere; nothing, in no cycle,
 * for a design without PMP. */
bool dut_permit_all(struct dut *dut, unsigned most);

#endif

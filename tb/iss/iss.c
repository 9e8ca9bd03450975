// SPDX-License-Identifier: Apache-2.0
/* The hart from its beginning to its end, instruction by instruction. */
#include "iss_internal.h"

/* As a firmware leaves M-mode's CSRs to a kernel. */
static void set_up_for_supervisor(struct iss *iss, bool adue)
{
    struct iss_csrs *csr = &iss->csr;

    iss->privilege = MMU_S;
    csr->medeleg = UINT64_C(0xb1ff); /* all but the ecalls of S and M */
    csr->mideleg = INTERRUPTS_S;
    csr->mcounteren = 7;
    csr->menvcfg = adue ? MENVCFG_ADUE : 0;
    if (iss->config.pmp_entries > 0) {
        csr->pmp.cfg[0] = MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X;
        csr->pmp.addr[0] = UINT64_MAX >> 10;
    }
}

void iss_begin(struct iss *iss, const struct iss_config *config, struct iss_memory *memory,
               const struct iss_mmu *mmu, uint64_t pc, uint64_t dtb, bool adue)
{
    *iss = (struct iss){
        .pc = pc,
        .x[11] = dtb,
        .x[12] = adue && !config->sbi,
        .privilege = MMU_M,
        .config = *config,
        .memory = memory,
        .mmu = mmu,
        .csr.mstatus = MSTATUS_UXL_64 | MSTATUS_SXL_64,
        .timer_bit = config->sbi ? INTERRUPT_STI : INTERRUPT_MTI,
    };
    memory->observer = mmu;
    if (config->sbi)
        set_up_for_supervisor(iss, adue);
    iss_timer_set(iss, UINT64_MAX);
    iss_context_changed(iss);
    mmu->context(mmu->self, &iss->context);
    mmu->pmp(mmu->self, &iss->csr.pmp);
}

/* False: it trapped. A trap that leads to where it comes from would do so for ever. */
static bool fetch(struct iss *iss, uint32_t *insn)
{
    uint64_t pc = iss->pc;
    enum mmu_privilege privilege = iss->privilege;

    if (iss_fetch(iss, insn))
        return true;
    if (iss->end == ISS_RUNNING && iss->pc == pc && iss->privilege == privilege)
        iss->end = ISS_LOST;
    return false;
}

static void step(struct iss *iss)
{
    uint32_t insn;

    if (iss->time >= iss->deadline)
        iss_timer_look(iss);
    iss->time++;
    if (iss->csr.mip & iss->csr.mie)
        iss_interrupt(iss);
    iss->next = iss->pc + 4;
    if (!fetch(iss, &insn) || !iss_execute(iss, insn))
        return;
    iss->pc = iss->next;
    iss->x[0] = 0;
    iss->counts.instructions++;
}

enum iss_end iss_run(struct iss *iss, uint64_t instructions)
{
    for (uint64_t i = 0; i < instructions && iss->end == ISS_RUNNING; i++)
        step(iss);
    return iss->end;
}

// SPDX-License-Identifier: Apache-2.0
/* Traps and the returns from them: "Machine Cause (mcause) Register", "Machine Trap Delegation
 * (medeleg and mideleg) Registers", "Trap-Return Instructions". */
#include "iss_internal.h"

#define CAUSE_INTERRUPT (UINT64_C(1) << 63)

/* Where a trap goes: interrupts apart if the vector's MODE is Vectored. */
static uint64_t handler(uint64_t tvec, uint64_t cause)
{
    uint64_t base = tvec & ~UINT64_C(3);

    return tvec & 1 && cause & CAUSE_INTERRUPT ? base + 4 * (cause & ~CAUSE_INTERRUPT) : base;
}

static void enter_supervisor(struct iss *iss, uint64_t cause, uint64_t tval)
{
    struct iss_csrs *csr = &iss->csr;

    csr->sepc = iss->pc;
    csr->scause = cause;
    csr->stval = tval;
    csr->mstatus = (csr->mstatus & ~(MSTATUS_SPIE | MSTATUS_SIE | MSTATUS_SPP)) |
                   (csr->mstatus & MSTATUS_SIE ? MSTATUS_SPIE : 0) |
                   (iss->privilege == MMU_S ? MSTATUS_SPP : 0);
    iss->privilege = MMU_S;
    iss->pc = handler(csr->stvec, cause);
}

static void enter_machine(struct iss *iss, uint64_t cause, uint64_t tval)
{
    struct iss_csrs *csr = &iss->csr;

    csr->mepc = iss->pc;
    csr->mcause = cause;
    csr->mtval = tval;
    csr->mstatus = (csr->mstatus & ~(MSTATUS_MPIE | MSTATUS_MIE | MSTATUS_MPP)) |
                   (csr->mstatus & MSTATUS_MIE ? MSTATUS_MPIE : 0) |
                   (uint64_t)iss->privilege << MSTATUS_MPP_SHIFT;
    iss->privilege = MMU_M;
    iss->pc = handler(csr->mtvec, cause);
}

static void trap(struct iss *iss, uint64_t cause, uint64_t delegated, uint64_t tval)
{
    if (iss->privilege != MMU_M && delegated >> (cause & 63) & 1)
        enter_supervisor(iss, cause, tval);
    else
        enter_machine(iss, cause, tval);
    iss_context_changed(iss);
}

bool iss_raise(struct iss *iss, unsigned cause, uint64_t tval)
{
    iss->counts.exceptions[cause]++;
    trap(iss, cause, iss->csr.medeleg, tval);
    return false;
}

bool iss_illegal(struct iss *iss, uint32_t insn)
{
    return iss_raise(iss, CAUSE_ILLEGAL, insn);
}

/* Of those pending and enabled, the ones that the privilege and its own enable bit let through:
 * M-mode's go first. */
static uint64_t due(const struct iss *iss)
{
    const struct iss_csrs *csr = &iss->csr;
    uint64_t pending = csr->mip & csr->mie;
    uint64_t machine = pending & ~csr->mideleg, supervisor = pending & csr->mideleg;

    if (machine && (iss->privilege != MMU_M || csr->mstatus & MSTATUS_MIE))
        return machine;
    if (iss->privilege == MMU_U || (iss->privilege == MMU_S && csr->mstatus & MSTATUS_SIE))
        return supervisor;
    return 0;
}

void iss_interrupt(struct iss *iss)
{
    static const uint8_t order[] = {11, 3, 7, 9, 1, 5}; /* external, software, timer; M before S */
    uint64_t interrupts = due(iss);

    if (!interrupts)
        return;
    for (unsigned i = 0; i < sizeof order; i++)
        if (interrupts >> order[i] & 1) {
            iss->counts.interrupts++;
            trap(iss, CAUSE_INTERRUPT | order[i], iss->csr.mideleg, 0);
            return;
        }
}

void iss_mret(struct iss *iss)
{
    uint64_t status = iss->csr.mstatus;
    enum mmu_privilege to = (enum mmu_privilege)((status & MSTATUS_MPP) >> MSTATUS_MPP_SHIFT);

    iss->next = iss->csr.mepc;
    iss->csr.mstatus = (status & ~(MSTATUS_MIE | MSTATUS_MPP)) | MSTATUS_MPIE |
                       (status & MSTATUS_MPIE ? MSTATUS_MIE : 0);
    if (to != MMU_M)
        iss->csr.mstatus &= ~MSTATUS_MPRV;
    iss->privilege = to;
    iss_context_changed(iss);
}

void iss_sret(struct iss *iss)
{
    uint64_t status = iss->csr.mstatus;

    iss->next = iss->csr.sepc;
    iss->csr.mstatus = (status & ~(MSTATUS_SIE | MSTATUS_SPP | MSTATUS_MPRV)) | MSTATUS_SPIE |
                       (status & MSTATUS_SPIE ? MSTATUS_SIE : 0);
    iss->privilege = status & MSTATUS_SPP ? MMU_S : MMU_U;
    iss_context_changed(iss);
}

// SPDX-License-Identifier: Apache-2.0
/* The SYSTEM instructions: "Zicsr", environment calls, trap returns, wfi and sfence.vma. */
#include "iss_internal.h"

enum {
    INSN_ECALL = 0x00000073,
    INSN_EBREAK = 0x00100073,
    INSN_SRET = 0x10200073,
    INSN_WFI = 0x10500073,
    INSN_MRET = 0x30200073,
};

#define FUNCT7_SFENCE_VMA 9

/* csrrw does not read where rd is x0, csrrs and csrrc do not write where rs1 is x0. */
static bool access_csr(struct iss *iss, uint32_t insn)
{
    unsigned kind = insn_funct3(insn) & 3, number = insn >> 20, rs1 = insn_rs1(insn);
    uint64_t operand = insn_funct3(insn) & 4 ? rs1 : iss->x[rs1], old = 0, value;

    if (!(kind == 1 && insn_rd(insn) == 0) && !iss_csr_read(iss, number, &old))
        return iss_illegal(iss, insn);
    value = kind == 1 ? operand : kind == 2 ? old | operand : old & ~operand;
    if ((kind == 1 || rs1 != 0) && !iss_csr_write(iss, number, value))
        return iss_illegal(iss, insn);
    iss->x[insn_rd(insn)] = old;
    return true;
}

/* "Supervisor Memory-Management Fence Instruction"; TVM lets M-mode see them. */
static bool fence(struct iss *iss, uint32_t insn)
{
    unsigned rs1 = insn_rs1(insn), rs2 = insn_rs2(insn);
    const struct dut_fence what = {
        .op = DUT_SFENCE_VMA,
        .use_va = rs1 != 0,
        .use_asid = rs2 != 0,
        .va = iss->x[rs1],
        .asid = (unsigned)iss->x[rs2] & ((1u << iss->config.asid_bits) - 1),
    };

    if (insn_rd(insn) != 0 || iss->privilege == MMU_U ||
        (iss->privilege == MMU_S && iss->csr.mstatus & MSTATUS_TVM))
        return iss_illegal(iss, insn);
    iss->mmu->fence(iss->mmu->self, &what);
    return true;
}

/* Waits until an interrupt is pending that is enabled in mie, whether it is taken or not. */
static bool wait(struct iss *iss, uint32_t insn)
{
    if (iss->privilege == MMU_U || (iss->privilege == MMU_S && iss->csr.mstatus & MSTATUS_TW))
        return iss_illegal(iss, insn);
    if (iss->csr.mip & iss->csr.mie)
        return true;
    if (iss->deadline == UINT64_MAX || !(iss->csr.mie & iss->timer_bit))
        iss->end = ISS_ASLEEP;
    else if (iss->time < iss->deadline)
        iss->time = iss->deadline;
    return true;
}

static bool return_from(struct iss *iss, uint32_t insn)
{
    bool machine = insn == INSN_MRET;

    if (iss->privilege < (machine ? MMU_M : MMU_S) ||
        (!machine && iss->privilege == MMU_S && iss->csr.mstatus & MSTATUS_TSR))
        return iss_illegal(iss, insn);
    if (machine)
        iss_mret(iss);
    else
        iss_sret(iss);
    return true;
}

static bool environment_call(struct iss *iss)
{
    if (iss->config.sbi && iss->privilege == MMU_S) {
        iss_sbi(iss);
        return true;
    }
    return iss_raise(iss, CAUSE_ECALL_U + iss->privilege, 0);
}

bool iss_execute_system(struct iss *iss, uint32_t insn)
{
    if ((insn_funct3(insn) & 3) != 0)
        return access_csr(iss, insn);
    if (insn_funct3(insn) != 0)
        return iss_illegal(iss, insn);
    if (insn_funct7(insn) == FUNCT7_SFENCE_VMA)
        return fence(iss, insn);
    switch (insn) {
    case INSN_ECALL:
        return environment_call(iss);
    case INSN_EBREAK:
        return iss_raise(iss, CAUSE_BREAKPOINT, iss->pc);
    case INSN_SRET:
    case INSN_MRET:
        return return_from(iss, insn);
    case INSN_WFI:
        return wait(iss, insn);
    default:
        return iss_illegal(iss, insn);
    }
}

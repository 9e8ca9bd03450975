// SPDX-License-Identifier: Apache-2.0
/* Decodes an instruction of the base and executes jumps, branches, loads and stores; the other
 * groups have files of their own. "RV32I Base Integer Instruction Set", "RV64I". */
#include "iss_internal.h"

enum {
    OP_LOAD = 0x03,
    OP_MISC_MEM = 0x0f,
    OP_IMM = 0x13,
    OP_AUIPC = 0x17,
    OP_IMM_32 = 0x1b,
    OP_STORE = 0x23,
    OP_AMO = 0x2f,
    OP_OP = 0x33,
    OP_LUI = 0x37,
    OP_OP_32 = 0x3b,
    OP_BRANCH = 0x63,
    OP_JALR = 0x67,
    OP_JAL = 0x6f,
    OP_SYSTEM = 0x73,
};

static uint64_t imm_u(uint32_t insn)
{
    return (uint64_t)(int64_t)(int32_t)(insn & 0xfffff000u);
}

static uint64_t imm_s(uint32_t insn)
{
    return (uint64_t)(int64_t)(((int32_t)insn >> 25) * 32 + (int32_t)insn_rd(insn));
}

static uint64_t imm_b(uint32_t insn)
{
    int64_t high = ((int32_t)insn >> 31) * INT64_C(4096);

    return (uint64_t)high | (insn << 4 & 0x800) | (insn >> 20 & 0x7e0) | (insn >> 7 & 0x1e);
}

static uint64_t imm_j(uint32_t insn)
{
    int64_t high = ((int32_t)insn >> 31) * INT64_C(0x100000);

    return (uint64_t)high | (insn & 0xff000) | (insn >> 9 & 0x800) | (insn >> 20 & 0x7fe);
}

static bool jump(struct iss *iss, uint64_t target)
{
    if (target & 3)
        return iss_raise(iss, CAUSE_FETCH_MISALIGNED, target);
    iss->next = target;
    return true;
}

static bool jump_and_link(struct iss *iss, uint32_t insn, uint64_t target)
{
    uint64_t link = iss->pc + 4;

    if (!jump(iss, target))
        return false;
    iss->x[insn_rd(insn)] = link;
    return true;
}

static bool branch(struct iss *iss, uint32_t insn)
{
    uint64_t a = iss->x[insn_rs1(insn)], b = iss->x[insn_rs2(insn)];
    bool taken;

    switch (insn_funct3(insn) >> 1) {
    case 0:
        taken = a == b;
        break;
    case 2:
        taken = (int64_t)a < (int64_t)b;
        break;
    case 3:
        taken = a < b;
        break;
    default:
        return iss_illegal(iss, insn);
    }
    taken ^= insn_funct3(insn) & 1; /* the opposite condition */
    return !taken || jump(iss, iss->pc + imm_b(insn));
}

/* funct3: log2 of the size, and whether the value is zero-extended. */
static bool load(struct iss *iss, uint32_t insn)
{
    unsigned kind = insn_funct3(insn), bits = 8u << (kind & 3);
    uint64_t value;

    if (kind == 7)
        return iss_illegal(iss, insn);
    if (!iss_load(iss, iss->x[insn_rs1(insn)] + (uint64_t)insn_imm_i(insn), bits / 8, &value))
        return false;
    if (kind < 3)
        value = (uint64_t)((int64_t)(value << (64 - bits)) >> (64 - bits));
    iss->x[insn_rd(insn)] = value;
    return true;
}

static bool store(struct iss *iss, uint32_t insn)
{
    unsigned kind = insn_funct3(insn);

    if (kind > 3)
        return iss_illegal(iss, insn);
    return iss_store(iss, iss->x[insn_rs1(insn)] + imm_s(insn), 1u << kind, iss->x[insn_rs2(insn)]);
}

bool iss_execute(struct iss *iss, uint32_t insn)
{
    switch (insn & 0x7f) {
    case OP_LOAD:
        return load(iss, insn);
    case OP_MISC_MEM: /* fence and fence.i: everything is in order already */
        return insn_funct3(insn) <= 1 || iss_illegal(iss, insn);
    case OP_STORE:
        return store(iss, insn);
    case OP_IMM:
    case OP_IMM_32:
    case OP_OP:
    case OP_OP_32:
        return iss_execute_op(iss, insn);
    case OP_AUIPC:
        iss->x[insn_rd(insn)] = iss->pc + imm_u(insn);
        return true;
    case OP_LUI:
        iss->x[insn_rd(insn)] = imm_u(insn);
        return true;
    case OP_AMO:
        return iss_execute_amo(iss, insn);
    case OP_BRANCH:
        return branch(iss, insn);
    case OP_JALR:
        if (insn_funct3(insn) != 0)
            return iss_illegal(iss, insn);
        return jump_and_link(iss, insn,
                             (iss->x[insn_rs1(insn)] + (uint64_t)insn_imm_i(insn)) & ~UINT64_C(1));
    case OP_JAL:
        return jump_and_link(iss, insn, iss->pc + imm_j(insn));
    case OP_SYSTEM:
        return iss_execute_system(iss, insn);
    default:
        return iss_illegal(iss, insn);
    }
}

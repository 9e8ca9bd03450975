// SPDX-License-Identifier: Apache-2.0
/* Integer computation: "Integer Computational Instructions" of RV64I, and "M" Extension. */
#include "iss_internal.h"

#define OPCODE_REGISTER 0x20 /* the second operand is a register, not an immediate */
#define OPCODE_WORD     0x08 /* 32-bit operands, the result sign-extended */

#define FUNCT7_MULDIV 1
#define FUNCT7_OTHER  0x20 /* sub, sra */

enum { ADD, SLL, SLT, SLTU, XOR, SRL, OR, AND };
enum { MUL, MULH, MULHSU, MULHU, DIV, DIVU, REM, REMU };

static uint64_t sign_extend(uint64_t word)
{
    return (uint64_t)(int64_t)(int32_t)word;
}

/* High half of a product; the sign of an operand that has one takes the other away from it. */
static uint64_t multiply_high(uint64_t a, uint64_t b, bool a_signed, bool b_signed)
{
    uint64_t high = (uint64_t)((unsigned __int128)a * b >> 64);

    if (a_signed && (int64_t)a < 0)
        high -= b;
    if (b_signed && (int64_t)b < 0)
        high -= a;
    return high;
}

/* Division by zero gives all ones and the dividend; the overflow the dividend and zero. */
static uint64_t divide(uint64_t a, uint64_t b, bool is_signed, bool remainder)
{
    if (b == 0)
        return remainder ? a : UINT64_MAX;
    if (!is_signed)
        return remainder ? a % b : a / b;
    if (b == UINT64_MAX)
        return remainder ? 0 : -a;
    return (uint64_t)(remainder ? (int64_t)a % (int64_t)b : (int64_t)a / (int64_t)b);
}

static uint64_t multiply_divide(unsigned kind, uint64_t a, uint64_t b)
{
    switch (kind) {
    case MUL:
        return a * b;
    case MULH:
        return multiply_high(a, b, true, true);
    case MULHSU:
        return multiply_high(a, b, true, false);
    case MULHU:
        return multiply_high(a, b, false, false);
    default:
        return divide(a, b, kind == DIV || kind == REM, kind >= REM);
    }
}

/* `other`: sub for add, sra for srl. */
static uint64_t compute(unsigned kind, uint64_t a, uint64_t b, bool other)
{
    switch (kind) {
    case ADD:
        return other ? a - b : a + b;
    case SLL:
        return a << (b & 63);
    case SLT:
        return (int64_t)a < (int64_t)b;
    case SLTU:
        return a < b;
    case XOR:
        return a ^ b;
    case SRL:
        return other ? (uint64_t)((int64_t)a >> (b & 63)) : a >> (b & 63);
    case OR:
        return a | b;
    default:
        return a & b;
    }
}

static bool is_shift(unsigned kind)
{
    return kind == SLL || kind == SRL;
}

static bool execute_immediate(struct iss *iss, uint32_t insn)
{
    unsigned kind = insn_funct3(insn);
    uint64_t a = iss->x[insn_rs1(insn)], b = (uint64_t)insn_imm_i(insn),
             *rd = &iss->x[insn_rd(insn)];
    bool other = false;

    if (is_shift(kind)) {
        unsigned above = insn >> 26; /* the amount's six bits */
        other = kind == SRL && above == FUNCT7_OTHER / 2;
        if (above != 0 && !other)
            return iss_illegal(iss, insn);
    }
    *rd = compute(kind, a, b, other);
    return true;
}

/* Of the 32-bit forms: what stands before a shift to the right is extended as it wants it. */
static bool execute_word(struct iss *iss, uint32_t insn)
{
    bool is_register = insn & OPCODE_REGISTER;
    unsigned kind = insn_funct3(insn), funct7 = insn_funct7(insn);
    uint64_t a = iss->x[insn_rs1(insn)];
    uint64_t b = is_register ? iss->x[insn_rs2(insn)] : (uint64_t)insn_imm_i(insn);
    bool shift = is_shift(kind);
    bool other = (is_register || shift) && funct7 == FUNCT7_OTHER && (kind == SRL || kind == ADD);

    if (!(kind == ADD || shift) || ((is_register || shift) && funct7 != 0 && !other))
        return iss_illegal(iss, insn);
    if (kind == SRL)
        a = other ? sign_extend(a) : (uint32_t)a;
    iss->x[insn_rd(insn)] = sign_extend(compute(kind, a, shift ? b & 31 : b, other));
    return true;
}

static bool execute_word_multiply(struct iss *iss, uint32_t insn)
{
    unsigned kind = insn_funct3(insn);
    uint64_t a = iss->x[insn_rs1(insn)], b = iss->x[insn_rs2(insn)];
    bool is_signed = kind == DIV || kind == REM;

    if (kind > MUL && kind < DIV)
        return iss_illegal(iss, insn);
    a = is_signed ? sign_extend(a) : (uint32_t)a;
    b = is_signed ? sign_extend(b) : (uint32_t)b;
    iss->x[insn_rd(insn)] = sign_extend(multiply_divide(kind, a, b));
    return true;
}

static bool execute_register(struct iss *iss, uint32_t insn)
{
    unsigned kind = insn_funct3(insn), funct7 = insn_funct7(insn);
    uint64_t a = iss->x[insn_rs1(insn)], b = iss->x[insn_rs2(insn)];
    bool other = funct7 == FUNCT7_OTHER && (kind == ADD || kind == SRL);

    if (funct7 != 0 && funct7 != FUNCT7_MULDIV && !other)
        return iss_illegal(iss, insn);
    iss->x[insn_rd(insn)] =
        funct7 == FUNCT7_MULDIV ? multiply_divide(kind, a, b) : compute(kind, a, b, other);
    return true;
}

bool iss_execute_op(struct iss *iss, uint32_t insn)
{
    bool is_register = insn & OPCODE_REGISTER;

    if (!(insn & OPCODE_WORD))
        return is_register ? execute_register(iss, insn) : execute_immediate(iss, insn);
    if (is_register && insn_funct7(insn) == FUNCT7_MULDIV)
        return execute_word_multiply(iss, insn);
    return execute_word(iss, insn);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Atomic accesses: "A" Extension. One is translated, and then done at once: the walker's
 * compare-and-swap comes before or after it. A reservation is of eight bytes; any store to them
 * breaks it, the walker's as the hart's own.
 */
#include "iss_internal.h"

enum { AMO_ADD = 0, AMO_SWAP = 1, LR = 2, SC = 3, AMO_XOR = 4, AMO_OR = 8, AMO_AND = 12 };
enum { AMO_MIN = 16, AMO_MAX = 20, AMO_MINU = 24, AMO_MAXU = 28 };

static uint64_t extend(uint64_t value, unsigned size)
{
    return size == 4 ? (uint64_t)(int64_t)(int32_t)value : value;
}

/* What is stored. `old` and `value` are sign-extended, which keeps the order of unsigned words,
 * too. False: there is no such instruction. */
static bool combine(unsigned kind, uint64_t old, uint64_t value, uint64_t *result)
{
    bool less = (int64_t)old < (int64_t)value, below = old < value;

    switch (kind) {
    case AMO_ADD:
        *result = old + value;
        return true;
    case AMO_SWAP:
        *result = value;
        return true;
    case AMO_XOR:
        *result = old ^ value;
        return true;
    case AMO_OR:
        *result = old | value;
        return true;
    case AMO_AND:
        *result = old & value;
        return true;
    case AMO_MIN:
        *result = less ? old : value;
        return true;
    case AMO_MAX:
        *result = less ? value : old;
        return true;
    case AMO_MINU:
        *result = below ? old : value;
        return true;
    case AMO_MAXU:
        *result = below ? value : old;
        return true;
    default:
        return false;
    }
}

static bool load_reserved(struct iss *iss, uint32_t insn, unsigned size)
{
    uint64_t pa;

    if (insn_rs2(insn) != 0)
        return iss_illegal(iss, insn);
    if (!iss_atomic(iss, iss->x[insn_rs1(insn)], MMU_LOAD, size, &pa))
        return false;
    iss->memory->reservation = pa & ~UINT64_C(7);
    iss->x[insn_rd(insn)] = extend(iss_memory_load(iss->memory, pa, size), size);
    return true;
}

/* Translates whether it succeeds or not. */
static bool store_conditional(struct iss *iss, uint32_t insn, unsigned size)
{
    struct iss_memory *memory = iss->memory;
    uint64_t pa;

    if (!iss_atomic(iss, iss->x[insn_rs1(insn)], MMU_STORE, size, &pa))
        return false;
    bool holds = memory->reservation == (pa & ~UINT64_C(7));
    if (holds)
        iss_memory_store(memory, pa, size, iss->x[insn_rs2(insn)]);
    memory->reservation = ISS_NO_RESERVATION;
    iss->x[insn_rd(insn)] = !holds;
    return true;
}

static bool read_modify_write(struct iss *iss, uint32_t insn, unsigned size)
{
    uint64_t value = extend(iss->x[insn_rs2(insn)], size), old, result, pa;

    if (!combine(insn >> 27, 0, 0, &result))
        return iss_illegal(iss, insn);
    if (!iss_atomic(iss, iss->x[insn_rs1(insn)], MMU_AMO, size, &pa))
        return false;
    old = extend(iss_memory_load(iss->memory, pa, size), size);
    combine(insn >> 27, old, value, &result);
    iss_memory_store(iss->memory, pa, size, result);
    iss->x[insn_rd(insn)] = old;
    return true;
}

bool iss_execute_amo(struct iss *iss, uint32_t insn)
{
    unsigned size = 1u << insn_funct3(insn);

    if (size != 4 && size != 8)
        return iss_illegal(iss, insn);
    switch (insn >> 27) {
    case LR:
        return load_reserved(iss, insn, size);
    case SC:
        return store_conditional(iss, insn, size);
    default:
        return read_modify_write(iss, insn, size);
    }
}

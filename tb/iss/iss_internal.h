// SPDX-License-Identifier: Apache-2.0
/* What the files of the simulator share. A function that may trap returns false when it has: then
 * pc is the handler's already, or the machine has ended. */
#ifndef ISS_INTERNAL_H
#define ISS_INTERNAL_H

#include "iss.h"

/* mstatus. */
#define MSTATUS_SIE       (UINT64_C(1) << 1)
#define MSTATUS_MIE       (UINT64_C(1) << 3)
#define MSTATUS_SPIE      (UINT64_C(1) << 5)
#define MSTATUS_MPIE      (UINT64_C(1) << 7)
#define MSTATUS_SPP       (UINT64_C(1) << 8)
#define MSTATUS_MPP_SHIFT 11
#define MSTATUS_MPP       (UINT64_C(3) << MSTATUS_MPP_SHIFT)
#define MSTATUS_MPRV      (UINT64_C(1) << 17)
#define MSTATUS_SUM       (UINT64_C(1) << 18)
#define MSTATUS_MXR       (UINT64_C(1) << 19)
#define MSTATUS_TVM       (UINT64_C(1) << 20)
#define MSTATUS_TW        (UINT64_C(1) << 21)
#define MSTATUS_TSR       (UINT64_C(1) << 22)
#define MSTATUS_UXL_64    (UINT64_C(2) << 32)
#define MSTATUS_SXL_64    (UINT64_C(2) << 34)

/* Interrupts: bits of mip and mie. */
#define INTERRUPT_SSI (UINT64_C(1) << 1)
#define INTERRUPT_MSI (UINT64_C(1) << 3)
#define INTERRUPT_STI (UINT64_C(1) << 5)
#define INTERRUPT_MTI (UINT64_C(1) << 7)
#define INTERRUPT_SEI (UINT64_C(1) << 9)
#define INTERRUPT_MEI (UINT64_C(1) << 11)
#define INTERRUPTS_S  (INTERRUPT_SSI | INTERRUPT_STI | INTERRUPT_SEI)

#define MENVCFG_FIOM  (UINT64_C(1) << 0)
#define MENVCFG_PBMTE (UINT64_C(1) << 62)
#define MENVCFG_ADUE  (UINT64_C(1) << 61)

/* Exceptions: mcause codes. */
enum {
    CAUSE_FETCH_MISALIGNED = 0,
    CAUSE_FETCH_ACCESS = 1,
    CAUSE_ILLEGAL = 2,
    CAUSE_BREAKPOINT = 3,
    CAUSE_LOAD_MISALIGNED = 4,
    CAUSE_LOAD_ACCESS = 5,
    CAUSE_STORE_MISALIGNED = 6,
    CAUSE_STORE_ACCESS = 7,
    CAUSE_ECALL_U = 8, /* plus the privilege */
};

/* Fields of an instruction. */
static inline unsigned insn_rd(uint32_t insn)
{
    return insn >> 7 & 31;
}

static inline unsigned insn_funct3(uint32_t insn)
{
    return insn >> 12 & 7;
}

static inline unsigned insn_rs1(uint32_t insn)
{
    return insn >> 15 & 31;
}

static inline unsigned insn_rs2(uint32_t insn)
{
    return insn >> 20 & 31;
}

static inline unsigned insn_funct7(uint32_t insn)
{
    return insn >> 25;
}

static inline int64_t insn_imm_i(uint32_t insn)
{
    return (int32_t)insn >> 20;
}

/* iss_trap.c */
bool iss_raise(struct iss *iss, unsigned cause, uint64_t tval);
bool iss_illegal(struct iss *iss, uint32_t insn);
void iss_interrupt(struct iss *iss); /* takes the one that is due, if there is one */
void iss_mret(struct iss *iss);
void iss_sret(struct iss *iss);

/* iss_csr.c. False: there is no such CSR, or the privilege does not have it. */
bool iss_csr_read(struct iss *iss, unsigned number, uint64_t *value);
bool iss_csr_write(struct iss *iss, unsigned number, uint64_t value);
void iss_context_changed(struct iss *iss); /* privilege or CSRs that the MMU sees */

/* iss_pmp.c: pmpcfg0.. and pmpaddr0.. by number. False: not one of them. */
bool iss_pmp_read(const struct iss *iss, unsigned number, uint64_t *value);
bool iss_pmp_write(struct iss *iss, unsigned number, uint64_t value);

/* iss_access.c */
bool iss_fetch(struct iss *iss, uint32_t *insn);
bool iss_load(struct iss *iss, uint64_t va, unsigned size, uint64_t *value);
bool iss_store(struct iss *iss, uint64_t va, unsigned size, uint64_t value);
/* Translates for an atomic access to memory, which is the only place for them. */
bool iss_atomic(struct iss *iss, uint64_t va, enum mmu_access access, unsigned size, uint64_t *pa);

/* iss_device.c. False: no device has this address. */
bool iss_device_load(struct iss *iss, uint64_t pa, unsigned size, uint64_t *value);
bool iss_device_store(struct iss *iss, uint64_t pa, unsigned size, uint64_t value);
void iss_timer_set(struct iss *iss, uint64_t timecmp);
void iss_timer_look(struct iss *iss); /* time has reached the deadline */

/* iss_sbi.c: an ecall from S-mode. */
void iss_sbi(struct iss *iss);

/* Each executes one instruction of its group. False: it trapped. */
bool iss_execute(struct iss *iss, uint32_t insn);
bool iss_execute_op(struct iss *iss, uint32_t insn);     /* iss_alu.c: OP, OP-32 and immediates */
bool iss_execute_amo(struct iss *iss, uint32_t insn);    /* iss_amo.c */
bool iss_execute_system(struct iss *iss, uint32_t insn); /* iss_system.c */

#endif

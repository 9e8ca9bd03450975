// SPDX-License-Identifier: Apache-2.0
/*
 * A simulator of one RISC-V hart: RV64IMA, Zicsr, Zifencei, with M, S and U mode, beside memory, a
 * timer, a serial port and a power switch at the addresses of QEMU's machine `virt`. Written from
 * the unprivileged and the privileged specification.
 *
 * It is made to drive an MMU: each fetch, load, store and atomic access asks the one behind struct
 * iss_mmu, in program order and one at a time. Misaligned accesses trap. Time is counted in
 * instructions: the timer of ISS_TIMEBASE ticks a second advances by one with each, and jumps ahead
 * in wfi.
 */
#ifndef ISS_H
#define ISS_H

#include "iss_memory.h"
#include "iss_mmu.h"

#define ISS_TIMEBASE 10000000 /* ticks of the timer in a second */

/* What a hart can do, beyond what is always there. */
struct iss_config {
    unsigned levels; /* most levels that satp.MODE may select, 0..5; writes of more are ignored */
    unsigned asid_bits;   /* 0..16 */
    unsigned pa_bits;     /* satp.PPN has no bits above them */
    unsigned pmp_entries; /* 0..16 */
    unsigned pmp_grain;   /* G: the grain has 2^(G+2) bytes */
    bool svadu, svpbmt;   /* menvcfg.ADUE and PBMTE can be 1 */
    bool sbi;             /* an ecall from S-mode is served here (see iss_sbi.c), not by M-mode */
    /* The serial port's and the SBI's output. */
    void (*put)(void *user, char c);
    void *user;
};

/* What ended a run. */
enum iss_end {
    ISS_RUNNING,     /* nothing yet */
    ISS_POWERED_OFF, /* as it should */
    ISS_FAILED,      /* the guest said so; `code` is what it gave */
    ISS_RESET,       /* the guest wants to be started again: what a kernel does after a panic */
    ISS_ASLEEP,      /* wfi with no interrupt that could ever come */
    ISS_LOST,        /* the trap handler's first instruction traps to itself */
    ISS_DISAGREED    /* the MMU is stuck */
};

struct iss_counts {
    uint64_t instructions;           /* retired */
    uint64_t exceptions[ISS_CAUSES]; /* by cause */
    uint64_t interrupts, sbi_calls;
};

/* CSRs, as the specification lays them out. Of those with an S-mode view (mstatus, mie, mip) there
 * is one copy. */
struct iss_csrs {
    uint64_t mstatus, medeleg, mideleg, mie, mip, mtvec, mcounteren, mscratch, mepc, mcause, mtval;
    uint64_t menvcfg, mcountinhibit;
    uint64_t stvec, scounteren, sscratch, sepc, scause, stval, satp, senvcfg;
    int64_t cycle_offset, instret_offset; /* what was written to mcycle and minstret */
    struct mmu_pmp pmp;
};

struct iss {
    uint64_t pc, x[32];
    uint64_t next;                                /* pc after the instruction that is executed */
    enum mmu_privilege privilege, data_privilege; /* data_privilege: of loads and stores (MPRV) */
    struct iss_csrs csr;
    struct iss_config config;
    struct iss_memory *memory;
    const struct iss_mmu *mmu;
    struct dut_context context; /* as the MMU knows it */
    uint64_t time;              /* of the timer */
    uint64_t timecmp;           /* at which it raises its interrupt ... */
    uint64_t timer_bit;         /* ... in mip: MTIP, or STIP by the SBI */
    uint64_t deadline;          /* timecmp, or never if that interrupt is up */
    uint8_t uart[8];            /* registers of the serial port */
    enum iss_end end;
    unsigned code;
    struct iss_counts counts;
};

/* A hart that is to begin at `pc`; a0 is its id (0), a1 the device tree's address. With
 * `config->sbi` it begins in S-mode, and M-mode's CSRs are as a firmware would have set them: traps
 * delegated, counters readable, PMP open, menvcfg.ADUE = `adue`. Without, it begins in M-mode, all
 * CSRs are 0 and `adue` is in a2, as a wish. `memory` and `mmu` must outlive it. */
void iss_begin(struct iss *iss, const struct iss_config *config, struct iss_memory *memory,
               const struct iss_mmu *mmu, uint64_t pc, uint64_t dtb, bool adue);

/* Executes so many instructions, those that trap included, or until the machine ends; returns
 * iss->end. */
enum iss_end iss_run(struct iss *iss, uint64_t instructions);

/* A CSR as M-mode reads it, by its number; 0 if there is none. */
uint64_t iss_csr(const struct iss *iss, unsigned number);

#endif

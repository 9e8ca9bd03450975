// SPDX-License-Identifier: Apache-2.0
/*
 * A machine for tests of the simulator: a mebibyte of memory, the reference model as its MMU, and
 * programs given as encoded words. With translation, a program's pages are elsewhere in the virtual
 * than in the physical address space, so that an address which was never translated is noticed.
 */
#ifndef ISS_BENCH_H
#define ISS_BENCH_H

#include "iss_internal.h"
#include "iss_mmu_model.h"
#include "mmu_pte.h"
#include "page_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define BENCH_MEMORY UINT64_C(0x100000)
#define BENCH_CODE   (ISS_RAM + 0x1000)
#define BENCH_DATA   (ISS_RAM + 0x2000)
#define BENCH_STVEC  (ISS_RAM + 0x3000)
#define BENCH_MTVEC  (ISS_RAM + 0x4000)
#define BENCH_TABLES (ISS_RAM + 0x10000)          /* root, then the others */
#define BENCH_VA     UINT64_C(0xffffffc000000000) /* maps to ISS_RAM, where it is mapped */
#define BENCH_SATP   (UINT64_C(8) << 60 | UINT64_C(5) << 44 | BENCH_TABLES >> 12)

/* Registers that the tests use. */
enum { ZERO, RA, SP, GP, TP, T0, T1, T2, S0, S1, A0, A1, A2, A3, A4, A5, A6, A7 };

struct bench {
    struct iss iss;
    struct iss_memory memory;
    struct iss_mmu_model model;
    char console[200];
    size_t printed;
    size_t words; /* of the program */
};

static inline uint32_t bench_r(unsigned op, unsigned f3, unsigned f7, unsigned rd, unsigned rs1,
                               unsigned rs2)
{
    return f7 << 25 | rs2 << 20 | rs1 << 15 | f3 << 12 | rd << 7 | op;
}

static inline uint32_t bench_i(unsigned op, unsigned f3, unsigned rd, unsigned rs1, int imm)
{
    return (uint32_t)imm << 20 | rs1 << 15 | f3 << 12 | rd << 7 | op;
}

static inline uint32_t bench_s(unsigned f3, unsigned rs1, unsigned rs2, int imm)
{
    uint32_t u = (uint32_t)imm;

    return (u >> 5 & 127) << 25 | rs2 << 20 | rs1 << 15 | f3 << 12 | (u & 31) << 7 | 0x23;
}

static inline uint32_t bench_b(unsigned f3, unsigned rs1, unsigned rs2, int imm)
{
    uint32_t u = (uint32_t)imm;

    return (u >> 12 & 1) << 31 | (u >> 5 & 63) << 25 | rs2 << 20 | rs1 << 15 | f3 << 12 |
           (u >> 1 & 15) << 8 | (u >> 11 & 1) << 7 | 0x63;
}

static inline uint32_t bench_j(unsigned rd, int imm)
{
    uint32_t u = (uint32_t)imm;

    return (u >> 20 & 1) << 31 | (u >> 1 & 0x3ff) << 21 | (u >> 11 & 1) << 20 |
           (u >> 12 & 0xff) << 12 | rd << 7 | 0x6f;
}

static inline uint32_t bench_addi(unsigned rd, unsigned rs1, int imm)
{
    return bench_i(0x13, 0, rd, rs1, imm);
}

static inline uint32_t bench_ld(unsigned rd, unsigned rs1, int imm)
{
    return bench_i(0x03, 3, rd, rs1, imm);
}

static inline uint32_t bench_sd(unsigned rs2, unsigned rs1, int imm)
{
    return bench_s(3, rs1, rs2, imm);
}

static inline uint32_t bench_amo(unsigned f5, unsigned f3, unsigned rd, unsigned rs1, unsigned rs2)
{
    return bench_r(0x2f, f3, f5 << 2, rd, rs1, rs2);
}

static inline uint32_t bench_csrrw(unsigned rd, unsigned csr, unsigned rs1)
{
    return bench_i(0x73, 1, rd, rs1, (int)csr);
}

static inline uint32_t bench_csrrs(unsigned rd, unsigned csr, unsigned rs1)
{
    return bench_i(0x73, 2, rd, rs1, (int)csr);
}

static inline uint32_t bench_sfence(unsigned rs1, unsigned rs2)
{
    return bench_r(0x73, 0, 9, ZERO, rs1, rs2);
}

#define BENCH_ECALL  UINT32_C(0x00000073)
#define BENCH_EBREAK UINT32_C(0x00100073)
#define BENCH_SRET   UINT32_C(0x10200073)
#define BENCH_MRET   UINT32_C(0x30200073)
#define BENCH_WFI    UINT32_C(0x10500073)

static inline void bench_put(void *user, char c)
{
    struct bench *bench = user;

    if (bench->printed + 1 < sizeof bench->console)
        bench->console[bench->printed++] = c;
}

static const struct mmu_config bench_config = {
    .xlen = 64, .levels = 4, .pa_bits = 56, .svpbmt = true, .pmp_entries = 8};

/* A machine in M-mode at BENCH_CODE, or in S-mode if the SBI is built in. */
static inline struct bench *bench_new(bool sbi)
{
    struct bench *bench = calloc(1, sizeof *bench);

    assert_non_null(bench);
    assert_true(iss_memory_begin(&bench->memory, BENCH_MEMORY));
    iss_mmu_model_begin(&bench->model, &bench_config, &bench->memory);
    const struct iss_config config = {
        .levels = 4,
        .asid_bits = 16,
        .pa_bits = 56,
        .pmp_entries = 8,
        .svadu = true,
        .svpbmt = true,
        .sbi = sbi,
        .put = bench_put,
        .user = bench,
    };
    iss_begin(&bench->iss, &config, &bench->memory, &bench->model.mmu, BENCH_CODE, 0x1234, false);
    return bench;
}

/* The same in M-mode, with vectors that lead to instructions which do nothing. */
static inline struct bench *bench_with_vectors(void)
{
    struct bench *bench = bench_new(false);

    bench->iss.csr.stvec = BENCH_STVEC;
    bench->iss.csr.mtvec = BENCH_MTVEC;
    for (unsigned at = 0; at < 64; at += 4) {
        iss_memory_put(&bench->memory, BENCH_STVEC + at, 4, bench_addi(ZERO, ZERO, 0));
        iss_memory_put(&bench->memory, BENCH_MTVEC + at, 4, bench_addi(ZERO, ZERO, 0));
    }
    return bench;
}

static inline void bench_free(struct bench *bench)
{
    iss_memory_free(&bench->memory);
    free(bench);
}

/* Appends an instruction to the program. */
static inline void bench_emit(struct bench *bench, uint32_t insn)
{
    iss_memory_put(&bench->memory, BENCH_CODE + 4 * bench->words++, 4, insn);
}

static inline uint64_t bench_word(const struct bench *bench, uint64_t pa)
{
    return iss_memory_load(&bench->memory, pa, 8);
}

static inline void bench_set(struct bench *bench, uint64_t pa, uint64_t value)
{
    iss_memory_put(&bench->memory, pa, 8, value);
}

/* Address of the Sv39 PTE of level 0 for the page `index` pages above BENCH_VA. */
static inline uint64_t bench_pte(unsigned index)
{
    return BENCH_TABLES + 0x2000 + 8 * index;
}

/* Builds the tables: the first pages of memory, at BENCH_VA, with these permissions. */
static inline void bench_map(struct bench *bench, uint64_t flags)
{
    bench_set(bench, BENCH_TABLES + 8 * 256, (BENCH_TABLES + 0x1000) >> 2 | MMU_PTE_V);
    bench_set(bench, BENCH_TABLES + 0x1000, (BENCH_TABLES + 0x2000) >> 2 | MMU_PTE_V);
    for (unsigned page = 0; page < 32; page++)
        bench_set(bench, bench_pte(page), ((ISS_RAM >> 12) + page) << 10 | flags | MMU_PTE_V);
}

#define BENCH_RWX (MMU_PTE_R | MMU_PTE_W | MMU_PTE_X | MMU_PTE_A | MMU_PTE_D)

/* Turns translation on, for S-mode, and goes on where the program is. PMP permits everything. */
static inline void bench_translate(struct bench *bench)
{
    struct iss *iss = &bench->iss;

    bench_map(bench, BENCH_RWX);
    iss->csr.pmp.cfg[0] = MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X;
    iss->csr.pmp.addr[0] = UINT64_MAX >> 10;
    iss->mmu->pmp(iss->mmu->self, &iss->csr.pmp);
    iss->csr.satp = BENCH_SATP;
    iss->privilege = MMU_S;
    iss_context_changed(iss);
    iss->pc = iss->pc - ISS_RAM + BENCH_VA;
}

/* Where a physical address is for the program. */
static inline uint64_t bench_va(const struct bench *bench, uint64_t pa)
{
    return bench->iss.csr.satp ? pa - ISS_RAM + BENCH_VA : pa;
}

/* Of page traces: what they say that they need, and a name for a file that ends in .xz. */
static const struct page_trace_needs bench_needs = {
    .memory = BENCH_MEMORY, .levels = 4, .asid_bits = 16, .pmp_entries = 8, .svadu = true};

static inline void bench_name(char name[64])
{
    static unsigned number;

    snprintf(name, 64, "/tmp/rvmmu-test-iss-%d-%u.rvp.xz", (int)getpid(), number++);
}

#endif

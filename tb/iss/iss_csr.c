// SPDX-License-Identifier: Apache-2.0
/*
 * The control and status registers: "CSR Listing" of the privileged specification, as far as a
 * hart of M, S and U with RV64IMA has them. Performance-monitoring counters are read-only zero.
 *
 * Most are plain storage of which some bits can be written: those are rows of a table. The others
 * are views of another, or do something when they are written.
 */
#include "iss_internal.h"

#include <stddef.h>
#include <string.h>

enum {
    CSR_SSTATUS = 0x100,
    CSR_SIE = 0x104,
    CSR_SIP = 0x144,
    CSR_SATP = 0x180,
    CSR_MSTATUS = 0x300,
    CSR_MISA = 0x301,
    CSR_MIP = 0x344,
    CSR_MENVCFG = 0x30a,
    CSR_MHPMEVENT3 = 0x323,
    CSR_MHPMEVENT31 = 0x33f,
    CSR_MCYCLE = 0xb00,
    CSR_MINSTRET = 0xb02,
    CSR_MHPMCOUNTER31 = 0xb1f,
    CSR_CYCLE = 0xc00,
    CSR_TIME = 0xc01,
    CSR_INSTRET = 0xc02,
    CSR_HPMCOUNTER31 = 0xc1f,
    CSR_MVENDORID = 0xf11,
    CSR_MCONFIGPTR = 0xf15,
};

#define EXTENSION(letter) (UINT64_C(1) << ((letter) - 'A'))
#define MISA                                                                                       \
    (UINT64_C(2) << 62 | EXTENSION('A') | EXTENSION('I') | EXTENSION('M') | EXTENSION('S') |       \
     EXTENSION('U'))

#define SSTATUS_WRITABLE (MSTATUS_SIE | MSTATUS_SPIE | MSTATUS_SPP | MSTATUS_SUM | MSTATUS_MXR)
#define SSTATUS_READABLE (SSTATUS_WRITABLE | MSTATUS_UXL_64)
#define MSTATUS_WRITABLE                                                                           \
    (SSTATUS_WRITABLE | MSTATUS_MIE | MSTATUS_MPIE | MSTATUS_MPP | MSTATUS_MPRV | MSTATUS_TVM |    \
     MSTATUS_TW | MSTATUS_TSR)
#define INTERRUPTS_M (INTERRUPT_MSI | INTERRUPT_MTI | INTERRUPT_MEI)

#define VECTOR ~UINT64_C(2) /* MODE: Direct or Vectored */
#define TARGET ~UINT64_C(3) /* of instructions of four bytes */
#define ANY    UINT64_MAX

struct row {
    unsigned number;
    size_t at;
    uint64_t writable;
};

#define ROW(number, name, writable)                                                                \
    {                                                                                              \
        number, offsetof(struct iss_csrs, name), writable                                          \
    }

static const struct row rows[] = {
    ROW(0x105, stvec, VECTOR),
    ROW(0x106, scounteren, 7),
    ROW(0x10a, senvcfg, MENVCFG_FIOM),
    ROW(0x140, sscratch, ANY),
    ROW(0x141, sepc, TARGET),
    ROW(0x142, scause, ANY),
    ROW(0x143, stval, ANY),
    ROW(0x302, medeleg, 0xb3ff),
    ROW(0x303, mideleg, INTERRUPTS_S),
    ROW(0x304, mie, INTERRUPTS_S | INTERRUPTS_M),
    ROW(0x305, mtvec, VECTOR),
    ROW(0x306, mcounteren, 7),
    ROW(0x320, mcountinhibit, 0),
    ROW(0x340, mscratch, ANY),
    ROW(0x341, mepc, TARGET),
    ROW(0x342, mcause, ANY),
    ROW(0x343, mtval, ANY),
    ROW(CSR_MIP, mip, INTERRUPTS_S),
};

static const struct row *find_row(unsigned number)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].number == number)
            return &rows[i];
    return NULL;
}

static bool is_zero(unsigned number)
{
    return (number > CSR_MINSTRET && number <= CSR_MHPMCOUNTER31) ||
           (number > CSR_INSTRET && number <= CSR_HPMCOUNTER31) ||
           (number >= CSR_MHPMEVENT3 && number <= CSR_MHPMEVENT31) ||
           (number >= CSR_MVENDORID && number <= CSR_MCONFIGPTR);
}

/* Without the rights of who reads. */
static bool read_any(const struct iss *iss, unsigned number, uint64_t *value)
{
    const struct iss_csrs *csr = &iss->csr;
    const struct row *row;

    switch (number) {
    case CSR_SSTATUS:
        *value = csr->mstatus & SSTATUS_READABLE;
        return true;
    case CSR_SIE:
        *value = csr->mie & csr->mideleg;
        return true;
    case CSR_SIP:
        *value = csr->mip & csr->mideleg;
        return true;
    case CSR_SATP:
        *value = csr->satp;
        return true;
    case CSR_MSTATUS:
        *value = csr->mstatus;
        return true;
    case CSR_MISA:
        *value = MISA;
        return true;
    case CSR_MENVCFG:
        *value = csr->menvcfg;
        return true;
    case CSR_MCYCLE:
    case CSR_CYCLE:
        *value = iss->time + (uint64_t)csr->cycle_offset;
        return true;
    case CSR_MINSTRET:
    case CSR_INSTRET:
        *value = iss->counts.instructions + (uint64_t)csr->instret_offset;
        return true;
    case CSR_TIME:
        *value = iss->time;
        return true;
    default:
        break;
    }
    row = find_row(number);
    *value = 0;
    if (row)
        memcpy(value, (const char *)csr + row->at, sizeof *value);
    return row || is_zero(number) || iss_pmp_read(iss, number, value);
}

uint64_t iss_csr(const struct iss *iss, unsigned number)
{
    uint64_t value;

    return read_any(iss, number, &value) ? value : 0;
}

/* The counters of user level, "Machine Counter-Enable (mcounteren) Register". */
static bool counter_allowed(const struct iss *iss, unsigned number)
{
    uint64_t bit = UINT64_C(1) << (number - CSR_CYCLE);

    return iss->privilege == MMU_M ||
           (iss->csr.mcounteren & bit && (iss->privilege == MMU_S || iss->csr.scounteren & bit));
}

/* Bits 9 and 8 of the number are the lowest privilege. */
static bool allowed(const struct iss *iss, unsigned number)
{
    if (iss->privilege < (number >> 8 & 3))
        return false;
    if (number >= CSR_CYCLE && number <= CSR_HPMCOUNTER31)
        return counter_allowed(iss, number);
    return number != CSR_SATP || iss->privilege == MMU_M || !(iss->csr.mstatus & MSTATUS_TVM);
}

bool iss_csr_read(struct iss *iss, unsigned number, uint64_t *value)
{
    return allowed(iss, number) && read_any(iss, number, value);
}

static uint64_t merge(uint64_t old, uint64_t value, uint64_t writable)
{
    return (old & ~writable) | (value & writable);
}

/* MPP holds M, S or U: another value leaves it. */
static void write_mstatus(struct iss *iss, uint64_t value, uint64_t writable)
{
    if ((value & MSTATUS_MPP) >> MSTATUS_MPP_SHIFT == 2)
        writable &= ~MSTATUS_MPP;
    iss->csr.mstatus = merge(iss->csr.mstatus, value, writable);
    iss_context_changed(iss);
}

/* "Supervisor Address Translation and Protection (satp) Register": a MODE that there is not leaves
 * all of it; bits of ASID and PPN that there are not read as 0. */
static void write_satp(struct iss *iss, uint64_t value)
{
    const struct iss_config *config = &iss->config;
    unsigned mode = (unsigned)(value >> 60);
    uint64_t asid = UINT64_C(0xffff) >> (16 - config->asid_bits) << 44;
    uint64_t ppn = (UINT64_C(1) << (config->pa_bits - 12)) - 1;

    if (mode != 0 && (mode < 8 || mode - 5 > config->levels))
        return;
    iss->csr.satp = value & (UINT64_C(15) << 60 | asid | ppn);
    iss_context_changed(iss);
}

static void write_menvcfg(struct iss *iss, uint64_t value)
{
    iss->csr.menvcfg = value & (MENVCFG_FIOM | (iss->config.svadu ? MENVCFG_ADUE : 0) |
                                (iss->config.svpbmt ? MENVCFG_PBMTE : 0));
    iss_context_changed(iss);
}

static bool write_any(struct iss *iss, unsigned number, uint64_t value)
{
    struct iss_csrs *csr = &iss->csr;
    const struct row *row = find_row(number);

    switch (number) {
    case CSR_SSTATUS:
        write_mstatus(iss, value, SSTATUS_WRITABLE);
        return true;
    case CSR_SIE:
        csr->mie = merge(csr->mie, value, csr->mideleg);
        return true;
    case CSR_SIP:
        csr->mip = merge(csr->mip, value, csr->mideleg & INTERRUPT_SSI);
        return true;
    case CSR_SATP:
        write_satp(iss, value);
        return true;
    case CSR_MSTATUS:
        write_mstatus(iss, value, MSTATUS_WRITABLE);
        return true;
    case CSR_MISA:
        return true;
    case CSR_MENVCFG:
        write_menvcfg(iss, value);
        return true;
    case CSR_MCYCLE: /* the instruction that writes counts no more */
        csr->cycle_offset = (int64_t)(value - iss->time - 1);
        return true;
    case CSR_MINSTRET:
        csr->instret_offset = (int64_t)(value - iss->counts.instructions - 1);
        return true;
    default:
        break;
    }
    if (row) {
        uint64_t *at = (uint64_t *)((char *)csr + row->at);
        *at = merge(*at, value, row->writable);
    }
    return row || is_zero(number) || iss_pmp_write(iss, number, value);
}

/* Bits 11 and 10 of the number are 3 for what can only be read. */
bool iss_csr_write(struct iss *iss, unsigned number, uint64_t value)
{
    return number >> 10 != 3 && allowed(iss, number) && write_any(iss, number, value);
}

void iss_context_changed(struct iss *iss)
{
    const struct iss_csrs *csr = &iss->csr;
    const struct dut_context now = {
        .satp = csr->satp,
        .sum = (csr->mstatus & MSTATUS_SUM) != 0,
        .mxr = (csr->mstatus & MSTATUS_MXR) != 0,
        .adue = (csr->menvcfg & MENVCFG_ADUE) != 0,
        .pbmte = (csr->menvcfg & MENVCFG_PBMTE) != 0,
    };
    const struct dut_context *old = &iss->context;

    iss->data_privilege =
        csr->mstatus & MSTATUS_MPRV
            ? (enum mmu_privilege)((csr->mstatus & MSTATUS_MPP) >> MSTATUS_MPP_SHIFT)
            : iss->privilege;
    if (now.satp == old->satp && now.sum == old->sum && now.mxr == old->mxr &&
        now.adue == old->adue && now.pbmte == old->pbmte)
        return;
    iss->context = now;
    iss->mmu->context(iss->mmu->self, &now);
}

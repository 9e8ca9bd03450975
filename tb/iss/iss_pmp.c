// SPDX-License-Identifier: Apache-2.0
/* The CSRs of PMP: "Physical Memory Protection CSRs" and "Locking and Privilege Mode". What they
 * mean for an access is the MMU's affair. */
#include "iss_internal.h"

#define CSR_PMPCFG  0x3a0 /* each even one has eight entries; the odd ones are RV32's */
#define CSR_PMPADDR 0x3b0
#define CSR_PMPEND  0x3c0 /* after sixteen entries */
#define ADDRESS     (UINT64_MAX >> 10)

static unsigned mode_of(uint8_t cfg)
{
    return (cfg & MMU_PMP_A) >> MMU_PMP_A_SHIFT;
}

/* What pmpaddr reads as: with a grain above 4 bytes, low bits that mean nothing are all ones in a
 * NAPOT region and zeros elsewhere. */
static uint64_t address_read(const struct iss *iss, unsigned entry)
{
    uint64_t addr = iss->csr.pmp.addr[entry];
    unsigned grain = iss->config.pmp_grain;

    if (mode_of(iss->csr.pmp.cfg[entry]) >= MMU_PMP_NA4)
        return grain >= 2 ? addr | ((UINT64_C(1) << (grain - 1)) - 1) : addr;
    return grain >= 1 ? addr & -(UINT64_C(1) << grain) : addr;
}

bool iss_pmp_read(const struct iss *iss, unsigned number, uint64_t *value)
{
    unsigned entry = (number - CSR_PMPCFG) * 4;

    if (number < CSR_PMPCFG || number >= CSR_PMPEND || (number < CSR_PMPADDR && number & 1))
        return false;
    *value = 0;
    if (number >= CSR_PMPADDR) {
        if (number - CSR_PMPADDR < iss->config.pmp_entries)
            *value = address_read(iss, number - CSR_PMPADDR);
        return true;
    }
    for (unsigned i = 0; i < 8 && entry + i < iss->config.pmp_entries; i++)
        *value |= (uint64_t)iss->csr.pmp.cfg[entry + i] << 8 * i;
    return true;
}

/* A locked entry stays; W without R is reserved, and NA4 is none with a larger grain: each leaves
 * the entry as it was. */
static void write_cfg(struct iss *iss, unsigned entry, uint8_t value)
{
    uint8_t *cfg = &iss->csr.pmp.cfg[entry];

    value &= MMU_PMP_L | MMU_PMP_A | MMU_PMP_X | MMU_PMP_W | MMU_PMP_R;
    if (*cfg & MMU_PMP_L || (value & (MMU_PMP_W | MMU_PMP_R)) == MMU_PMP_W ||
        (iss->config.pmp_grain > 0 && mode_of(value) == MMU_PMP_NA4))
        return;
    *cfg = value;
}

/* A locked TOR region locks the address below it, too. */
static void write_addr(struct iss *iss, unsigned entry, uint64_t value)
{
    const uint8_t *cfg = iss->csr.pmp.cfg;
    bool next = entry + 1 < iss->config.pmp_entries && cfg[entry + 1] & MMU_PMP_L &&
                mode_of(cfg[entry + 1]) == MMU_PMP_TOR;

    if (!(cfg[entry] & MMU_PMP_L) && !next)
        iss->csr.pmp.addr[entry] = value & ADDRESS;
}

bool iss_pmp_write(struct iss *iss, unsigned number, uint64_t value)
{
    unsigned entry = (number - CSR_PMPCFG) * 4;

    if (number < CSR_PMPCFG || number >= CSR_PMPEND || (number < CSR_PMPADDR && number & 1))
        return false;
    if (number >= CSR_PMPADDR) {
        if (number - CSR_PMPADDR < iss->config.pmp_entries)
            write_addr(iss, number - CSR_PMPADDR, value);
    } else {
        for (unsigned i = 0; i < 8 && entry + i < iss->config.pmp_entries; i++)
            write_cfg(iss, entry + i, (uint8_t)(value >> 8 * i));
    }
    iss->mmu->pmp(iss->mmu->self, &iss->csr.pmp);
    return true;
}

// SPDX-License-Identifier: Apache-2.0
/* Encodings of PTEs; step numbers are those of the "Virtual Address Translation Process". */
#include "mmu_format.h"

#include "mmu_pte.h"

/* Svnapot: the one size that is not reserved, and how many PPN bits encode it. */
#define NAPOT_BITS   4
#define NAPOT_64_KIB 8

/* The schemes without extensions, by number of levels. */
static const struct mmu_format schemes[MMU_MAX_LEVELS + 1] = {
    [2] = {MMU_VPN_BITS_SV32, 4, MMU_PTE_PPN_BITS_SV32, .reserved = 0},
    [3] = {MMU_VPN_BITS_SV39, 8, MMU_PTE_PPN_BITS_SV39, .reserved = MMU_PTE_HIGH},
    [4] = {MMU_VPN_BITS_SV39, 8, MMU_PTE_PPN_BITS_SV39, .reserved = MMU_PTE_HIGH},
    [5] = {MMU_VPN_BITS_SV39, 8, MMU_PTE_PPN_BITS_SV39, .reserved = MMU_PTE_HIGH},
};

static uint64_t low_bits(unsigned count)
{
    return (UINT64_C(1) << count) - 1;
}

/* With Svrsw60t59b, bits 60 and 59 are software's in every PTE; PBMT is reserved again while
 * menvcfg.PBMTE is 0. */
struct mmu_format mmu_format(const struct mmu_config *config, const struct mmu_context *context,
                             unsigned levels)
{
    struct mmu_format format = schemes[levels];

    if (config->svnapot)
        format.leaf_fields |= format.reserved & MMU_PTE_N;
    if (config->svpbmt && context->pbmte)
        format.leaf_fields |= format.reserved & MMU_PTE_PBMT;
    if (config->svrsw60t59b)
        format.reserved &= ~MMU_PTE_SOFTWARE_60_59;
    format.shadow_stacks = context->sse;
    format.big_endian = context->sbe;
    return format;
}

/* "Endianness Control in mstatus and mstatush Registers": SBE alone rules page tables. */
uint64_t mmu_pte_byte_order(const struct mmu_format *format, uint64_t word)
{
    uint64_t reversed = 0;

    if (!format->big_endian)
        return word;
    for (unsigned byte = 0; byte < format->pte_bytes; byte++)
        reversed = reversed << 8 | (word >> 8 * byte & 0xff);
    return reversed;
}

static uint64_t ppn(const struct mmu_format *format, uint64_t pte)
{
    return pte >> MMU_PTE_PPN_SHIFT & low_bits(format->ppn_bits);
}

/* A valid encoding is checked in step 3. */
static bool is_napot(const struct mmu_format *format, uint64_t pte)
{
    return pte & format->leaf_fields & MMU_PTE_N;
}

/* What Svpbmt and Svnapot reserve within their own fields of a leaf: PBMT=3; N outside of level 0
 * or with a PPN that does not say 64 KiB. */
static bool leaf_fields_valid(const struct mmu_format *format, unsigned level, uint64_t pte)
{
    if ((pte & format->leaf_fields & MMU_PTE_PBMT) == MMU_PTE_PBMT)
        return false;
    return !is_napot(format, pte) ||
           (level == 0 && (ppn(format, pte) & low_bits(NAPOT_BITS)) == NAPOT_64_KIB);
}

/* W without R is reserved, but W alone says shadow-stack page ("Shadow Stack Memory Protection")
 * while menvcfg.SSE is 1. */
static bool permissions_valid(const struct mmu_format *format, uint64_t pte)
{
    if ((pte & (MMU_PTE_R | MMU_PTE_W)) != MMU_PTE_W)
        return true;
    return format->shadow_stacks && !(pte & MMU_PTE_X);
}

/* V, X, W and R, and all that is reserved: the bits above the PPN (Sv39: bits 60 to 54, 63 without
 * Svnapot, 62 and 61 without Svpbmt), and in a pointer D, A and U ("Sv32", Addressing and Memory
 * Protection), N and PBMT too. */
bool mmu_pte_valid(const struct mmu_format *format, unsigned level, uint64_t pte)
{
    if (!(pte & MMU_PTE_V) || !permissions_valid(format, pte))
        return false;
    if (!mmu_pte_is_leaf(pte))
        return !(pte & (format->reserved | MMU_PTE_D | MMU_PTE_A | MMU_PTE_U));
    return !(pte & format->reserved & ~format->leaf_fields) &&
           leaf_fields_valid(format, level, pte);
}

bool mmu_pte_is_leaf(uint64_t pte)
{
    return pte & (MMU_PTE_R | MMU_PTE_W | MMU_PTE_X);
}

bool mmu_pte_misaligned(const struct mmu_format *format, unsigned level, uint64_t pte)
{
    return ppn(format, pte) & low_bits(level * format->vpn_bits);
}

uint64_t mmu_pte_address(const struct mmu_format *format, uint64_t pte)
{
    return ppn(format, pte) << MMU_PAGE_SHIFT;
}

unsigned mmu_level_shift(const struct mmu_format *format, unsigned level)
{
    return MMU_PAGE_SHIFT + level * format->vpn_bits;
}

unsigned mmu_pte_page_shift(const struct mmu_format *format, unsigned level, uint64_t pte)
{
    return mmu_level_shift(format, level) + (is_napot(format, pte) ? NAPOT_BITS : 0);
}

enum mmu_memory_type mmu_pte_memory_type(const struct mmu_format *format, uint64_t pte)
{
    return (pte & format->leaf_fields & MMU_PTE_PBMT) >> MMU_PTE_PBMT_SHIFT;
}

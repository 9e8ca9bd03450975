// SPDX-License-Identifier: Apache-2.0
/*
 * What the bits of a PTE say in one scheme (Sv32, Sv39, Sv48, Sv57), with the extensions that are
 * in force. Of use within the model only.
 */
#ifndef MMU_FORMAT_H
#define MMU_FORMAT_H

#include "mmu_model.h"

struct mmu_format {
    unsigned vpn_bits;    /* of each level */
    unsigned pte_bytes;   /* PTESIZE */
    unsigned ppn_bits;    /* in a PTE and in satp */
    uint64_t reserved;    /* PTE bits above the PPN that are reserved in a pointer */
    uint64_t leaf_fields; /* of those, the ones that have a meaning in a leaf */
    bool shadow_stacks;   /* W without R and X is a leaf */
    bool big_endian;
};

/* The format for 2 (Sv32) to 5 levels. */
struct mmu_format mmu_format(const struct mmu_config *config, const struct mmu_context *context,
                             unsigned levels);

/* A PTE from the word that memory holds, or the other way. */
uint64_t mmu_pte_byte_order(const struct mmu_format *format, uint64_t word);

/* False for what step 3 stops at: not valid, or something reserved is set. */
bool mmu_pte_valid(const struct mmu_format *format, unsigned level, uint64_t pte);

/* Of a valid PTE: a leaf, or a pointer to the next level's table. */
bool mmu_pte_is_leaf(uint64_t pte);

/* Of a leaf (step 5): PPN bits are set that belong to the offset in a page of this level. */
bool mmu_pte_misaligned(const struct mmu_format *format, unsigned level, uint64_t pte);

/* Address of the table or page; of a NAPOT page, with the bits that encode its size. */
uint64_t mmu_pte_address(const struct mmu_format *format, uint64_t pte);

/* log2 of what a PTE of this level covers, and of a leaf's page: a NAPOT page is larger. */
unsigned mmu_level_shift(const struct mmu_format *format, unsigned level);
unsigned mmu_pte_page_shift(const struct mmu_format *format, unsigned level, uint64_t pte);

enum mmu_memory_type mmu_pte_memory_type(const struct mmu_format *format, uint64_t pte);

#endif

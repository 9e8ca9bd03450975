// SPDX-License-Identifier: Apache-2.0
/*
 * What sets the kinds of access apart: the permissions that each needs, of a leaf PTE and of PMP,
 * the A and D bits it needs set, and the causes of its faults. Of use within the model only.
 */
#ifndef MMU_PERMISSION_H
#define MMU_PERMISSION_H

#include "mmu_model.h"

/* Permissions as a set; the order of the bits is that of a PTE (from bit 1) and of pmpcfg. */
enum mmu_rwx { MMU_R = 1, MMU_W = 2, MMU_X = 4, MMU_RWX = 7 };

/* Whether this set of permissions is enough for an access of this kind. */
bool mmu_rwx_suffices(enum mmu_access access, unsigned rwx);

/* Whether the access is Zicfiss's, for which nothing but a shadow-stack page will do. */
bool mmu_only_for_shadow_stacks(enum mmu_access access);

/*
 * Steps 6 to 8 of the "Virtual Address Translation Process" for a leaf that is valid: MMU_GRANTED,
 * or the fault that keeps the access out (a prefetch, too). Of `context`, privilege, sum and
 * mxr count; a leaf with W and neither R nor X is a shadow-stack page, so it is not valid without
 * sse.
 */
enum mmu_result mmu_leaf_permits(const struct mmu_context *context, enum mmu_access access,
                                 uint64_t pte);

/* The bits of A and D that a leaf must have set for this kind of access (step 9). */
uint64_t mmu_accessed_dirty(enum mmu_access access);

/* The mcause code of a page fault or an access fault of this kind of access; 0 for a prefetch. */
unsigned mmu_fault_cause(enum mmu_access access, enum mmu_result fault);

#endif

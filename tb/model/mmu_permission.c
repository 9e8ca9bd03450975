// SPDX-License-Identifier: Apache-2.0
/*
 * Permissions by kind of access. Beside the clauses of the supervisor's chapter: "Shadow Stack
 * Memory Protection" (Zicfiss) and "Page-Fault, Guest-Page-Fault, and Access-Fault Exceptions" of
 * the cache-management operations.
 */
#include "mmu_permission.h"

#include "mmu_pte.h"

/* Of the permissions that an access needs: all of them, or one. */
enum quantity { ALL, ANY };

/* Whether shadow-stack pages are for this kind of access. */
enum shadow_stack { NEVER, ALSO, ONLY };

enum { R = MMU_R, W = MMU_W, RW = MMU_R | MMU_W, X = MMU_X, A = MMU_PTE_A, AD = A | MMU_PTE_D };

struct rule {
    unsigned char needs;
    enum quantity quantity;
    enum shadow_stack shadow_stack;
    unsigned char updates; /* A and D */
    unsigned char page_fault, access_fault;
};

/* CBO management where X is the only permission: whether it passes is UNSPECIFIED; here it does
 * not. */
static const struct rule rules[MMU_ACCESSES] = {
    [MMU_FETCH] = {X, ALL, NEVER, A, 12, 1},     [MMU_LOAD] = {R, ALL, ALSO, A, 13, 5},
    [MMU_STORE] = {W, ALL, NEVER, AD, 15, 7},    [MMU_AMO] = {RW, ALL, NEVER, AD, 15, 7},
    [MMU_SS_PUSH] = {RW, ALL, ONLY, AD, 15, 7},  [MMU_SS_CHECK] = {RW, ALL, ONLY, A, 15, 7},
    [MMU_SS_SWAP] = {RW, ALL, ONLY, AD, 15, 7},  [MMU_CBO_MANAGE] = {RW, ANY, NEVER, A, 15, 7},
    [MMU_CBO_ZERO] = {W, ALL, NEVER, AD, 15, 7}, [MMU_PREFETCH] = {MMU_RWX, ANY, ALSO, 0, 0, 0},
};

bool mmu_rwx_suffices(enum mmu_access access, unsigned rwx)
{
    unsigned given = rwx & rules[access].needs;
    return rules[access].quantity == ANY ? given != 0 : given == rules[access].needs;
}

bool mmu_only_for_shadow_stacks(enum mmu_access access)
{
    return rules[access].shadow_stack == ONLY;
}

uint64_t mmu_accessed_dirty(enum mmu_access access)
{
    return rules[access].updates;
}

unsigned mmu_fault_cause(enum mmu_access access, enum mmu_result fault)
{
    return fault == MMU_PAGE_FAULT ? rules[access].page_fault : rules[access].access_fault;
}

static unsigned xwr(uint64_t pte)
{
    return pte / MMU_PTE_R & MMU_RWX;
}

/* Step 6: U-mode needs U; S-mode may touch a page with U if SUM is set, and never executes it. */
static bool user_bit_allows(const struct mmu_context *context, enum mmu_access access, uint64_t pte)
{
    bool user_page = pte & MMU_PTE_U;

    if (context->privilege == MMU_U)
        return user_page;
    return !user_page || (context->sum && access != MMU_FETCH);
}

/* Step 7. That a read-only page passes here for shadow-stack accesses makes it a page fault in step
 * 8, as copying on write wants it. */
static bool shadow_stack_allows(enum mmu_access access, uint64_t pte)
{
    bool shadow_stack_page = xwr(pte) == MMU_W;

    if (rules[access].shadow_stack == ONLY)
        return shadow_stack_page || xwr(pte) == MMU_R;
    return !shadow_stack_page || rules[access].shadow_stack == ALSO;
}

/* The permissions that step 8 counts. A shadow-stack page may be read and written by what step 7
 * lets pass. A page that S-mode may not execute serves no prefetch for execution. */
static unsigned leaf_rwx(const struct mmu_context *context, uint64_t pte)
{
    unsigned rwx = xwr(pte);

    if (rwx == MMU_W)
        return RW;
    if (context->mxr && rwx & MMU_X)
        rwx |= MMU_R;
    if (context->privilege == MMU_S && pte & MMU_PTE_U)
        rwx &= ~(unsigned)MMU_X;
    return rwx;
}

enum mmu_result mmu_leaf_permits(const struct mmu_context *context, enum mmu_access access,
                                 uint64_t pte)
{
    if (!user_bit_allows(context, access, pte))
        return MMU_PAGE_FAULT;
    if (!shadow_stack_allows(access, pte))
        return MMU_ACCESS_FAULT;
    if (!mmu_rwx_suffices(access, leaf_rwx(context, pte)))
        return MMU_PAGE_FAULT;
    return MMU_GRANTED;
}

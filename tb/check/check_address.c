// SPDX-License-Identifier: Apache-2.0
/* Whether PMP and the width let an access have the address that its walk has led to. */
#include "check_internal.h"
#include "mmu_pte.h"

/* A walk that has been done, for the model to do again. */
struct replay {
    const struct mmu_answer *answer;
    unsigned next;
};

/* A and D do not matter to who asks. */
static bool read_again(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct replay *replay = user;
    const struct mmu_step *step = &replay->answer->step[replay->next++];

    (void)pa;
    (void)bytes;
    *value = step->leaf ? step->pte | MMU_PTE_A | MMU_PTE_D : step->pte;
    return true;
}

/* Whether the leaf of this walk lets another kind of access through. */
static bool leaf_permits(const struct check *check, const struct mmu_context *context,
                         const struct mmu_request *request, const struct mmu_answer *answer,
                         enum mmu_access kind)
{
    struct replay replay = {.answer = answer};
    const struct mmu_memory memory = {.user = &replay, .read = read_again};
    struct mmu_request other = *request;
    struct mmu_answer unused;

    other.va = mmu_transform(&check->unbounded, context, request); /* not that of a fetch */
    other.access = kind;
    return mmu_translate(&check->unbounded, context, &memory, &other, &unused) == MMU_GRANTED;
}

bool check_address_allowed(const struct check *check, const struct mmu_context *context,
                           const struct mmu_request *request, const struct mmu_answer *answer,
                           uint64_t cut)
{
    static const enum mmu_access kinds[] = {MMU_LOAD, MMU_STORE, MMU_FETCH};
    struct check_access access = {context->privilege, request->access,
                                  answer->pa & -(uint64_t)request->size, request->size};

    if (request->access != MMU_PREFETCH)
        return check_allows(check, &access, cut);
    /* A prefetch needs one kind of access that leaf and PMP both permit. */
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        access.access = kinds[i];
        if (check_allows(check, &access, cut) &&
            leaf_permits(check, context, request, answer, kinds[i]))
            return true;
    }
    return false;
}

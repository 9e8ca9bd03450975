// SPDX-License-Identifier: Apache-2.0
/* Which combinations were seen. */
#include "coverage_internal.h"
#include "mmu_pte.h"

#include <stdlib.h>

/* What the last PTE of the walk was, in the order in which the process looks at it. */
static unsigned end_of(const struct mmu_config *model, const struct mmu_step *last)
{
    uint64_t pte = last->pte;

    if (!(pte & MMU_PTE_V))
        return END_INVALID;
    if ((pte & (MMU_PTE_R | MMU_PTE_W)) == MMU_PTE_W)
        return END_WRITE_ONLY;
    if (model->xlen == 64 && pte & MMU_PTE_HIGH)
        return END_RESERVED;
    if (!(pte & (MMU_PTE_R | MMU_PTE_X)))
        return pte & (MMU_PTE_D | MMU_PTE_A | MMU_PTE_U) ? END_POINTER_BITS : END_POINTER;
    if (!last->leaf)
        return END_MISALIGNED;
    return END_LEAF + ((pte >> 1 & 7) | (pte & MMU_PTE_U ? 8 : 0) | (pte & MMU_PTE_A ? 16 : 0) |
                       (pte & MMU_PTE_D ? 32 : 0));
}

struct combination coverage_combination(const struct mmu_config *model,
                                        const struct mmu_context *context,
                                        const struct mmu_request *request,
                                        const struct mmu_answer *answer)
{
    struct combination what = {
        .levels = mmu_satp_levels(model, context->satp),
        .privilege = context->privilege,
        .sum = context->sum,
        .mxr = context->mxr,
        .access = request->access,
        .result = answer->result,
    };

    if (answer->steps > 0) {
        const struct mmu_step *last = &answer->step[answer->steps - 1];
        what.level = last->level;
        what.end = answer->result == MMU_ACCESS_FAULT && !last->leaf ? END_UNREADABLE
                                                                     : end_of(model, last);
    } else {
        what.end = answer->result == MMU_PAGE_FAULT ? END_NOT_CANONICAL : END_NO_WALK;
    }
    return what;
}

unsigned coverage_bin(const struct combination *what)
{
    unsigned bin = what->levels;

    bin = bin * MMU_MAX_LEVELS + what->level;
    bin = bin * ENDS + what->end;
    bin = bin * 4 + what->privilege;
    bin = bin * 2 + what->sum;
    bin = bin * 2 + what->mxr;
    bin = bin * 4 + what->access;
    return bin * 3 + what->result;
}

struct combination coverage_of_bin(unsigned bin)
{
    struct combination what;

    what.result = bin % 3;
    bin /= 3;
    what.access = bin % 4;
    bin /= 4;
    what.mxr = bin % 2;
    bin /= 2;
    what.sum = bin % 2;
    bin /= 2;
    what.privilege = bin % 4;
    bin /= 4;
    what.end = bin % ENDS;
    bin /= ENDS;
    what.level = bin % MMU_MAX_LEVELS;
    what.levels = bin / MMU_MAX_LEVELS;
    return what;
}

struct coverage *coverage_new(const struct mmu_config *model, unsigned modes)
{
    struct coverage *coverage = calloc(1, sizeof *coverage);

    if (!coverage)
        return NULL;
    coverage->model = *model;
    coverage->modes = modes;
    coverage_find_possible(coverage);
    return coverage;
}

void coverage_free(struct coverage *coverage)
{
    free(coverage);
}

void coverage_note(struct coverage *coverage, const struct mmu_context *context,
                   const struct mmu_request *request, const struct mmu_answer *answer)
{
    struct combination what = coverage_combination(&coverage->model, context, request, answer);

    coverage->seen[coverage_bin(&what)] = 1;
}

void coverage_merge(struct coverage *coverage, const struct coverage *other)
{
    for (unsigned bin = 0; bin < COVERAGE_BINS; bin++)
        coverage->seen[bin] |= other->seen[bin];
}

struct coverage_count coverage_total(const struct coverage *coverage)
{
    struct coverage_count count = {0, 0};

    for (unsigned bin = 0; bin < COVERAGE_BINS; bin++) {
        count.possible += coverage->possible[bin];
        count.seen += coverage->possible[bin] & coverage->seen[bin];
    }
    return count;
}

// SPDX-License-Identifier: Apache-2.0
/* Which combinations were seen. */
#include "coverage_internal.h"
#include "mmu_pte.h"

#include <stdlib.h>

/* A leaf by its bits, and `before` by A and D. */
static unsigned leaf_bits(uint64_t pte, uint64_t before)
{
    unsigned ready = !(before & MMU_PTE_A) ? 0 : !(before & MMU_PTE_D) ? 1 : 2;

    return ready * 16 + (pte >> 1 & 15);
}

/* What the last PTE of the walk was, in the order in which the process looks at it. */
static unsigned end_of(const struct mmu_config *model, const struct mmu_step *last, uint64_t before)
{
    uint64_t pte = last->pte;
    uint64_t reserved = model->svrsw60t59b ? MMU_PTE_HIGH & ~MMU_PTE_SOFTWARE_60_59 : MMU_PTE_HIGH;

    if (last->leaf)
        return (model->svnapot && pte & MMU_PTE_N ? END_NAPOT : END_LEAF) + leaf_bits(pte, before);
    if (!(pte & MMU_PTE_V))
        return END_INVALID;
    if ((pte & (MMU_PTE_R | MMU_PTE_W)) == MMU_PTE_W)
        return END_WRITE_ONLY;
    if (model->xlen == 64 && pte & reserved)
        return END_RESERVED;
    if (!(pte & (MMU_PTE_R | MMU_PTE_X)))
        return pte & (MMU_PTE_D | MMU_PTE_A | MMU_PTE_U) ? END_POINTER_BITS : END_POINTER;
    return END_MISALIGNED;
}

static unsigned result_of(const struct check_judgement *judgement)
{
    static const unsigned results[] = {[MMU_GRANTED] = RESULT_GRANTED,
                                       [MMU_PAGE_FAULT] = RESULT_PAGE_FAULT,
                                       [MMU_ACCESS_FAULT] = RESULT_ACCESS_FAULT,
                                       [MMU_DROPPED] = RESULT_DROPPED};
    enum mmu_result result = judgement->answer.result;

    if (judgement->deferred)
        return RESULT_DEFERRED;
    return result == MMU_GRANTED && judgement->updated ? RESULT_UPDATED : results[result];
}

struct combination coverage_combination(const struct coverage_config *config,
                                        const struct check_judgement *judgement)
{
    const struct mmu_answer *answer = &judgement->answer;
    struct combination what = {
        .levels = mmu_satp_levels(&config->model, judgement->context.satp),
        .privilege = judgement->context.privilege,
        .sum = judgement->context.sum,
        .mxr = judgement->context.mxr,
        .access = judgement->request.access,
        .result = result_of(judgement),
    };

    if (answer->steps == 0) {
        bool walks = mmu_levels_in_force(&config->model, &judgement->context) > 0;
        what.end = walks ? END_NOT_CANONICAL : END_NO_WALK;
        return what;
    }
    const struct mmu_step *last = &answer->step[answer->steps - 1];
    what.level = last->level;
    what.end =
        answer->result == MMU_ACCESS_FAULT && !last->leaf
            ? END_UNREADABLE
            : end_of(&config->model, last, judgement->updated ? judgement->before : last->pte);
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
    bin = bin * MMU_ACCESSES + what->access;
    return bin * RESULTS + what->result;
}

/* The lowest digit of a number in mixed radix, which it loses. */
static unsigned take_digit(unsigned *number, unsigned radix)
{
    unsigned digit = *number % radix;

    *number /= radix;
    return digit;
}

struct combination coverage_of_bin(unsigned bin)
{
    struct combination what;

    what.result = take_digit(&bin, RESULTS);
    what.access = take_digit(&bin, MMU_ACCESSES);
    what.mxr = take_digit(&bin, 2);
    what.sum = take_digit(&bin, 2);
    what.privilege = take_digit(&bin, 4);
    what.end = take_digit(&bin, ENDS);
    what.level = take_digit(&bin, MMU_MAX_LEVELS);
    what.levels = bin;
    return what;
}

struct coverage *coverage_open(const struct coverage_config *config)
{
    struct coverage *coverage = calloc(1, sizeof *coverage);

    if (!coverage)
        return NULL;
    coverage->config = *config;
    coverage_find_possible(coverage);
    return coverage;
}

bool coverage_each_case(const struct coverage_config *config,
                        bool (*visit)(void *user, const struct coverage_case *what), void *user)
{
    struct coverage *coverage = calloc(1, sizeof *coverage);

    if (!coverage)
        return false;
    coverage->config = *config;
    coverage->visit = visit;
    coverage->visit_user = user;
    coverage_find_possible(coverage);
    bool all = coverage->visit;
    free(coverage);
    return all;
}

void coverage_free(struct coverage *coverage)
{
    free(coverage);
}

void coverage_judged(struct coverage *coverage, const struct check_judgement *judgement)
{
    struct combination what = coverage_combination(&coverage->config, judgement);

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

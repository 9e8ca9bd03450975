// SPDX-License-Identifier: Apache-2.0
/*
 * Whether what a walk has led to is legal: whether its leaf may still be in use, whether what it
 * denies is of its own time, and what PMP says of the final address.
 */
#include "check_explore.h"
#include "mmu_pte.h"

static bool is_empty(struct check_span span)
{
    return span.from >= span.to;
}

static bool same_asid(const struct check_explore *x)
{
    return x->root->asid ==
           mmu_satp_asid(&x->walk.check->config.model, x->walk.pending->context.satp);
}

/* A memory type means something in what was read since PBMTE was 1. */
static bool type_is_known(const struct check_explore *x)
{
    return !(x->walk.pte & MMU_PTE_PBMT) ||
           check_pbmte_from(x->walk.check, true, 0) < x->walk.read.to;
}

/* Whether the leaf that was read may answer a request that obeys the fences that this one does. */
static bool leaf_is_usable(const struct check_explore *x, const struct mmu_answer *answer)
{
    bool global = x->global || x->walk.pte & MMU_PTE_G;
    struct check_entry leaf = {.leaf = true,
                               .asid = x->root->asid,
                               .global = global,
                               .va = x->va,
                               .shift = answer->page_shift};

    return (global || same_asid(x)) && type_is_known(x) &&
           check_next_cut(x->walk.check, &leaf, x->walk.read.to, x->obeys) == CHECK_NEVER;
}

/* A fault, or a write, is born in a walk of the request itself: from its own root, or below a
 * pointer of its ASID or a global one, by a PTE that was read during the request's life and as its
 * own CSRs say. */
static bool is_of_own_walk(const struct check_explore *x, const struct mmu_answer *answer)
{
    const struct mmu_context *own = &x->walk.pending->context;

    if (!check_own_root(x) && (answer->steps < 2 || (!same_asid(x) && !x->global)))
        return false;
    return !is_empty(check_overlap(x->walk.read, x->walk.life)) && !x->walk.foreign_order &&
           !x->walk.neighbour && x->context.pbmte == own->pbmte;
}

/* The same of a write, whose leaf no fence may have taken away when it is written. */
static bool may_write(const struct check_explore *x, const struct mmu_answer *answer)
{
    return is_of_own_walk(x, answer) && (!x->for_swap || leaf_is_usable(x, answer));
}

static bool report(struct check_explore *x, const struct check_outcome *outcome)
{
    return x->visit(x->user, outcome);
}

/* Whether PMP lets the final address be accessed: that in force, or any since the cut. */
static bool address_allowed(const struct check_explore *x, const struct mmu_answer *answer,
                            uint64_t cut)
{
    return check_address_allowed(x->walk.check, &x->context, &x->walk.pending->request, answer,
                                 cut);
}

/* Memory refuses the final address. */
static bool report_denied(struct check_explore *x, struct check_outcome *outcome)
{
    outcome->answer.result = x->denied.result;
    outcome->answer.cause = x->denied.cause;
    outcome->answer.tval = x->denied.tval;
    return report(x, outcome);
}

/* The final address: PMP may be that in force or an old one, and the one in force may deny. */
static bool report_address(struct check_explore *x, struct check_outcome *outcome)
{
    if (address_allowed(x, &outcome->answer, x->walk.cut) && !report(x, outcome))
        return false;
    return address_allowed(x, &outcome->answer, CHECK_NEVER) || report_denied(x, outcome);
}

/* A walk that would write ends without, if the request is speculative; or if PMP refuses the swap,
 * or the final address, which may be asked before the swap: an access that is denied need not leave
 * A or D behind. */
static bool report_write(struct check_explore *x, struct check_outcome *outcome)
{
    if (!may_write(x, &outcome->answer))
        return true;
    outcome->expected = x->expected;
    outcome->desired = x->desired;
    outcome->defer = true;
    if (x->walk.pending->speculative && !report(x, outcome))
        return false;
    outcome->defer = false;
    if (outcome->answer.result != MMU_GRANTED)
        return report(x, outcome);
    return address_allowed(x, &outcome->answer, CHECK_NEVER) || report_denied(x, outcome);
}

/* What a walk has led to, if it is legal: false if the visitor has seen enough. */
bool check_report_walk(struct check_explore *x, struct check_outcome *outcome)
{
    struct mmu_answer *answer = &outcome->answer;

    if (is_empty(x->walk.read))
        return true;
    for (unsigned i = 0; i < x->reads; i++) {
        outcome->since[i] = x->since[i];
        answer->step[i].pte_pa = x->pa[i];
    }
    if (x->writes)
        return report_write(x, outcome);
    if (answer->result != MMU_GRANTED)
        return !is_of_own_walk(x, answer) || report(x, outcome);
    return !leaf_is_usable(x, answer) || report_address(x, outcome);
}

/* Where nothing is read: translation is off ("satp Register": at once), or the address is not
 * canonical and so matches no translation. */
void check_report_no_walk(struct check_explore *x)
{
    struct check_outcome only = {.satp = x->walk.pending->context.satp};

    mmu_translate(&x->walk.check->unbounded, &x->walk.pending->context, NULL,
                  &x->walk.pending->request, &only.answer);
    if (only.answer.result == MMU_GRANTED)
        report_address(x, &only);
    else
        report(x, &only);
}

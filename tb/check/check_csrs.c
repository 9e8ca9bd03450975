// SPDX-License-Identifier: Apache-2.0
/*
 * CSRs that decide how PTEs are read and whether: PMP ("Physical Memory Protection and Paging"),
 * menvcfg.PBMTE and mstatus.SBE. A change of each may be seen late, until a fence of everything;
 * so the scoreboard knows which values were in force until when. (So it is with menvcfg.ADUE, but
 * no answer depends on an old one: a leaf without A grants nothing, and what faults or is updated
 * is judged by the request's own.)
 */
#include "check_internal.h"

#include <string.h>

void check_csrs_start(struct check *check)
{
    check->csrs.pbmte_until[false] = CHECK_NEVER;
    check->csrs.sbe_until[false] = CHECK_NEVER;
}

static void note_bit(struct check *check, uint64_t until[2], bool value, uint64_t cycle)
{
    if (until[value] == CHECK_NEVER)
        return;
    until[!value] = check_now(check, cycle);
    until[value] = CHECK_NEVER;
}

void check_csrs_note(struct check *check, const struct dut_context *context, uint64_t cycle)
{
    note_bit(check, check->csrs.pbmte_until, context->pbmte, cycle);
    note_bit(check, check->csrs.sbe_until, context->sbe, cycle);
}

static bool same_pmp(const struct check *check, const struct mmu_pmp *a, const struct mmu_pmp *b)
{
    unsigned entries = check->config.model.pmp_entries;

    return a->mml == b->mml && a->mmwp == b->mmwp &&
           memcmp(a->cfg, b->cfg, entries * sizeof *a->cfg) == 0 &&
           memcmp(a->addr, b->addr, entries * sizeof *a->addr) == 0;
}

/* What was in force until now: once for each state. */
static void keep_pmp(struct check *check, uint64_t now)
{
    struct check_csrs *csrs = &check->csrs;
    size_t at = 0;

    while (at < csrs->old_count && !same_pmp(check, &csrs->old_pmp[at].pmp, &csrs->pmp))
        at++;
    if (at == csrs->old_count) {
        if (!check_room(check, (void **)&csrs->old_pmp, at, &csrs->old_capacity,
                        sizeof *csrs->old_pmp))
            return;
        csrs->old_pmp[csrs->old_count++].pmp = csrs->pmp;
    }
    csrs->old_pmp[at].until = now;
}

void check_note_pmp(struct check *check, const struct mmu_pmp *pmp, uint64_t cycle)
{
    check->ended_count = 0;
    if (same_pmp(check, &check->csrs.pmp, pmp))
        return;
    keep_pmp(check, check_now(check, cycle));
    check->csrs.pmp = *pmp;
}

void check_csrs_forget(struct check *check)
{
    struct check_csrs *csrs = &check->csrs;
    size_t kept = 0;

    for (size_t i = 0; i < csrs->old_count; i++)
        if (csrs->old_pmp[i].until > check->horizon)
            csrs->old_pmp[kept++] = csrs->old_pmp[i];
    csrs->old_count = kept;
}

static bool bit_varies(const struct check *check, const uint64_t until[2])
{
    return until[0] > check->horizon && until[1] > check->horizon;
}

bool check_csrs_vary(const struct check *check)
{
    return check->csrs.old_count > 0 || bit_varies(check, check->csrs.pbmte_until) ||
           bit_varies(check, check->csrs.sbe_until);
}

bool check_pbmte_since(const struct check *check, bool value, uint64_t cut)
{
    return check->csrs.pbmte_until[value] > cut;
}

bool check_sbe_since(const struct check *check, bool value, uint64_t cut)
{
    return check->csrs.sbe_until[value] > cut;
}

static bool allowed_by(const struct check *check, const struct mmu_pmp *pmp,
                       const struct check_access *access)
{
    return mmu_pmp_allows(&check->config.model, pmp, access->privilege, access->access, access->pa,
                          access->size);
}

bool check_allows(const struct check *check, const struct check_access *access, uint64_t cut)
{
    if (access->pa >> check->config.model.pa_bits != 0)
        return false;
    if (allowed_by(check, &check->csrs.pmp, access))
        return true;
    for (size_t i = 0; i < check->csrs.old_count; i++) {
        const struct check_pmp *old = &check->csrs.old_pmp[i];
        if (old->until > cut && allowed_by(check, &old->pmp, access))
            return true;
    }
    return false;
}

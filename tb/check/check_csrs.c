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
    check->csrs.pbmte[false].to = CHECK_NEVER;
    check->csrs.sbe[false].to = CHECK_NEVER;
}

static void note_bit(struct check *check, struct check_span when[2], bool value, uint64_t cycle)
{
    if (when[value].to == CHECK_NEVER)
        return;
    uint64_t now = check_now(check, cycle);
    when[!value].to = now;
    if (when[value].to <= check->horizon)
        when[value].from = now;
    when[value].to = CHECK_NEVER;
}

void check_csrs_note(struct check *check, const struct dut_context *context, uint64_t cycle)
{
    note_bit(check, check->csrs.pbmte, context->pbmte, cycle);
    note_bit(check, check->csrs.sbe, context->sbe, cycle);
}

static bool same_pmp(const struct check *check, const struct mmu_pmp *a, const struct mmu_pmp *b)
{
    unsigned entries = check->config.model.pmp_entries;

    return a->mml == b->mml && a->mmwp == b->mmwp &&
           memcmp(a->cfg, b->cfg, entries * sizeof *a->cfg) == 0 &&
           memcmp(a->addr, b->addr, entries * sizeof *a->addr) == 0;
}

/* The old state that is this one; null if there is none. */
static struct check_pmp *find_pmp(const struct check *check, const struct mmu_pmp *pmp)
{
    for (size_t i = 0; i < check->csrs.old_count; i++)
        if (same_pmp(check, &check->csrs.old_pmp[i].pmp, pmp))
            return &check->csrs.old_pmp[i];
    return NULL;
}

/* What was in force until now: once for each state. */
static void keep_pmp(struct check *check, uint64_t now)
{
    struct check_csrs *csrs = &check->csrs;
    struct check_pmp *old = find_pmp(check, &csrs->pmp);

    if (old) {
        old->when.to = now;
    } else if (check_room(check, (void **)&csrs->old_pmp, csrs->old_count, &csrs->old_capacity,
                          sizeof *csrs->old_pmp)) {
        csrs->old_pmp[csrs->old_count++] = (struct check_pmp){csrs->pmp, {csrs->pmp_from, now}};
    }
}

void check_note_pmp(struct check *check, const struct mmu_pmp *pmp, uint64_t cycle)
{
    struct check_csrs *csrs = &check->csrs;

    check->ended_count = 0;
    if (same_pmp(check, &csrs->pmp, pmp))
        return;
    keep_pmp(check, check_now(check, cycle));
    csrs->pmp = *pmp;
    csrs->pmp_from = check->last;
}

void check_csrs_forget(struct check *check)
{
    struct check_csrs *csrs = &check->csrs;
    size_t kept = 0;

    for (size_t i = 0; i < csrs->old_count; i++)
        if (csrs->old_pmp[i].when.to > check->horizon)
            csrs->old_pmp[kept++] = csrs->old_pmp[i];
    csrs->old_count = kept;
}

static bool bit_varies(const struct check *check, const struct check_span when[2])
{
    return when[0].to > check->horizon && when[1].to > check->horizon;
}

bool check_csrs_vary(const struct check *check)
{
    return check->csrs.old_count > 0 || bit_varies(check, check->csrs.pbmte) ||
           bit_varies(check, check->csrs.sbe);
}

static uint64_t from_since(const struct check_span *when, uint64_t cut)
{
    return when->to > cut ? when->from : CHECK_NEVER;
}

uint64_t check_pbmte_from(const struct check *check, bool value, uint64_t cut)
{
    return from_since(&check->csrs.pbmte[value], cut);
}

uint64_t check_sbe_from(const struct check *check, bool value, uint64_t cut)
{
    return from_since(&check->csrs.sbe[value], cut);
}

static bool allowed_by(const struct check *check, const struct mmu_pmp *pmp,
                       const struct check_access *access)
{
    return mmu_pmp_allows(&check->config.model, pmp, access->privilege, access->access, access->pa,
                          access->size);
}

uint64_t check_allowed_from(const struct check *check, const struct check_access *access,
                            uint64_t cut)
{
    const struct check_csrs *csrs = &check->csrs;
    uint64_t from = CHECK_NEVER;

    if (access->pa >> check->config.model.pa_bits != 0)
        return CHECK_NEVER;
    if (allowed_by(check, &csrs->pmp, access))
        from = csrs->pmp_from;
    for (size_t i = 0; i < csrs->old_count; i++) {
        const struct check_pmp *old = &csrs->old_pmp[i];
        if (old->when.to > cut && old->when.from < from && allowed_by(check, &old->pmp, access))
            from = old->when.from;
    }
    return from;
}

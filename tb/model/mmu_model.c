// SPDX-License-Identifier: Apache-2.0
/*
 * The walk of "Virtual Address Translation Process", once for all schemes: step numbers in this
 * file are those of that list. Everything below works on the arguments of one call.
 */
#include "mmu_model.h"

#include "mmu_format.h"
#include "mmu_permission.h"
#include "mmu_pmp.h"
#include "mmu_pte.h"

#include <stddef.h>

struct walk {
    const struct mmu_config *config;
    const struct mmu_context *context;
    const struct mmu_memory *memory;
    const struct mmu_request *request;
    struct mmu_format format;
    struct mmu_step *step; /* where the current PTE is recorded */
    unsigned level;        /* i */
    uint64_t pte_pa;       /* a + va.vpn[i] * PTESIZE */
    uint64_t pte;
    bool global;
};

/* What one value of a PTE leads to. */
enum outcome {
    POINTER, /* go down a level */
    LEAF,    /* the translation is successful */
    CHANGED, /* the swap found another value: it is judged next */
    PAGE_FAULT,
    ACCESS_FAULT,
};

static uint64_t low_bits(unsigned count)
{
    return (UINT64_C(1) << count) - 1;
}

/* Faults are those of the access that asked (step 2 and after); a prefetch raises none. */
static enum mmu_result deny(struct mmu_answer *answer, const struct mmu_request *request,
                            enum mmu_result fault)
{
    if (request->access == MMU_PREFETCH)
        return answer->result = MMU_DROPPED;
    answer->cause = mmu_fault_cause(request->access, fault);
    answer->tval = request->va;
    return answer->result = fault;
}

/* Whether physical memory has the address at all: every PPN bit counts ("Sv39", Addressing and
 * Memory Protection), so an address beyond the width is an access fault. */
static bool within_width(const struct mmu_config *config, uint64_t pa)
{
    return pa >> config->pa_bits == 0;
}

/* A call saved where there is no PMP: this runs for every PTE and every access. */
static bool pmp_allows(const struct mmu_config *config, const struct mmu_context *context,
                       enum mmu_privilege privilege, enum mmu_access access, uint64_t pa,
                       unsigned size)
{
    return config->pmp_entries == 0 ||
           mmu_pmp_allows(config, context->pmp, privilege, access, pa, size);
}

/* PMP and the width on the final address, for the access itself: of a cache block, all of it. */
static enum mmu_result grant(const struct mmu_config *config, const struct mmu_context *context,
                             const struct mmu_request *request, struct mmu_answer *answer,
                             uint64_t pa, unsigned page_shift)
{
    uint64_t first = pa & -(uint64_t)request->size;

    if (!within_width(config, pa) ||
        !pmp_allows(config, context, context->privilege, request->access, first, request->size))
        return deny(answer, request, MMU_ACCESS_FAULT);
    answer->result = MMU_GRANTED;
    answer->pa = pa;
    answer->page_shift = page_shift;
    return MMU_GRANTED;
}

static void record_pte(struct walk *w, uint64_t word)
{
    w->pte = mmu_pte_byte_order(&w->format, word);
    w->step->pte = w->pte;
    w->step->leaf = false;
}

/* Whether the walk may touch the current PTE: PMP checks page-table accesses as S-mode's, of width
 * PTESIZE. */
static bool pte_accessible(const struct walk *w, enum mmu_access access)
{
    return within_width(w->config, w->pte_pa) &&
           pmp_allows(w->config, w->context, MMU_S, access, w->pte_pa, w->format.pte_bytes);
}

/* Step 2. False: the read violates a PMA or PMP check, or its address is beyond the width. */
static bool read_pte(struct walk *w, uint64_t table)
{
    uint64_t vpn =
        w->request->va >> mmu_level_shift(&w->format, w->level) & low_bits(w->format.vpn_bits);
    uint64_t word = 0;

    w->pte_pa = table + vpn * w->format.pte_bytes;
    w->step->pte_pa = w->pte_pa;
    w->step->level = w->level;
    bool ok = pte_accessible(w, MMU_LOAD) &&
              w->memory->read(w->memory->user, w->pte_pa, w->format.pte_bytes, &word);
    record_pte(w, ok ? word : 0);
    return ok;
}

/* Step 9. */
static enum outcome update_accessed_dirty(struct walk *w)
{
    uint64_t wanted = w->pte | mmu_accessed_dirty(w->request->access);

    if (wanted == w->pte)
        return LEAF;
    if (!w->context->adue)
        return PAGE_FAULT;

    uint64_t expected = mmu_pte_byte_order(&w->format, w->pte);
    uint64_t found = 0;
    if (!pte_accessible(w, MMU_STORE) ||
        !w->memory->compare_and_swap(w->memory->user, w->pte_pa, w->format.pte_bytes, expected,
                                     mmu_pte_byte_order(&w->format, wanted), &found))
        return ACCESS_FAULT;
    if (found == expected)
        return LEAF;
    record_pte(w, found);
    return CHANGED;
}

/* Steps 3 to 9 for the value of the PTE that was read or found last. */
static enum outcome judge(struct walk *w)
{
    if (!mmu_pte_valid(&w->format, w->level, w->pte))
        return PAGE_FAULT;
    if (!mmu_pte_is_leaf(w->pte))
        return w->level == 0 ? PAGE_FAULT : POINTER; /* step 4: i < 0 */
    if (mmu_pte_misaligned(&w->format, w->level, w->pte))
        return PAGE_FAULT;
    w->step->leaf = true;
    switch (mmu_leaf_permits(w->context, w->request->access, w->pte)) {
    case MMU_GRANTED:
        return update_accessed_dirty(w);
    case MMU_ACCESS_FAULT:
        return ACCESS_FAULT;
    default:
        return PAGE_FAULT;
    }
}

/* A prefetch needs one kind of access that leaf and PMP both permit ("Page-Fault,
 * Guest-Page-Fault, and Access-Fault Exceptions" of the cache-management operations). */
static bool prefetch_reaches(const struct walk *w, uint64_t pa)
{
    static const enum mmu_access kinds[] = {MMU_LOAD, MMU_STORE, MMU_FETCH};
    uint64_t first = pa & -(uint64_t)w->request->size;

    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (mmu_leaf_permits(w->context, kinds[i], w->pte) == MMU_GRANTED &&
            pmp_allows(w->config, w->context, w->context->privilege, kinds[i], first,
                       w->request->size))
            return true;
    return false;
}

/* Step 10: the offset within the page, of whatever size, comes from the virtual address; that of a
 * NAPOT page is four bits longer than a base page's. */
static enum mmu_result finish(const struct walk *w, struct mmu_answer *answer)
{
    unsigned shift = mmu_pte_page_shift(&w->format, w->level, w->pte);
    uint64_t within = low_bits(shift);
    uint64_t pa = (mmu_pte_address(&w->format, w->pte) & ~within) | (w->request->va & within);

    if (w->request->access == MMU_PREFETCH && !prefetch_reaches(w, pa))
        return deny(answer, w->request, MMU_ACCESS_FAULT);
    if (grant(w->config, w->context, w->request, answer, pa, shift) != MMU_GRANTED)
        return answer->result;
    answer->global = w->global || w->pte & MMU_PTE_G;
    answer->memory_type = mmu_pte_memory_type(&w->format, w->pte);
    return MMU_GRANTED;
}

/* Steps 1 to 10 from the root table of `levels` levels. */
static enum mmu_result walk_tables(struct walk *w, unsigned levels, struct mmu_answer *answer)
{
    uint64_t table = (w->context->satp & low_bits(w->format.ppn_bits)) << MMU_PAGE_SHIFT;

    for (w->level = levels - 1;; w->level--) {
        w->step = &answer->step[answer->steps++];
        if (!read_pte(w, table))
            return deny(answer, w->request, MMU_ACCESS_FAULT);
        enum outcome outcome;
        do
            outcome = judge(w);
        while (outcome == CHANGED);
        if (outcome == LEAF)
            return finish(w, answer);
        if (outcome == PAGE_FAULT)
            return deny(answer, w->request, MMU_PAGE_FAULT);
        if (outcome == ACCESS_FAULT)
            return deny(answer, w->request, MMU_ACCESS_FAULT);
        w->global |= (w->pte & MMU_PTE_G) != 0;
        table = mmu_pte_address(&w->format, w->pte);
    }
}

/* Step 1: satp is active in S-mode and U-mode only. What goes to a shadow stack needs a page that
 * says so ("Shadow Stack Memory Protection"). */
enum mmu_result mmu_translate(const struct mmu_config *config, const struct mmu_context *context,
                              const struct mmu_memory *memory, const struct mmu_request *request,
                              struct mmu_answer *answer)
{
    answer->cause = 0;
    answer->tval = 0;
    answer->pa = 0;
    answer->page_shift = 0;
    answer->global = false;
    answer->memory_type = MMU_PMA;
    answer->steps = 0;

    struct mmu_request masked = *request;
    masked.va = mmu_transform(config, context, request);

    unsigned levels = mmu_levels_in_force(config, context);
    if (levels == 0 && mmu_only_for_shadow_stacks(masked.access))
        return deny(answer, &masked, MMU_ACCESS_FAULT);
    if (levels == 0)
        return grant(config, context, &masked, answer, masked.va, 0);
    if (!mmu_canonical(config, levels, masked.va))
        return deny(answer, &masked, MMU_PAGE_FAULT);

    struct walk walk = {
        .config = config,
        .context = context,
        .memory = memory,
        .request = &masked,
        .format = mmu_format(config, context, levels),
    };
    return walk_tables(&walk, levels, answer);
}

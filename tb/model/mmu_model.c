// SPDX-License-Identifier: Apache-2.0
/*
 * The walk of "Virtual Address Translation Process", once for all schemes: step numbers in this
 * file are those of that list. Everything below works on the arguments of one call.
 */
#include "mmu_model.h"

#include "mmu_permission.h"
#include "mmu_pmp.h"
#include "mmu_pte.h"

#include <stddef.h>

/* What differs between Sv32, Sv39, Sv48 and Sv57, by number of levels. */
struct scheme {
    unsigned vpn_bits;  /* of each level */
    unsigned pte_bytes; /* PTESIZE */
    unsigned ppn_bits;  /* in a PTE and in satp */
    uint64_t high;      /* PTE bits above the PPN */
};

static const struct scheme schemes[MMU_MAX_LEVELS + 1] = {
    [2] = {MMU_VPN_BITS_SV32, 4, MMU_PTE_PPN_BITS_SV32, 0},
    [3] = {MMU_VPN_BITS_SV39, 8, MMU_PTE_PPN_BITS_SV39, MMU_PTE_HIGH},
    [4] = {MMU_VPN_BITS_SV39, 8, MMU_PTE_PPN_BITS_SV39, MMU_PTE_HIGH},
    [5] = {MMU_VPN_BITS_SV39, 8, MMU_PTE_PPN_BITS_SV39, MMU_PTE_HIGH},
};

/* Svnapot: the one size that is not reserved, and how many PPN bits encode it. */
#define NAPOT_BITS   4
#define NAPOT_64_KIB 8

struct walk {
    const struct mmu_config *config;
    const struct mmu_context *context;
    const struct mmu_memory *memory;
    const struct mmu_request *request;
    const struct scheme *scheme;
    uint64_t reserved;     /* PTE bits above the PPN that are reserved in a pointer */
    uint64_t leaf_fields;  /* of those, the ones that have a meaning in a leaf */
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

/* Page tables have the byte order of mstatus.SBE: a PTE as memory holds it, or the other way. */
static uint64_t in_byte_order(const struct walk *w, uint64_t word)
{
    if (!w->context->sbe)
        return word;
    uint64_t reversed = 0;
    for (unsigned byte = 0; byte < w->scheme->pte_bytes; byte++)
        reversed = reversed << 8 | (word >> 8 * byte & 0xff);
    return reversed;
}

static uint64_t pte_ppn(const struct walk *w)
{
    return w->pte >> MMU_PTE_PPN_SHIFT & low_bits(w->scheme->ppn_bits);
}

/* Svnapot: a valid encoding is checked in step 3. */
static bool is_napot(const struct walk *w)
{
    return w->pte & w->leaf_fields & MMU_PTE_N;
}

/* log2 of the size of what a PTE at this level covers. */
static unsigned level_shift(const struct walk *w)
{
    return MMU_PAGE_SHIFT + w->level * w->scheme->vpn_bits;
}

static void record_pte(struct walk *w, uint64_t word)
{
    w->pte = in_byte_order(w, word);
    w->step->pte = w->pte;
    w->step->leaf = false;
}

/* Whether the walk may touch the current PTE: PMP checks page-table accesses as S-mode's, of width
 * PTESIZE. */
static bool pte_accessible(const struct walk *w, enum mmu_access access)
{
    return within_width(w->config, w->pte_pa) &&
           pmp_allows(w->config, w->context, MMU_S, access, w->pte_pa, w->scheme->pte_bytes);
}

/* Step 2. False: the read violates a PMA or PMP check, or its address is beyond the width. */
static bool read_pte(struct walk *w, uint64_t table)
{
    uint64_t vpn = w->request->va >> level_shift(w) & low_bits(w->scheme->vpn_bits);
    uint64_t word = 0;

    w->pte_pa = table + vpn * w->scheme->pte_bytes;
    w->step->pte_pa = w->pte_pa;
    w->step->level = w->level;
    bool ok = pte_accessible(w, MMU_LOAD) &&
              w->memory->read(w->memory->user, w->pte_pa, w->scheme->pte_bytes, &word);
    record_pte(w, word);
    return ok;
}

/* Of a PTE whose X, W and R are not reserved: W alone is a shadow-stack page. */
static bool is_leaf(const struct walk *w)
{
    return w->pte & (MMU_PTE_R | MMU_PTE_W | MMU_PTE_X);
}

/* What Svpbmt and Svnapot reserve within their own fields of a leaf: PBMT=3; N outside of level 0
 * or with a PPN that does not say 64 KiB. */
static bool leaf_fields_valid(const struct walk *w)
{
    if ((w->pte & w->leaf_fields & MMU_PTE_PBMT) == MMU_PTE_PBMT)
        return false;
    return !is_napot(w) || (w->level == 0 && (pte_ppn(w) & low_bits(NAPOT_BITS)) == NAPOT_64_KIB);
}

/* W without R is reserved, but W alone says shadow-stack page ("Shadow Stack Memory Protection")
 * while menvcfg.SSE is 1. */
static bool is_reserved_xwr(const struct walk *w)
{
    if ((w->pte & (MMU_PTE_R | MMU_PTE_W)) != MMU_PTE_W)
        return false;
    return !w->context->sse || w->pte & MMU_PTE_X;
}

/* Step 3: V, W without R, and all that is reserved: the bits above the PPN (Sv39: bits 60 to 54, 63
 * without Svnapot, 62 and 61 without Svpbmt), and in a pointer D, A and U ("Sv32", Addressing and
 * Memory Protection), N and PBMT too. */
static bool is_valid(const struct walk *w)
{
    if (!(w->pte & MMU_PTE_V) || is_reserved_xwr(w))
        return false;
    if (!is_leaf(w))
        return !(w->pte & (w->reserved | MMU_PTE_D | MMU_PTE_A | MMU_PTE_U));
    return !(w->pte & w->reserved & ~w->leaf_fields) && leaf_fields_valid(w);
}

/* Step 5. */
static bool is_misaligned(const struct walk *w)
{
    return pte_ppn(w) & low_bits(w->level * w->scheme->vpn_bits);
}

/* Step 9. */
static enum outcome update_accessed_dirty(struct walk *w)
{
    uint64_t wanted = w->pte | mmu_accessed_dirty(w->request->access);
    uint64_t expected = in_byte_order(w, w->pte);
    uint64_t found = 0;

    if (wanted == w->pte)
        return LEAF;
    if (!w->context->adue)
        return PAGE_FAULT;
    if (!pte_accessible(w, MMU_STORE) ||
        !w->memory->compare_and_swap(w->memory->user, w->pte_pa, w->scheme->pte_bytes, expected,
                                     in_byte_order(w, wanted), &found))
        return ACCESS_FAULT;
    if (found == expected)
        return LEAF;
    record_pte(w, found);
    return CHANGED;
}

/* Steps 3 to 9 for the value of the PTE that was read or found last. */
static enum outcome judge(struct walk *w)
{
    if (!is_valid(w))
        return PAGE_FAULT;
    if (!is_leaf(w))
        return w->level == 0 ? PAGE_FAULT : POINTER; /* step 4: i < 0 */
    if (is_misaligned(w))
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

/* Step 10: the offset within the page, of whatever size, comes from the virtual address; that of a
 * NAPOT page is four bits longer than a base page's. */
static enum mmu_result finish(const struct walk *w, struct mmu_answer *answer)
{
    unsigned shift = is_napot(w) ? MMU_PAGE_SHIFT + NAPOT_BITS : level_shift(w);
    uint64_t within = low_bits(shift);
    uint64_t pa = (pte_ppn(w) << MMU_PAGE_SHIFT & ~within) | (w->request->va & within);

    if (grant(w->config, w->context, w->request, answer, pa, shift) != MMU_GRANTED)
        return answer->result;
    answer->global = w->global || w->pte & MMU_PTE_G;
    answer->memory_type = (w->pte & w->leaf_fields & MMU_PTE_PBMT) >> MMU_PTE_PBMT_SHIFT;
    return MMU_GRANTED;
}

/* Which of the bits above the PPN mean something: with Svrsw60t59b 60 and 59 are software's in
 * every PTE; PBMT is reserved again while menvcfg.PBMTE is 0. */
static void set_reserved(struct walk *w)
{
    w->reserved = w->scheme->high;
    if (w->config->svrsw60t59b)
        w->reserved &= ~MMU_PTE_SOFTWARE_60_59;
    w->leaf_fields = (w->config->svnapot ? MMU_PTE_N : 0) |
                     (w->config->svpbmt && w->context->pbmte ? MMU_PTE_PBMT : 0);
    w->leaf_fields &= w->scheme->high;
}

/* Steps 1 to 10 from the root table of `levels` levels. */
static enum mmu_result walk_tables(struct walk *w, unsigned levels, struct mmu_answer *answer)
{
    uint64_t table = (w->context->satp & low_bits(w->scheme->ppn_bits)) << MMU_PAGE_SHIFT;

    set_reserved(w);
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
        table = pte_ppn(w) << MMU_PAGE_SHIFT;
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
        .scheme = &schemes[levels],
    };
    return walk_tables(&walk, levels, answer);
}

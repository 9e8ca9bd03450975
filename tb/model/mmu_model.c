// SPDX-License-Identifier: Apache-2.0
/*
 * The walk of "Virtual Address Translation Process", once for all schemes: step numbers in this
 * file are those of that list. Everything below works on the arguments of one call.
 */
#include "mmu_model.h"
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
    [2] = {10, 4, MMU_PTE_PPN_BITS_SV32, 0},
    [3] = {9, 8, MMU_PTE_PPN_BITS_SV39, MMU_PTE_HIGH},
    [4] = {9, 8, MMU_PTE_PPN_BITS_SV39, MMU_PTE_HIGH},
    [5] = {9, 8, MMU_PTE_PPN_BITS_SV39, MMU_PTE_HIGH},
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

/* Faults are those of the access that asked (step 2 and after): an AMO's are those of a store. */
static enum mmu_result deny(struct mmu_answer *answer, const struct mmu_request *request,
                            enum mmu_result result)
{
    static const unsigned char causes[2][4] = {
        {[MMU_FETCH] = 12, [MMU_LOAD] = 13, [MMU_STORE] = 15, [MMU_AMO] = 15},
        {[MMU_FETCH] = 1, [MMU_LOAD] = 5, [MMU_STORE] = 7, [MMU_AMO] = 7},
    };
    answer->result = result;
    answer->cause = causes[result == MMU_ACCESS_FAULT][request->access];
    answer->tval = request->va;
    return result;
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

/* PMP and the width on the final address, for the access itself. */
static enum mmu_result grant(const struct mmu_config *config, const struct mmu_context *context,
                             const struct mmu_request *request, struct mmu_answer *answer,
                             uint64_t pa, unsigned page_shift)
{
    if (!within_width(config, pa) || !mmu_pmp_allows(config, context->pmp, context->privilege,
                                                     request->access, pa, request->size))
        return deny(answer, request, MMU_ACCESS_FAULT);
    answer->result = MMU_GRANTED;
    answer->pa = pa;
    answer->page_shift = page_shift;
    return MMU_GRANTED;
}

static bool is_store(const struct walk *w)
{
    return w->request->access == MMU_STORE || w->request->access == MMU_AMO;
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

static void record_pte(struct walk *w, uint64_t pte)
{
    w->pte = pte;
    w->step->pte = pte;
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
    uint64_t pte = 0;

    w->pte_pa = table + vpn * w->scheme->pte_bytes;
    w->step->pte_pa = w->pte_pa;
    w->step->level = w->level;
    bool ok = pte_accessible(w, MMU_LOAD) &&
              w->memory->read(w->memory->user, w->pte_pa, w->scheme->pte_bytes, &pte);
    record_pte(w, pte);
    return ok;
}

static bool is_leaf(const struct walk *w)
{
    return w->pte & (MMU_PTE_R | MMU_PTE_X);
}

/* What Svpbmt and Svnapot reserve within their own fields of a leaf: PBMT=3; N outside of level 0
 * or with a PPN that does not say 64 KiB. */
static bool leaf_fields_valid(const struct walk *w)
{
    if ((w->pte & w->leaf_fields & MMU_PTE_PBMT) == MMU_PTE_PBMT)
        return false;
    return !is_napot(w) || (w->level == 0 && (pte_ppn(w) & low_bits(NAPOT_BITS)) == NAPOT_64_KIB);
}

/* Step 3: V, W without R, and all that is reserved: the bits above the PPN (Sv39: bits 60 to 54, 63
 * without Svnapot, 62 and 61 without Svpbmt), and in a pointer D, A and U ("Sv32", Addressing and
 * Memory Protection), N and PBMT too. */
static bool is_valid(const struct walk *w)
{
    if (!(w->pte & MMU_PTE_V))
        return false;
    if ((w->pte & (MMU_PTE_R | MMU_PTE_W)) == MMU_PTE_W)
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

/* Step 6: U-mode needs U; S-mode may touch a page with U if SUM is set, and never executes it. */
static bool user_bit_allows(const struct walk *w)
{
    bool user_page = w->pte & MMU_PTE_U;

    if (w->context->privilege == MMU_U)
        return user_page;
    return !user_page || (w->context->sum && w->request->access != MMU_FETCH);
}

/* Step 8: the permission bits, with MXR. A writable page is readable, so W is enough for an AMO. */
static bool permission_allows(const struct walk *w)
{
    switch (w->request->access) {
    case MMU_FETCH:
        return w->pte & MMU_PTE_X;
    case MMU_LOAD:
        return w->pte & (MMU_PTE_R | (w->context->mxr ? MMU_PTE_X : 0));
    case MMU_STORE:
    case MMU_AMO:
        break;
    }
    return w->pte & MMU_PTE_W;
}

/* Step 9. */
static enum outcome update_accessed_dirty(struct walk *w)
{
    uint64_t wanted = w->pte | MMU_PTE_A | (is_store(w) ? MMU_PTE_D : 0);
    uint64_t found = 0;

    if (wanted == w->pte)
        return LEAF;
    if (!w->context->adue)
        return PAGE_FAULT;
    if (!pte_accessible(w, MMU_STORE) ||
        !w->memory->compare_and_swap(w->memory->user, w->pte_pa, w->scheme->pte_bytes, w->pte,
                                     wanted, &found))
        return ACCESS_FAULT;
    if (found == w->pte)
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
    if (!user_bit_allows(w) || !permission_allows(w))
        return PAGE_FAULT;
    return update_accessed_dirty(w);
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

unsigned mmu_satp_levels(const struct mmu_config *config, uint64_t satp)
{
    unsigned levels = 0;

    if (config->xlen == 32) {
        levels = satp >> 31 & 1 ? 2 : 0;
    } else {
        unsigned mode = satp >> 60;
        levels = mode >= 8 && mode <= 10 ? mode - 5 : 0;
    }
    return levels <= config->levels ? levels : 0;
}

unsigned mmu_satp_asid(const struct mmu_config *config, uint64_t satp)
{
    return config->xlen == 32 ? satp >> 22 & low_bits(9) : satp >> 44 & low_bits(16);
}

bool mmu_canonical(const struct mmu_config *config, unsigned levels, uint64_t va)
{
    if (config->xlen == 32 || levels == 0)
        return true;
    unsigned highest = MMU_PAGE_SHIFT + levels * schemes[levels].vpn_bits - 1;
    return va >> highest == 0 || va >> highest == UINT64_MAX >> highest;
}

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

    /* Step 1: satp is active in S-mode and U-mode only. */
    unsigned levels = context->privilege == MMU_M ? 0 : mmu_satp_levels(config, context->satp);
    if (levels == 0)
        return grant(config, context, request, answer, request->va, 0);
    if (!mmu_canonical(config, levels, request->va))
        return deny(answer, request, MMU_PAGE_FAULT);

    struct walk walk = {
        .config = config,
        .context = context,
        .memory = memory,
        .request = request,
        .scheme = &schemes[levels],
    };
    return walk_tables(&walk, levels, answer);
}

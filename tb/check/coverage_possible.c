// SPDX-License-Identifier: Apache-2.0
/*
 * Which combinations are possible: for every mode, level and value of a last PTE (its eight low
 * bits; its PPN aligned, misaligned or beyond the width; a bit above the PPN; N), every context and
 * access, and PMP that allows everything or only the page tables, the model is asked, and where it
 * ends is marked.
 */
#include "coverage_internal.h"
#include "mmu_pmp.h"
#include "mmu_pte.h"

#define TABLE      (UINT64_C(1) << 30) /* every pointer of the constructed tables leads there */
#define TABLE_PPN  (TABLE >> MMU_PAGE_SHIFT)
#define NAPOT_PPN  (UINT64_C(8) << MMU_PTE_PPN_SHIFT) /* of a leaf of 64 KiB */
#define XWR        (MMU_PTE_R | MMU_PTE_W | MMU_PTE_X)
#define SHADOW     ((1u << MMU_SS_PUSH) | (1u << MMU_SS_CHECK) | (1u << MMU_SS_SWAP))
#define PRIVILEGES 3

/* Memory in which the walk reads pointers down to one level, and there the PTE in question. */
struct tables {
    unsigned next, last; /* level that the next read is of; level of the PTE in question */
    uint64_t pte;
    bool readable;
    bool swapped; /* A or D of that PTE was written */
};

static bool read_tables(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct tables *tables = user;
    unsigned level = tables->next--;

    (void)pa;
    (void)bytes;
    if (level > tables->last) {
        *value = TABLE_PPN << MMU_PTE_PPN_SHIFT | MMU_PTE_V;
        return true;
    }
    *value = tables->pte;
    return tables->readable;
}

static bool swap_tables(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                        uint64_t desired, uint64_t *found)
{
    struct tables *tables = user;

    (void)pa;
    (void)bytes;
    (void)desired;
    *found = expected;
    return tables->swapped = true;
}

static struct mmu_memory memory_of(struct tables *tables)
{
    return (struct mmu_memory){
        .user = tables, .read = read_tables, .compare_and_swap = swap_tables};
}

/* The first case of a combination is shown to whoever wants to see it. */
static void mark(struct coverage *coverage, const struct check_judgement *judgement,
                 const struct tables *tables)
{
    struct combination what = coverage_combination(&coverage->config, judgement);
    unsigned char *possible = &coverage->possible[coverage_bin(&what)];
    struct tables fresh = *tables;
    struct coverage_case first = {judgement, memory_of(&fresh), &fresh.swapped};

    if (!*possible && coverage->visit && !coverage->visit(coverage->visit_user, &first))
        coverage->visit = NULL;
    *possible = 1;
}

/* One access in one context, speculative too. */
static enum mmu_result mark_access(struct coverage *coverage, struct check_judgement *judgement,
                                   const struct tables *tables)
{
    struct tables used = *tables;
    const struct mmu_memory memory = memory_of(&used);

    mmu_translate(&coverage->config.model, &judgement->context, &memory, &judgement->request,
                  &judgement->answer);
    judgement->deferred = false;
    judgement->updated = used.swapped;
    judgement->before = tables->pte;
    mark(coverage, judgement, tables);
    if (used.swapped) {
        judgement->deferred = true;
        mark(coverage, judgement, tables);
    }
    return judgement->answer.result;
}

/* The same with all that PMP may say about the final address. */
static void mark_protected(struct coverage *coverage, struct check_judgement *judgement,
                           const struct tables *tables)
{
    static const struct mmu_pmp everything = {
        .cfg = {MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X},
        .addr = {(UINT64_C(1) << 54) - 1}};
    static const struct mmu_pmp only_tables = {
        .cfg = {MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X},
        .addr = {TABLE >> 2 | ((TABLE >> 3) - 1)},
        .mmwp = true};

    judgement->context.pmp = &everything;
    if (mark_access(coverage, judgement, tables) != MMU_GRANTED ||
        coverage->config.model.pmp_entries == 0)
        return;
    judgement->context.pmp = &only_tables;
    mark_access(coverage, judgement, tables);
}

/* The same with ADUE and SSE. */
static void mark_environments(struct coverage *coverage, struct check_judgement *judgement,
                              const struct tables *tables)
{
    bool zicfiss = coverage->config.accesses & SHADOW;
    /* SSE decides nothing but what such a PTE is, and whether shadow stacks are accessed at all. */
    bool without = !zicfiss ||
                   ((tables->pte & XWR) == MMU_PTE_W && !(SHADOW >> judgement->request.access & 1));

    for (unsigned i = 0; i < 4; i++) {
        bool adue = i & 1, sse = i >> 1;
        if ((adue && !coverage->config.svadu) || !(sse ? zicfiss : without))
            continue;
        judgement->context.adue = adue;
        judgement->context.sse = sse;
        mark_protected(coverage, judgement, tables);
    }
}

/* One address in every privilege of the mask, SUM, MXR and kind of access. */
static void mark_accesses(struct coverage *coverage, uint64_t satp, uint64_t va,
                          unsigned privileges, const struct tables *tables)
{
    for (unsigned i = 0; i < 4 * 2 * 2 * MMU_ACCESSES; i++) {
        unsigned access = i % MMU_ACCESSES, bits = i / MMU_ACCESSES, privilege = bits >> 2;
        if (!(coverage->config.accesses >> access & 1) || !(privileges >> privilege & 1))
            continue;
        struct check_judgement judgement = {
            .context = {.satp = satp,
                        .privilege = (enum mmu_privilege)privilege,
                        .sum = bits >> 1 & 1,
                        .mxr = bits & 1},
            .request = {.va = va, .access = (enum mmu_access)access, .size = 1}};
        mark_environments(coverage, &judgement, tables);
    }
}

#define TRANSLATED (1u << MMU_U | 1u << MMU_S)
#define ALL_MODES  (TRANSLATED | 1u << MMU_M)

/* Every value of the last PTE at this level. */
static void mark_ptes(struct coverage *coverage, uint64_t satp, unsigned levels, unsigned level)
{
    const struct mmu_config *model = &coverage->config.model;
    uint64_t misaligned = UINT64_C(1) << MMU_PTE_PPN_SHIFT;
    uint64_t top_ppn = model->xlen == 32 ? UINT64_C(1) << 31 : UINT64_C(1) << 53;
    const uint64_t upper[] = {0,
                              misaligned,
                              top_ppn,
                              model->xlen == 64 ? UINT64_C(1) << 54 : 0,
                              model->svnapot ? MMU_PTE_N | NAPOT_PPN : 0,
                              model->svnapot ? MMU_PTE_N | NAPOT_PPN | top_ppn : 0};

    for (unsigned low = 0; low < 256; low++)
        for (unsigned i = 0; i < sizeof upper / sizeof *upper; i++) {
            struct tables tables = {levels - 1, level, upper[i] | low, true, false};
            if (!(low & MMU_PTE_G) && (i == 0 || upper[i] != 0))
                mark_accesses(coverage, satp, 0, TRANSLATED, &tables);
        }
    struct tables unreadable = {levels - 1, level, 0, false, false};
    mark_accesses(coverage, satp, 0, TRANSLATED, &unreadable);
}

static uint64_t satp_of(const struct mmu_config *model, unsigned levels)
{
    if (levels == 0)
        return 0;
    return TABLE_PPN | (model->xlen == 32 ? UINT64_C(1) << 31 : (uint64_t)(levels + 5) << 60);
}

void coverage_find_possible(struct coverage *coverage)
{
    const struct mmu_config *model = &coverage->config.model;
    const struct tables none = {0};

    for (unsigned levels = 0; levels <= model->levels; levels++) {
        uint64_t satp = satp_of(model, levels);
        if (!(coverage->config.modes >> levels & 1) || mmu_satp_levels(model, satp) != levels)
            continue;
        for (unsigned level = 0; level < levels; level++)
            mark_ptes(coverage, satp, levels, level);
        /* No PTE at all: an address that is not canonical, one beyond the width, and M-mode. */
        if (model->xlen == 64)
            mark_accesses(coverage, satp, UINT64_C(1) << 63, ALL_MODES, &none);
        mark_accesses(coverage, satp, 0, levels == 0 ? ALL_MODES : 1u << MMU_M, &none);
    }
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Which combinations are possible: for every mode, level and value of a last PTE (its eight low
 * bits; its PPN aligned, misaligned or beyond the width; a bit above the PPN), and every context
 * and access, the model is asked, and where it ends is marked.
 */
#include "coverage_internal.h"
#include "mmu_pte.h"

#define TABLE_PPN 1 /* every pointer of the constructed tables leads there */

/* Memory in which the walk reads pointers down to one level, and there the PTE in question. */
struct tables {
    unsigned next, last; /* level that the next read is of; level of the PTE in question */
    uint64_t pte;
    bool readable;
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

/* One access in every privilege, SUM, MXR and kind. */
static void mark_accesses(struct coverage *coverage, uint64_t satp, uint64_t va,
                          const struct tables *tables)
{
    static const enum mmu_privilege privileges[] = {MMU_U, MMU_S, MMU_M};
    struct tables used;
    const struct mmu_memory memory = {.user = &used, .read = read_tables};

    for (unsigned i = 0; i < 3 * 2 * 2 * 4; i++) {
        struct mmu_context context = {
            .satp = satp, .privilege = privileges[i / 16], .sum = i >> 3 & 1, .mxr = i >> 2 & 1};
        struct mmu_request request = {.va = va, .access = i & 3, .size = 1};
        struct mmu_answer answer;
        used = *tables;
        mmu_translate(&coverage->model, &context, &memory, &request, &answer);
        struct combination what =
            coverage_combination(&coverage->model, &context, &request, &answer);
        coverage->possible[coverage_bin(&what)] = 1;
    }
}

/* Every value of the last PTE at this level. */
static void mark_ptes(struct coverage *coverage, uint64_t satp, unsigned levels, unsigned level)
{
    const struct mmu_config *model = &coverage->model;
    uint64_t misaligned = UINT64_C(1) << MMU_PTE_PPN_SHIFT;
    uint64_t top_ppn = model->xlen == 32 ? UINT64_C(1) << 31 : UINT64_C(1) << 53;
    const uint64_t upper[] = {0, misaligned, top_ppn, model->xlen == 64 ? UINT64_C(1) << 54 : 0};

    for (unsigned low = 0; low < 256; low++)
        for (unsigned i = 0; i < sizeof upper / sizeof *upper; i++) {
            struct tables tables = {levels - 1, level, upper[i] | low, true};
            if (!(low & MMU_PTE_G))
                mark_accesses(coverage, satp, 0, &tables);
        }
    struct tables unreadable = {levels - 1, level, 0, false};
    mark_accesses(coverage, satp, 0, &unreadable);
}

static uint64_t satp_of(const struct mmu_config *model, unsigned levels)
{
    if (levels == 0)
        return 0;
    return TABLE_PPN | (model->xlen == 32 ? UINT64_C(1) << 31 : (uint64_t)(levels + 5) << 60);
}

void coverage_find_possible(struct coverage *coverage)
{
    const struct mmu_config *model = &coverage->model;
    const struct tables none = {0};

    for (unsigned levels = 0; levels <= model->levels; levels++) {
        uint64_t satp = satp_of(model, levels);
        if (!(coverage->modes >> levels & 1) || mmu_satp_levels(model, satp) != levels)
            continue;
        for (unsigned level = 0; level < levels; level++)
            mark_ptes(coverage, satp, levels, level);
        /* No PTE at all: an address that is not canonical, one beyond the width, and M-mode. */
        if (model->xlen == 64)
            mark_accesses(coverage, satp, UINT64_C(1) << 63, &none);
        if (levels == 0)
            mark_accesses(coverage, satp, 0, &none);
    }
}

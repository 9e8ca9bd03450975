// SPDX-License-Identifier: Apache-2.0
/* The translation modes, and what address spaces need in them. */
#include "vm.h"

#include <stdlib.h>
#include <string.h>

/* satp.MODE: "Supervisor Address Translation and Protection (satp) Register". */
static const struct vm_mode modes[] = {
    {"sv32", 32, 2, 10, 4, 1},
    {"sv39", 64, 3, 9, 8, 8},
    {"sv48", 64, 4, 9, 8, 9},
    {"sv57", 64, 5, 9, 8, 10},
};
#define MODES (sizeof modes / sizeof modes[0])

const struct vm_mode *vm_mode_find(const char *name)
{
    for (size_t i = 0; i < MODES; i++)
        if (!strcmp(modes[i].name, name))
            return &modes[i];
    return NULL;
}

const struct vm_mode *vm_mode_of(unsigned xlen, unsigned levels)
{
    for (size_t i = 0; i < MODES; i++)
        if (modes[i].xlen == xlen && modes[i].levels == levels)
            return &modes[i];
    return NULL;
}

size_t vm_tables_needed(const struct vm_mode *mode, const struct vm_page *pages, size_t count)
{
    size_t tables = 1; /* the root */

    for (unsigned level = 0; level + 1 < mode->levels; level++) {
        unsigned reach = VM_PAGE_SHIFT + mode->vpn_bits * (level + 1);

        for (size_t i = 0; i < count; i++)
            tables += i == 0 || pages[i].va >> reach != pages[i - 1].va >> reach;
    }
    return tables;
}

/* A range gets a superpage if one in so many of its pages is in the list; so its pages become at
 * most so many times more. */
#define SUPERPAGE_SHARE 8

/* Pages of the list in the range of 2^shift bytes that begins at `first`. */
static size_t in_range(const struct vm_page *pages, size_t count, size_t first, unsigned shift)
{
    size_t i = first;

    while (i < count && pages[i].va >> shift == pages[first].va >> shift)
        i++;
    return i - first;
}

/* The highest level whose range around page `first`, the first of the list in that range, is full
 * enough; 0 if none. */
static unsigned range_level(const struct vm_mode *mode, const struct vm_page *pages, size_t count,
                            size_t first)
{
    for (unsigned level = mode->levels - 1; level > 0; level--) {
        unsigned shift = VM_PAGE_SHIFT + mode->vpn_bits * level;
        size_t present;

        if (first > 0 && pages[first - 1].va >> shift == pages[first].va >> shift)
            continue;
        present = in_range(pages, count, first, shift);
        if (present >= ((size_t)1 << (shift - VM_PAGE_SHIFT)) / SUPERPAGE_SHARE)
            return level;
    }
    return 0;
}

/* Appends the whole range of `level` around pages[0 .. present - 1]; returns its pages. */
static size_t fill_range(const struct vm_mode *mode, const struct vm_page *pages, size_t present,
                         unsigned level, struct vm_page *out)
{
    unsigned shift = VM_PAGE_SHIFT + mode->vpn_bits * level;
    size_t size = (size_t)1 << (shift - VM_PAGE_SHIFT);
    uint64_t start = pages[0].va >> shift << shift;
    uint8_t uses = 0;

    for (size_t i = 0; i < present; i++)
        uses |= pages[i].uses;
    for (size_t i = 0; i < size; i++)
        out[i] = (struct vm_page){start + i * VM_PAGE_SIZE, uses, (uint8_t)level};
    return size;
}

struct vm_page *vm_superpage_ranges(const struct vm_mode *mode, const struct vm_page *pages,
                                    size_t count, size_t *result_count)
{
    struct vm_page *out = malloc((SUPERPAGE_SHARE * count + 1) * sizeof *out);
    size_t n = 0;

    if (!out)
        return NULL;
    for (size_t i = 0; i < count;) {
        unsigned level = range_level(mode, pages, count, i);

        if (level == 0) {
            out[n] = pages[i++];
            out[n++].level = 0;
            continue;
        }
        size_t present = in_range(pages, count, i, VM_PAGE_SHIFT + mode->vpn_bits * level);
        n += fill_range(mode, pages + i, present, level, out + n);
        i += present;
    }
    *result_count = n;
    return out;
}

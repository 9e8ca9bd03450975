// SPDX-License-Identifier: Apache-2.0
/* What a process last wrote at each of its virtual addresses: kept apart from frames, page tables
 * and swap, and compared with what they deliver. */
#ifndef SHADOW_H
#define SHADOW_H

#include "vm.h"

#include <string.h>

/* One process. Pages are named by their index; a null page was never written: it reads as zero. */
struct shadow {
    size_t count;
    uint8_t **pages;
    uint8_t zero[VM_PAGE_SIZE];
};

/* The caller owns `shadow`. False: no memory. */
bool shadow_create(struct shadow *shadow, size_t pages);
void shadow_destroy(struct shadow *shadow);

/* Gives a page that is about to be written bytes of its own. False: no memory. */
bool shadow_materialise(struct shadow *shadow, size_t page);

/* Notes a store of `size` bytes at `offset` of a page. False: no memory. */
static inline bool shadow_store(struct shadow *shadow, size_t page, unsigned offset,
                                const void *data, unsigned size)
{
    if (!shadow->pages[page] && !shadow_materialise(shadow, page))
        return false;
    memcpy(shadow->pages[page] + offset, data, size);
    return true;
}

/* The bytes that the process must find at `offset` of a page. */
static inline const uint8_t *shadow_bytes(const struct shadow *shadow, size_t page, unsigned offset)
{
    return (shadow->pages[page] ? shadow->pages[page] : shadow->zero) + offset;
}

enum shadow_result { SHADOW_EQUAL, SHADOW_DIFFERS, SHADOW_UNREADABLE };

/* Where a comparison failed. */
struct shadow_difference {
    size_t page;
    unsigned offset;
    uint8_t found, expected;
};

/* Compares the whole memory of a process, in frames and in swap, with its shadow.
 * SHADOW_UNREADABLE: the swap file cannot be read, vm_error says why. */
enum shadow_result shadow_compare(const struct shadow *shadow, struct vm *vm, unsigned process,
                                  struct shadow_difference *difference);

#endif

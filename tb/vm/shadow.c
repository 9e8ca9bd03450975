// SPDX-License-Identifier: Apache-2.0
/* Shadows of the processes' memories. */
#include "shadow.h"

#include <stdlib.h>

bool shadow_create(struct shadow *shadow, size_t pages)
{
    *shadow = (struct shadow){.count = pages, .pages = calloc(pages + 1, sizeof *shadow->pages)};
    return shadow->pages;
}

void shadow_destroy(struct shadow *shadow)
{
    for (size_t i = 0; shadow->pages && i < shadow->count; i++)
        free(shadow->pages[i]);
    free(shadow->pages);
    shadow->pages = NULL;
}

bool shadow_materialise(struct shadow *shadow, size_t page)
{
    shadow->pages[page] = calloc(1, VM_PAGE_SIZE);
    return shadow->pages[page];
}

enum shadow_result shadow_compare(const struct shadow *shadow, struct vm *vm, unsigned process,
                                  struct shadow_difference *difference)
{
    uint8_t content[VM_PAGE_SIZE];

    for (size_t page = 0; page < shadow->count; page++) {
        const uint8_t *expected = shadow_bytes(shadow, page, 0);

        if (!vm_page_content(vm, process, page, content))
            return SHADOW_UNREADABLE;
        if (!memcmp(content, expected, VM_PAGE_SIZE))
            continue;
        unsigned offset = 0;
        while (content[offset] == expected[offset])
            offset++;
        *difference = (struct shadow_difference){page, offset, content[offset], expected[offset]};
        return SHADOW_DIFFERS;
    }
    return SHADOW_EQUAL;
}

// SPDX-License-Identifier: Apache-2.0
/* The swap file: slots of one page each in a file on disk. */
#ifndef SWAP_H
#define SWAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SWAP_NONE UINT32_MAX

struct swap;

/*
 * Opens a swap file. A `path` is created or emptied, and left there in the end; null makes a
 * temporary file in $TMPDIR or /tmp that has no name from the start, so that nothing can leave it
 * behind. Null on failure, with one line in `error`.
 */
struct swap *swap_open(const char *path, char *error, size_t error_size);
void swap_close(struct swap *swap);

/* A slot of its own for a page, SWAP_NONE if there is no memory for one more. */
uint32_t swap_allocate(struct swap *swap);
void swap_free(struct swap *swap, uint32_t slot);

/* One page to or from a slot. False: the operation failed; swap_error says how. */
bool swap_write(struct swap *swap, uint32_t slot, const void *page);
bool swap_read(struct swap *swap, uint32_t slot, void *page);
const char *swap_error(const struct swap *swap);

#endif

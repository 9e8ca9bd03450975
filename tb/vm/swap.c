// SPDX-License-Identifier: Apache-2.0
/* The swap file. */
#include "swap.h"

#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct swap {
    int fd;
    char path[200]; /* for messages */
    uint32_t *free_slots;
    size_t free_count, free_capacity;
    uint32_t slots; /* ever used: the file's length in pages */
    char error[400];
};

static int open_temporary(char *path, size_t size)
{
    const char *folder = getenv("TMPDIR");

    snprintf(path, size, "%s/rvmmu-swap-XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

struct swap *swap_open(const char *path, char *error, size_t error_size)
{
    struct swap *swap = calloc(1, sizeof *swap);

    if (!swap) {
        snprintf(error, error_size, "no memory for the swap file's slots");
        return NULL;
    }
    if (path) {
        snprintf(swap->path, sizeof swap->path, "%s", path);
        swap->fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    } else {
        swap->fd = open_temporary(swap->path, sizeof swap->path);
    }
    if (swap->fd < 0) {
        snprintf(error, error_size,
                 "swap file %s cannot be written: %s; --swap names a file that can", swap->path,
                 strerror(errno));
        free(swap);
        return NULL;
    }
    return swap;
}

void swap_close(struct swap *swap)
{
    if (!swap)
        return;
    close(swap->fd);
    free(swap->free_slots);
    free(swap);
}

uint32_t swap_allocate(struct swap *swap)
{
    if (swap->free_count)
        return swap->free_slots[--swap->free_count];
    return swap->slots == SWAP_NONE ? SWAP_NONE : swap->slots++;
}

void swap_free(struct swap *swap, uint32_t slot)
{
    if (swap->free_count == swap->free_capacity) {
        size_t capacity = swap->free_capacity ? 2 * swap->free_capacity : 256;
        uint32_t *more = realloc(swap->free_slots, capacity * sizeof *more);

        if (!more)
            return; /* the slot stays unused: the file grows instead */
        swap->free_slots = more;
        swap->free_capacity = capacity;
    }
    swap->free_slots[swap->free_count++] = slot;
}

static bool fail(struct swap *swap, const char *what, const char *why)
{
    snprintf(swap->error, sizeof swap->error,
             "swap file %s cannot be %s: %s; --swap names a file on a disk with room", swap->path,
             what, why);
    return false;
}

bool swap_write(struct swap *swap, uint32_t slot, const void *page)
{
    off_t at = (off_t)slot * VM_PAGE_SIZE;

    for (size_t done = 0; done < VM_PAGE_SIZE;) {
        ssize_t n =
            pwrite(swap->fd, (const char *)page + done, VM_PAGE_SIZE - done, at + (off_t)done);

        if (n < 0 && errno != EINTR)
            return fail(swap, "written", strerror(errno));
        if (n == 0)
            return fail(swap, "written", "it takes no more");
        if (n > 0)
            done += (size_t)n;
    }
    return true;
}

bool swap_read(struct swap *swap, uint32_t slot, void *page)
{
    off_t at = (off_t)slot * VM_PAGE_SIZE;

    for (size_t done = 0; done < VM_PAGE_SIZE;) {
        ssize_t n = pread(swap->fd, (char *)page + done, VM_PAGE_SIZE - done, at + (off_t)done);

        if (n < 0 && errno != EINTR)
            return fail(swap, "read", strerror(errno));
        if (n == 0)
            return fail(swap, "read", "it is shorter than what was written");
        if (n > 0)
            done += (size_t)n;
    }
    return true;
}

const char *swap_error(const struct swap *swap)
{
    return swap->error;
}

// SPDX-License-Identifier: Apache-2.0
/* A trace as the program of a process: its accesses in memory, its pages numbered densely, so that
 * the run itself looks nothing up. */
#ifndef RUN_PROGRAM_H
#define RUN_PROGRAM_H

#include "vm.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One access that crosses no page, packed:
 *
 *   63            32 31   28 27     16 15    9 8 7      2 1  0
 *  +----------------+-------+---------+-------+-+--------+----+
 *  | page           | 0     | offset  | size  |0| 0      |kind|
 *  +----------------+-------+---------+-------+-+--------+----+
 *
 * kind is an enum mmu_access (fetch, load, store); size is in bytes, 1..64; page is an index into
 * the program's pages.
 */
typedef uint64_t program_access;

static inline program_access access_pack(size_t page, unsigned offset, unsigned size,
                                         enum mmu_access kind)
{
    return (uint64_t)page << 32 | (uint64_t)offset << 16 | (uint64_t)size << 9 | (uint64_t)kind;
}

static inline size_t access_page(program_access access)
{
    return (size_t)(access >> 32);
}

static inline unsigned access_offset(program_access access)
{
    return (unsigned)(access >> 16) & (VM_PAGE_SIZE - 1);
}

static inline unsigned access_size(program_access access)
{
    return (unsigned)(access >> 9) & 0x7f;
}

static inline enum mmu_access access_kind(program_access access)
{
    return (enum mmu_access)(access & 3);
}

#define PROGRAM_NEVER UINT32_MAX

struct program {
    const char *path;
    program_access *accesses;
    size_t count, capacity;
    uint64_t kinds[3];     /* accesses of each kind: fetches, loads, stores */
    struct vm_page *pages; /* sorted by address */
    size_t page_count;
    size_t touched; /* pages that the trace touches; the others fill up superpages */
    uint32_t *next; /* for each access the next one to its page, or PROGRAM_NEVER; may be null */
};

/*
 * Reads a trace, at most `limit` references of it (0: all). A reference that crosses a page becomes
 * two accesses, a MODIFY a load and a store. Where the format has no sizes a fetch takes 4 bytes
 * and another access 8, less if the address isn't aligned to it. False on failure, with one line in
 * `error`. The caller ends the program in either case.
 */
bool program_read(struct program *program, const char *path, uint64_t limit, char *error,
                  size_t error_size);

/*
 * Settles the program in the address space of a mode.
 *
 * `fold` first renumbers the pages one to one into the lower half of the address space (all of it
 * in Sv32): the address space is cut into blocks of the reach of one page table, those that hold a
 * touched page are numbered in order from 1, and a page keeps its place in its block; so neighbours
 * stay neighbours, superpages stay possible and page 0 stays empty. If that does not fit, smaller
 * blocks, down to single pages, are tried.
 *
 * `superpages` fills ranges that are worth a superpage, see vm_superpage_ranges.
 *
 * False if an address does not fit the mode, or for lack of memory, with one line in `error`.
 */
bool program_place(struct program *program, const struct vm_mode *mode, bool fold, bool superpages,
                   char *error, size_t error_size);

/* Fills in `next`. False: no memory. */
bool program_look_ahead(struct program *program);

void program_end(struct program *program);

#endif

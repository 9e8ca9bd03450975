// SPDX-License-Identifier: Apache-2.0
/*
 * What a random run translates: a few table pages in two places of physical memory, shared by many
 * roots, with every kind of PTE in them, and the addresses and contexts that reach them.
 */
#ifndef RANDOM_WORLD_H
#define RANDOM_WORLD_H

#include "dut.h"
#include "mmu_model.h"

#include <stdbool.h>
#include <stdint.h>

#define WORLD_PAGES   64  /* most table pages */
#define WORLD_INDEXES 12  /* most entries used in a table */
#define WORLD_ROOTS   20  /* most values of satp */
#define WORLD_VAS     256 /* most pages in the working set */

struct world {
    struct mmu_config model;
    unsigned asid_bits;
    unsigned modes; /* mask: bit 0 = Bare, bit n = the mode of n levels */
    uint64_t rng;

    unsigned pages;
    uint64_t base[2]; /* page number of the first half of the pages, and of the second */
    unsigned level_of[WORLD_PAGES];
    uint64_t *words; /* pages x 512 (xlen 32: 1024) PTEs */

    unsigned indexes;      /* entries used in the tables above level 0 */
    unsigned last_indexes; /* and in those of level 0 */
    unsigned index[WORLD_INDEXES];
    unsigned roots;
    uint64_t satp[WORLD_ROOTS];
    unsigned vas;
    uint64_t va[WORLD_VAS]; /* of pages */
    unsigned user;          /* percent of leaves with U */
    unsigned pointers;      /* percent of entries above level 0 that are no leaves */
    unsigned benign;        /* percent of leaves that allow everything */
    unsigned bad;           /* percent of PTEs that are no good at all */
};

/* Builds a world from a seed; `modes` must name at least one mode. False: no memory. */
bool world_open(struct world *world, const struct mmu_config *model, unsigned asid_bits,
                unsigned modes, uint64_t seed);
void world_close(struct world *world);

/* A PTE, `bytes` of 4 or 8. False where no memory is. */
bool world_read(const struct world *world, uint64_t pa, unsigned bytes, uint64_t *value);
void world_write(struct world *world, uint64_t pa, uint64_t value);

/* An address: of the working set with `offset` random, now and then one that is not canonical. */
uint64_t world_va(struct world *world, unsigned page, uint64_t *rng);

/* A new value for the PTE at `pa` of a table of this level: either a fresh one or the old one with
 * a bit or two turned. */
uint64_t world_pte(struct world *world, unsigned level, uint64_t old, uint64_t *rng);

/* satp values that this world uses: `root` in 0 .. world->roots - 1, but for a rare other one. */
uint64_t world_satp(struct world *world, uint64_t *rng);

#endif

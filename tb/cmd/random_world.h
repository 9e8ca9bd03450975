// SPDX-License-Identifier: Apache-2.0
/*
 * What a random run translates: a few table pages in two places of physical memory, shared by many
 * roots, with every kind of PTE in them, and the addresses and roots that reach them.
 *
 * Where the build has big-endian tables, some or all pages hold big-endian PTEs. A `word` is what a
 * little-endian machine reads: a PTE of a little-endian table, one with its bytes reversed of a
 * big-endian table.
 */
#ifndef RANDOM_WORLD_H
#define RANDOM_WORLD_H

#include "dut.h"
#include "mmu_model.h"
#include "mmu_pte.h"

#include <stdbool.h>
#include <stdint.h>

#define WORLD_PAGES   64  /* most table pages */
#define WORLD_INDEXES 20  /* most entries used in a table ... */
#define WORLD_LINE    12  /* ... of which those from here on are the eight of one line */
#define WORLD_ROOTS   20  /* most values of satp */
#define WORLD_VAS     256 /* most pages in the working set */
#define WORLD_RECENT  8   /* addresses that were granted last */
#define WORLD_FRAMES  12  /* page numbers that many leaves share, so that PMP can be set for them */

/* The kind of a table. */
struct world_table {
    unsigned level;
    bool big; /* big-endian */
};

struct world_root {
    uint64_t satp;
    bool big; /* its tables are big-endian */
};

struct world {
    struct mmu_config model;
    bool extended;                   /* the build has Svnapot or Svpbmt, said to exist or not */
    bool svadu, zicfiss, big_endian; /* what the build has beyond it */
    unsigned asid_bits;
    unsigned pmp_built; /* entries, of which model.pmp_entries are said to exist */
    unsigned modes;     /* mask: bit 0 = Bare, bit n = the mode of n levels */
    uint64_t rng;

    unsigned pages;
    uint64_t base[2]; /* page number of the first half of the pages, and of the second */
    struct world_table table[WORLD_PAGES];
    uint64_t *words; /* pages x 512 (xlen 32: 1024) */

    unsigned indexes;      /* entries used in the tables above level 0 */
    unsigned last_indexes; /* and in those of level 0: with a whole line, all */
    unsigned index[WORLD_INDEXES];
    unsigned roots;
    struct world_root root[WORLD_ROOTS];
    unsigned vas;
    uint64_t va[WORLD_VAS]; /* of pages */
    unsigned frames;
    uint64_t frame[WORLD_FRAMES];
    uint64_t recent[WORLD_RECENT];
    unsigned next_recent;
    unsigned near;     /* percent of pages that share all VPNs but one with another */
    unsigned user;     /* percent of leaves with U */
    unsigned pointers; /* percent of entries above level 0 that are no leaves */
    unsigned global;   /* percent of them with G */
    unsigned benign;   /* percent of leaves that allow everything */
    unsigned bad;      /* percent of PTEs that are no good at all */
    unsigned clear;    /* percent of leaves with D, or A and D, clear: Svadu */
    unsigned aging;    /* percent of changes of leaves that clear D, or A and D: Svadu */
    unsigned napot;    /* percent of leaves of level 0 that are 64 KiB: Svnapot */
    unsigned typed;    /* percent of leaves with a memory type: Svpbmt */
    unsigned shadow;   /* percent of leaves that are shadow-stack pages: Zicfiss */
};

/* Builds a world from a seed, for a build that admits to `model`; `modes` must name at least one
 * mode. False: no memory. */
bool world_open(struct world *world, const struct mmu_config *model,
                const struct dut_parameters *build, unsigned modes, uint64_t seed);
void world_close(struct world *world);

/* Changes some of all PTEs, as nobody watches. */
void world_stir(struct world *world, uint64_t *rng);

/* A word, `bytes` of 4 or 8. False where no memory is. */
bool world_read(const struct world *world, uint64_t pa, unsigned bytes, uint64_t *word);
void world_write(struct world *world, uint64_t pa, uint64_t word);

/* A PTE as the word that says it in such a table; and the other way round. */
uint64_t world_word(const struct world *world, struct world_table table, uint64_t pte);

/* The table that `pa` is in; one of level 0 where no memory is. */
struct world_table world_table_at(const struct world *world, uint64_t pa);

/* An address: of the working set with `offset` random, now and then one that is not canonical. */
uint64_t world_va(struct world *world, unsigned page, uint64_t *rng);

/* The physical address of a granted access; and one of the last that were. */
void world_note_target(struct world *world, uint64_t pa);
uint64_t world_any_target(const struct world *world, uint64_t *rng);

const struct world_root *world_any_root(const struct world *world, uint64_t *rng);

unsigned world_vpn_bits(const struct world *world);
unsigned world_pte_bytes(const struct world *world);

/* Page number of a table page. */
uint64_t world_page_ppn(const struct world *world, unsigned page);

#endif

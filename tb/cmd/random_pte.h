// SPDX-License-Identifier: Apache-2.0
/* Random values for PTEs, good and bad, of what the build has. */
#ifndef RANDOM_PTE_H
#define RANDOM_PTE_H

#include "random_world.h"

/* A new PTE for a table of this kind. */
uint64_t pte_fresh(struct world *world, struct world_table table, uint64_t *rng);

/* A leaf whose flags are all as likely as not, in one case of ten something worse: so that every
 * combination comes. */
uint64_t pte_probe(struct world *world, struct world_table table, uint64_t *rng);

/* A new value for a PTE: either a fresh one, or the old one with a bit or two turned; with Svadu
 * often A and D cleared, as an operating system does to see them set again. */
uint64_t pte_change(struct world *world, struct world_table table, uint64_t old, uint64_t *rng);

/* A value that another agent may give to a PTE whose A or D the design is about to set: with other
 * software bits, with A and D set or clear, without V, or anything else. */
uint64_t pte_race(struct world *world, struct world_table table, uint64_t old, uint64_t *rng);

/* A page number anywhere in physical memory; rarely one beyond its width, if a PTE can say it. */
uint64_t pte_any_ppn(struct world *world, uint64_t *rng);

/* A table page for an entry of such a table to point to: one of the level below and of the same
 * byte order, rarely any. */
uint64_t pte_table_ppn(struct world *world, struct world_table table, uint64_t *rng);

static inline bool pte_is_leaf(const struct world *world, uint64_t pte)
{
    uint64_t shadow_stack = world->zicfiss ? MMU_PTE_W : 0;

    return pte & (MMU_PTE_R | MMU_PTE_X | shadow_stack);
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* Random PMP CSRs, as a core that implements them would hold them: no reserved permissions, no NA4
 * where the grain is coarser, addresses as they are read back. */
#ifndef RANDOM_PMP_H
#define RANDOM_PMP_H

#include "mmu_pmp.h"
#include "random_world.h"

/* What the PMP of a run is like. */
struct pmp_style {
    bool open;       /* one entry that allows everything, and nothing else */
    unsigned used;   /* percent of the entries that are not off */
    unsigned deny;   /* percent of them that do not give all permissions */
    unsigned locked; /* percent of them with L */
    unsigned smepmp; /* percent of the draws with MML, and with MMWP */
};

void pmp_draw_style(struct pmp_style *style, bool open, uint64_t *rng);

/* All CSRs anew: regions where table pages, PTEs and the targets of leaves are, below a last entry
 * that mostly allows what no other says. Entries that the build has and does not admit to hold
 * anything. */
void pmp_draw(struct mmu_pmp *pmp, const struct pmp_style *style, struct world *world,
              uint64_t *rng);

/* A few of them, as software changes them. */
void pmp_change(struct mmu_pmp *pmp, const struct pmp_style *style, struct world *world,
                uint64_t *rng);

/* An address just below or above an edge of an entry's region; anything where there is none. */
uint64_t pmp_edge(const struct mmu_pmp *pmp, const struct world *world, uint64_t *rng);

#endif

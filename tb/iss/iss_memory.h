// SPDX-License-Identifier: Apache-2.0
/*
 * Main memory of the simulated machine, little-endian, from ISS_RAM on.
 *
 * It is where the hart's stores and the MMU's compare-and-swaps meet: each is atomic, and each
 * store to the eight bytes of the hart's reservation breaks it.
 */
#ifndef ISS_MEMORY_H
#define ISS_MEMORY_H

#include "iss_mmu.h"

#define ISS_RAM            UINT64_C(0x80000000)
#define ISS_NO_RESERVATION UINT64_MAX

struct iss_memory {
    uint8_t *bytes;                 /* allocated */
    uint64_t size;                  /* a multiple of 4096 */
    uint8_t *watched;               /* for each page: the MMU wants to know of stores; allocated */
    const struct iss_mmu *observer; /* is told of them; null: nobody */
    uint64_t reservation;           /* address of the eight bytes reserved by lr, or none */
    uint64_t swaps;                 /* compare-and-swaps that stored */
};

/* Memory of zeros. False: none to be had. The caller frees. */
bool iss_memory_begin(struct iss_memory *memory, uint64_t size);
void iss_memory_free(struct iss_memory *memory);

/* Whether `bytes` bytes at `pa` are all in memory. */
static inline bool iss_memory_has(const struct iss_memory *memory, uint64_t pa, uint64_t bytes)
{
    return pa >= ISS_RAM && bytes <= memory->size && pa - ISS_RAM <= memory->size - bytes;
}

/* The next four take an address and a size (1, 2, 4, 8, naturally aligned) that memory has. */
uint64_t iss_memory_load(const struct iss_memory *memory, uint64_t pa, unsigned bytes);

/* Tells the observer, then stores. */
void iss_memory_store(struct iss_memory *memory, uint64_t pa, unsigned bytes, uint64_t value);

/* The two halves of a store. */
void iss_memory_announce(struct iss_memory *memory, uint64_t pa, unsigned bytes, uint64_t value);
void iss_memory_put(struct iss_memory *memory, uint64_t pa, unsigned bytes, uint64_t value);

/* Says that a walk reads in this page. */
static inline void iss_memory_watch(struct iss_memory *memory, uint64_t pa)
{
    memory->watched[(pa - ISS_RAM) >> 12] = 1;
}

/* For walks, as mmu_memory has them; `user` is the memory. */
bool iss_memory_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value);
bool iss_memory_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                     uint64_t *found);

#endif

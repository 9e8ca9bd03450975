// SPDX-License-Identifier: Apache-2.0
/* What the files of this folder share; nobody else includes it. */
#ifndef VM_INTERNAL_H
#define VM_INTERNAL_H

#include "swap.h"
#include "vm.h"

/*
 * A page-table entry ("Sv32", "Sv39": Addressing and Memory Protection); Sv32 has 22 bits of PPN.
 *
 *   63     54 53                     10 9 8 7 6 5 4 3 2 1 0
 *  +---------+-------------------------+---+-+-+-+-+-+-+-+-+
 *  | 0       | PPN                     |RSW|D|A|G|U|X|W|R|V|
 *  +---------+-------------------------+---+-+-+-+-+-+-+-+-+
 */
enum pte_bits {
    PTE_V = 1 << 0,
    PTE_R = 1 << 1,
    PTE_W = 1 << 2,
    PTE_X = 1 << 3,
    PTE_U = 1 << 4,
    PTE_A = 1 << 6,
    PTE_D = 1 << 7,
};
#define PTE_PPN_SHIFT 10

#define NO_FRAME UINT32_MAX

/* A page of a process. At most one of frame and slot is where its newest content is: the frame if
 * there is one. Without either it reads as zero. */
struct page {
    uint64_t va;
    uint32_t frame;      /* NO_FRAME: not resident */
    uint32_t slot;       /* of its copy in swap (stale while the page is dirty), or SWAP_NONE */
    uint8_t permissions; /* PTE_R | PTE_W | PTE_X */
    uint8_t level;       /* may be part of a superpage of this level */
};

/* A frame for pages. */
struct frame {
    uint32_t process, page;
    uint64_t pte_pa; /* of the leaf that maps it */
    uint8_t level;   /* of that leaf: above 0 it maps the neighbours too */
    bool used;
};

struct process {
    bool live;
    bool clear_fence; /* an A bit was cleared by the timer: a fence is due */
    unsigned asid;
    uint64_t root; /* physical address of the root table */
    uint64_t now;  /* virtual time: accesses made */
    struct page *pages;
    size_t count;
};

struct vm {
    struct vm_options options;
    const struct vm_mode *mode;
    uint8_t *memory; /* the byte at VM_BASE */
    size_t memory_size;

    struct frame *frames;
    size_t free_frames;
    size_t lowest_free; /* no frame below is free */

    uint32_t *free_tables; /* a stack of table frames, counted from the first table frame */
    size_t free_table_count;
    uint16_t *entries; /* for each table frame: how many of its entries are not zero */

    struct process *processes;
    size_t process_count;

    struct swap *swap;
    void *policy; /* state of options.policy */
    bool ticking; /* in vm_tick: fences after clearing A are gathered */
    bool failed;
    char error[400];
    struct vm_counts counts;
};

/* frames.c: frames for pages. The lowest free frame, or NO_FRAME. */
uint32_t vm_frame_allocate(struct vm *vm);
/* The first of `count` neighbouring free frames, aligned as a superpage of that many, or NO_FRAME.
 * They are taken from the top, to keep base pages and superpages apart. */
uint32_t vm_frame_allocate_block(struct vm *vm, size_t count);
void vm_frame_free(struct vm *vm, uint32_t frame);
uint64_t vm_frame_pa(uint32_t frame);
uint8_t *vm_frame_bytes(struct vm *vm, uint32_t frame);

/* table.c: page tables. */
uint64_t vm_pte_read(const struct vm *vm, uint64_t pa);
void vm_pte_write(struct vm *vm, uint64_t pa, uint64_t pte);
uint64_t vm_table_allocate(struct vm *vm);
/* Pages that one leaf of a level maps. */
size_t vm_level_pages(const struct vm_mode *mode, unsigned level);
/* Writes a leaf for `va` at `level`, with the tables above it; returns the leaf's address. */
uint64_t vm_map(struct vm *vm, struct process *process, uint64_t va, unsigned level, uint64_t pte);
/* Clears the leaf of `va` at level 0 and frees the tables that it leaves empty, with the fence. */
void vm_unmap(struct vm *vm, struct process *process, uint64_t va);
/* Frees all tables of a process that ends. */
void vm_free_tables(struct vm *vm, struct process *process);
/* Replaces the superpage leaf that maps `frame` by leaves one level lower, with the fence. */
void vm_split(struct vm *vm, uint32_t frame);

/* evict.c: making room. False: the swap file failed. */
bool vm_evict(struct vm *vm, uint32_t frame);
void vm_policy_view(struct vm *vm, struct policy_view *view);

/* vm.c */
void vm_fence_page(struct vm *vm, const struct process *process, uint64_t va);
void vm_fence_space(struct vm *vm, const struct process *process);
/* Notes that the swap file failed; returns false. */
bool vm_swap_failed(struct vm *vm);

#endif

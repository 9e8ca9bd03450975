// SPDX-License-Identifier: Apache-2.0
/*
 * The operating system's half of virtual memory: processes with address spaces in user mode, page
 * tables in a simulated physical memory, a frame allocator, a swap file, the page-fault handler.
 * It knows the reference model's types and nothing of the design under test.
 *
 * Physical memory begins at VM_BASE: first the frames that hold pages, as many as asked for, which
 * the replacement policy hands out; then those that hold page tables, as many as the processes can
 * ever need. Tables so never take a frame from a page: a number of frames means the same in every
 * mode and for every policy, and OPT stays a true bound. A table is allocated when its first entry
 * is written and freed with its last one; only a process's root lives as long as the process.
 *
 * All addresses are byte addresses. A page is named by its index in the process's list of pages,
 * or by a virtual address within it.
 */
#ifndef VM_H
#define VM_H

#include "mmu_model.h"
#include "policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VM_PAGE_SHIFT 12
#define VM_PAGE_SIZE  4096u
#define VM_BASE       UINT64_C(0x80000000)

/* The fewest frames: a program needs the page of an instruction and that of its operand. */
#define VM_LEAST_FRAMES 2

/* A way of translating: what satp.MODE selects. */
struct vm_mode {
    const char *name;   /* "sv39" */
    unsigned xlen;      /* 32 or 64 */
    unsigned levels;    /* 2 (Sv32), 3, 4, 5 */
    unsigned vpn_bits;  /* of one level: 10 (Sv32) or 9 */
    unsigned pte_bytes; /* 4 or 8 */
    unsigned satp_mode; /* the value of satp.MODE */
};

/* The mode with this name, or with this width and number of levels; null if there is none. */
const struct vm_mode *vm_mode_find(const char *name);
const struct vm_mode *vm_mode_of(unsigned xlen, unsigned levels);

/* How a process uses a page, as bits. */
enum vm_use { VM_FETCHED = 1, VM_LOADED = 2, VM_STORED = 4 };

/* One page of an address space. */
struct vm_page {
    uint64_t va;   /* of its first byte, canonical */
    uint8_t uses;  /* what it must allow: bits of enum vm_use */
    uint8_t level; /* it may be part of a superpage of this level; 0: of none */
};

/*
 * Looks for ranges worth a superpage: of superpage size and alignment, with at least one in
 * eight of their pages in the list. Each such range is filled with the pages that the list lacks,
 * gives all of its pages the union of their uses, and notes its level in them. `pages` is sorted by
 * va, without doubles; the result too; it is allocated, the caller frees it. Null: no memory.
 */
struct vm_page *vm_superpage_ranges(const struct vm_mode *mode, const struct vm_page *pages,
                                    size_t count, size_t *result_count);

/* The most page tables that an address space of these pages (sorted by va) needs at once. */
size_t vm_tables_needed(const struct vm_mode *mode, const struct vm_page *pages, size_t count);

/* sfence.vma, executed at once: by address if use_va (rs1 != x0), by address space if use_asid
 * (rs2 != x0). */
typedef void vm_fence_fn(void *user, bool use_va, uint64_t va, bool use_asid, unsigned asid);

struct vm_options {
    const struct vm_mode *mode;
    unsigned pa_bits;    /* of the machine: the memory must fit below 2^pa_bits */
    size_t frames;       /* for pages, >= VM_LEAST_FRAMES */
    size_t table_frames; /* for page tables: the sum of vm_tables_needed over the processes */
    size_t processes;    /* the most there will be */
    bool superpages;
    bool hardware_ad;      /* menvcfg.ADUE: the walk sets A and D; else the fault handler does */
    const char *swap_path; /* null: a temporary file, removed at once */
    const struct policy *policy;
    uint64_t interval; /* accesses between two calls of vm_tick, >= 1 */
    uint64_t seed;
    vm_fence_fn *fence;
    void *fence_user;
};

/* What a page fault turned out to be. */
enum vm_fault {
    VM_DEMAND_ZERO,  /* first touch, or dropped while still zero: a page of zeros */
    VM_SWAP_IN,      /* read back from the swap file */
    VM_SET_ACCESSED, /* resident: A was clear */
    VM_SET_DIRTY,    /* resident: a store with D clear */
    VM_SPURIOUS,     /* resident, and the PTE allows the access: the hart used an older one */
    VM_NO_PAGE,      /* the address is in no page of the process */
    VM_DENIED,       /* the page does not allow the access */
    VM_FAILED,       /* the swap file failed: vm_error says how */
    VM_FAULTS
};

/* What happened since vm_create. */
struct vm_counts {
    uint64_t faults[VM_FAULTS];
    uint64_t evictions;
    uint64_t write_backs;   /* evictions of a dirty page: written to swap */
    uint64_t dropped_clean; /* evictions of a page whose copy in swap was still good */
    uint64_t dropped_zero;  /* evictions of a page never written */
    uint64_t cleaned;       /* pages written to swap before their eviction, by the policy */
    uint64_t swap_reads, swap_writes;
    uint64_t ticks;
    uint64_t accessed_cleared;
    uint64_t fences_page, fences_space; /* by address and ASID; by ASID alone */
    uint64_t superpages, splits;
    uint64_t tables_allocated, tables_freed, tables_most;
};

struct vm;

/* Null on failure, with one line, without newline, in `error`. */
struct vm *vm_create(const struct vm_options *options, char *error, size_t error_size);
void vm_destroy(struct vm *vm);

/*
 * Makes a process whose address space is `pages`, sorted by va; the list is copied. `asid` is in
 * use by no other process and was by none before. Returns its number, counted from 0, or -1 when
 * there is no memory for it.
 */
int vm_process_create(struct vm *vm, const struct vm_page *pages, size_t count, unsigned asid);

/* Ends a process: its frames, swap slots and tables are free again. satp selects it no more. */
void vm_process_exit(struct vm *vm, unsigned process);

/* The value of satp that runs the process. */
uint64_t vm_satp(const struct vm *vm, unsigned process);

/*
 * The page-fault handler: `va` and `access` as the trap reports them (stval, scause), `now` the
 * number of accesses that the process has made. After the first five results the access can be made
 * again.
 */
enum vm_fault vm_page_fault(struct vm *vm, unsigned process, uint64_t va, enum mmu_access access,
                            uint64_t now);

/* The virtual timer, every options.interval accesses. `process` is the one that runs. False: the
 * swap file failed. */
bool vm_tick(struct vm *vm, unsigned process, uint64_t now);

/* Tells a policy that sees the trace of an access made to a resident page. */
void vm_touched(struct vm *vm, unsigned process, size_t page, uint64_t next_use);

/* Physical memory as a walk sees it; `memory->user` is the vm. Addresses outside err. */
void vm_memory(struct vm *vm, struct mmu_memory *memory);

/* The bytes at a physical address, null unless all of `size` bytes are in frames that hold pages
 * (a user's access never reaches a page table). */
uint8_t *vm_bytes(struct vm *vm, uint64_t pa, size_t size);

/* The content of a page wherever it is: frame, swap, or never written. False: the swap file cannot
 * be read. */
bool vm_page_content(struct vm *vm, unsigned process, size_t page, uint8_t content[VM_PAGE_SIZE]);

const struct vm_counts *vm_counts(const struct vm *vm);

/* What the swap file's failure was: one line, without newline. */
const char *vm_error(const struct vm *vm);

#endif

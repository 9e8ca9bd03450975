// SPDX-License-Identifier: Apache-2.0
/* Page tables in the simulated physical memory. */
#include "vm_internal.h"

#include <string.h>

uint64_t vm_pte_read(const struct vm *vm, uint64_t pa)
{
    uint64_t pte = 0;

    memcpy(&pte, vm->memory + (pa - VM_BASE), vm->mode->pte_bytes);
    return pte;
}

void vm_pte_write(struct vm *vm, uint64_t pa, uint64_t pte)
{
    memcpy(vm->memory + (pa - VM_BASE), &pte, vm->mode->pte_bytes);
}

size_t vm_level_pages(const struct vm_mode *mode, unsigned level)
{
    return (size_t)1 << (mode->vpn_bits * level);
}

static uint64_t pte_target(uint64_t pte)
{
    return pte >> PTE_PPN_SHIFT << VM_PAGE_SHIFT;
}

static uint64_t pte_pointer(uint64_t table)
{
    return table >> VM_PAGE_SHIFT << PTE_PPN_SHIFT | PTE_V;
}

/* A table's number, counted from the first table frame, from an address within it. */
static size_t table_index(const struct vm *vm, uint64_t pa)
{
    return (size_t)((pa - VM_BASE) / VM_PAGE_SIZE) - vm->options.frames;
}

/* Cleared; there is always one left, since the pool holds all that the processes can need. */
uint64_t vm_table_allocate(struct vm *vm)
{
    uint32_t index = vm->free_tables[--vm->free_table_count];
    uint64_t pa = VM_BASE + ((uint64_t)vm->options.frames + index) * VM_PAGE_SIZE;
    uint64_t in_use;

    memset(vm->memory + (pa - VM_BASE), 0, VM_PAGE_SIZE);
    vm->entries[index] = 0;
    vm->counts.tables_allocated++;
    in_use = vm->counts.tables_allocated - vm->counts.tables_freed;
    if (in_use > vm->counts.tables_most)
        vm->counts.tables_most = in_use;
    return pa;
}

static void table_free(struct vm *vm, uint64_t table)
{
    vm->free_tables[vm->free_table_count++] = (uint32_t)table_index(vm, table);
    vm->counts.tables_freed++;
}

/* The address of the entry for `va` in a table of this level. */
static uint64_t entry_pa(const struct vm *vm, uint64_t table, uint64_t va, unsigned level)
{
    const struct vm_mode *mode = vm->mode;
    unsigned shift = VM_PAGE_SHIFT + mode->vpn_bits * level;
    uint64_t vpn = va >> shift & ((UINT64_C(1) << mode->vpn_bits) - 1);

    return table + vpn * mode->pte_bytes;
}

/* No fence here: an invalid entry becomes a valid one, and software may leave the fence of a leaf
 * that only gains until it is needed ("Supervisor Memory-Management Fence Instruction"):
 * vm_page_fault fences if the hart ever faults on the older one. */
uint64_t vm_map(struct vm *vm, struct process *process, uint64_t va, unsigned level, uint64_t pte)
{
    uint64_t table = process->root;
    uint64_t pa;

    for (unsigned i = vm->mode->levels - 1; i > level; i--) {
        pa = entry_pa(vm, table, va, i);
        uint64_t entry = vm_pte_read(vm, pa);

        if (!entry) {
            entry = pte_pointer(vm_table_allocate(vm));
            vm_pte_write(vm, pa, entry);
            vm->entries[table_index(vm, table)]++;
        }
        table = pte_target(entry);
    }
    pa = entry_pa(vm, table, va, level);
    vm_pte_write(vm, pa, pte);
    vm->entries[table_index(vm, table)]++;
    return pa;
}

/* The fence has to come before the frame or a table is used again ("Supervisor Memory-Management
 * Fence Instruction"): by address for a leaf, with rs1 = x0 for a non-leaf PTE, which freeing a
 * table clears; with rs2 the ASID, since no mapping here is global. */
void vm_unmap(struct vm *vm, struct process *process, uint64_t va)
{
    uint64_t path[MMU_MAX_LEVELS]; /* addresses of the entries from the leaf up */
    uint64_t table = process->root;
    unsigned levels = vm->mode->levels;
    bool freed = false;

    for (unsigned i = levels; i-- > 0;) {
        path[i] = entry_pa(vm, table, va, i);
        table = pte_target(vm_pte_read(vm, path[i]));
    }
    for (unsigned i = 0; i < levels; i++) {
        table = path[i] & ~(uint64_t)(VM_PAGE_SIZE - 1);
        vm_pte_write(vm, path[i], 0);
        if (--vm->entries[table_index(vm, table)] > 0 || table == process->root)
            break;
        table_free(vm, table);
        freed = true;
    }
    if (freed)
        vm_fence_space(vm, process);
    else
        vm_fence_page(vm, process, va);
}

static void free_below(struct vm *vm, uint64_t table, unsigned level)
{
    for (uint64_t pa = table; level > 0 && pa < table + VM_PAGE_SIZE; pa += vm->mode->pte_bytes) {
        uint64_t pte = vm_pte_read(vm, pa);

        if (pte && !(pte & (PTE_R | PTE_W | PTE_X)))
            free_below(vm, pte_target(pte), level - 1);
    }
    table_free(vm, table);
}

/* No fence: a new satp.ASID counts from the write on, this one is never used again, and only its
 * recycling would ask for a fence ("Supervisor Memory-Management Fence Instruction"). */
void vm_free_tables(struct vm *vm, struct process *process)
{
    free_below(vm, process->root, vm->mode->levels - 1);
}

/* The superpage's leaf becomes a pointer to a table of leaves that map the same frames with the
 * same A and D bits. What is written is a non-leaf PTE, so the fence has rs1 = x0 ("Supervisor
 * Memory-Management Fence Instruction") and rs2 the ASID. */
void vm_split(struct vm *vm, uint32_t frame)
{
    uint64_t upper_pa = vm->frames[frame].pte_pa;
    unsigned lower = vm->frames[frame].level - 1u;
    uint64_t leaf = vm_pte_read(vm, upper_pa);
    uint64_t table = vm_table_allocate(vm);
    size_t entries = VM_PAGE_SIZE / vm->mode->pte_bytes;
    size_t pages = vm_level_pages(vm->mode, lower);
    size_t first = (size_t)((pte_target(leaf) - VM_BASE) / VM_PAGE_SIZE);

    for (size_t i = 0; i < entries; i++) {
        uint64_t pa = table + i * vm->mode->pte_bytes;

        vm_pte_write(vm, pa, leaf + ((uint64_t)(i * pages) << PTE_PPN_SHIFT));
        for (size_t j = 0; j < pages; j++) {
            vm->frames[first + i * pages + j].pte_pa = pa;
            vm->frames[first + i * pages + j].level = (uint8_t)lower;
        }
    }
    vm->entries[table_index(vm, table)] = (uint16_t)entries;
    vm_pte_write(vm, upper_pa, pte_pointer(table));
    vm->counts.splits++;
    vm_fence_space(vm, &vm->processes[vm->frames[frame].process]);
}

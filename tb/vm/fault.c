// SPDX-License-Identifier: Apache-2.0
/* The page-fault handler. */
#include "vm_internal.h"

#include <string.h>

/* The page of a process that holds `va`, or null. */
static struct page *page_find(const struct process *process, uint64_t va)
{
    size_t low = 0, high = process->count;

    va &= ~(uint64_t)(VM_PAGE_SIZE - 1);
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (process->pages[middle].va < va)
            low = middle + 1;
        else
            high = middle;
    }
    return low < process->count && process->pages[low].va == va ? &process->pages[low] : NULL;
}

static bool allows(const struct page *page, enum mmu_access access)
{
    switch (access) {
    case MMU_FETCH:
        return page->permissions & PTE_X;
    case MMU_LOAD:
        return page->permissions & PTE_R;
    default:
        return page->permissions & PTE_W;
    }
}

static bool writes(enum mmu_access access)
{
    return access == MMU_STORE || access == MMU_AMO;
}

/* The PTE of a page that comes in. It is about to be accessed, and stored to if that is what
 * faulted, so A and D are set at once rather than by a second fault; where the walk does it itself,
 * they are left to it. */
static uint64_t new_pte(const struct vm *vm, const struct page *page, uint32_t frame,
                        enum mmu_access access)
{
    uint64_t pte = vm_frame_pa(frame) >> VM_PAGE_SHIFT << PTE_PPN_SHIFT;

    pte |= page->permissions | PTE_U | PTE_V;
    if (!vm->options.hardware_ad)
        pte |= PTE_A | (writes(access) ? PTE_D : 0u);
    return pte;
}

/* Notes that `count` frames from `frame` on hold the pages from `page` on, behind one leaf. */
static void page_loaded(struct vm *vm, struct process *process, struct page *page, uint32_t frame,
                        size_t count, unsigned level, uint64_t pte_pa)
{
    for (size_t i = 0; i < count; i++) {
        page[i].frame = frame + (uint32_t)i;
        vm->frames[frame + i] = (struct frame){
            .process = (uint32_t)(process - vm->processes),
            .page = (uint32_t)(page + i - process->pages),
            .pte_pa = pte_pa,
            .level = (uint8_t)level,
            .used = true,
        };
    }
    for (size_t i = 0; i < count; i++)
        vm->options.policy->loaded(vm->policy, frame + (uint32_t)i);
}

/* The first page of the superpage range around `page` if none of the range has any content yet,
 * else null. */
static struct page *untouched_range(const struct vm *vm, struct page *page)
{
    size_t count = vm_level_pages(vm->mode, page->level);
    struct page *first = page - (page->va >> VM_PAGE_SHIFT) % count;

    for (size_t i = 0; i < count; i++)
        if (first[i].frame != NO_FRAME || first[i].slot != SWAP_NONE)
            return NULL;
    return first;
}

static bool map_superpage(struct vm *vm, struct process *process, struct page *page,
                          enum mmu_access access)
{
    if (!vm->options.superpages || page->level == 0)
        return false;
    size_t count = vm_level_pages(vm->mode, page->level);
    struct page *first = untouched_range(vm, page);
    uint32_t frame = first ? vm_frame_allocate_block(vm, count) : NO_FRAME;
    if (frame == NO_FRAME)
        return false;

    memset(vm_frame_bytes(vm, frame), 0, count * VM_PAGE_SIZE);
    uint64_t pte_pa =
        vm_map(vm, process, first->va, page->level, new_pte(vm, first, frame, access));
    page_loaded(vm, process, first, frame, count, page->level, pte_pa);
    vm->counts.superpages++;
    return true;
}

/* A free frame, made free by an eviction if need be; NO_FRAME: the swap file failed. */
static uint32_t frame_get(struct vm *vm)
{
    if (!vm->free_frames) {
        uint32_t victim = vm->options.policy->victim(vm->policy);

        if (vm->failed || !vm_evict(vm, victim))
            return NO_FRAME;
    }
    return vm_frame_allocate(vm);
}

static enum vm_fault bring_in(struct vm *vm, struct process *process, struct page *page,
                              enum mmu_access access)
{
    enum vm_fault kind = page->slot == SWAP_NONE ? VM_DEMAND_ZERO : VM_SWAP_IN;

    if (kind == VM_DEMAND_ZERO && map_superpage(vm, process, page, access))
        return kind;
    uint32_t frame = frame_get(vm);
    if (frame == NO_FRAME)
        return VM_FAILED;
    if (kind == VM_DEMAND_ZERO) {
        memset(vm_frame_bytes(vm, frame), 0, VM_PAGE_SIZE);
    } else {
        if (!swap_read(vm->swap, page->slot, vm_frame_bytes(vm, frame))) {
            vm_swap_failed(vm);
            return VM_FAILED;
        }
        vm->counts.swap_reads++;
    }
    uint64_t pte_pa = vm_map(vm, process, page->va, 0, new_pte(vm, page, frame, access));
    page_loaded(vm, process, page, frame, 1, 0, pte_pa);
    return kind;
}

/*
 * A fault on a resident page: Svade leaves A and D to software, by a page fault when A is clear,
 * or D on a store. Setting them increases what the PTE allows, which needs no
 * fence now. If neither is clear the hart used an older PTE; that is when the lazy fence is due,
 * with rs1 = x0, as the older one may have been an invalid non-leaf PTE.
 */
static enum vm_fault upgrade(struct vm *vm, struct process *process, const struct page *page,
                             enum mmu_access access)
{
    uint64_t pa = vm->frames[page->frame].pte_pa;
    uint64_t pte = vm_pte_read(vm, pa);
    uint64_t wanted = pte | PTE_A | (writes(access) ? PTE_D : 0u);

    if (wanted == pte) {
        vm_fence_space(vm, process);
        return VM_SPURIOUS;
    }
    vm_pte_write(vm, pa, wanted);
    return (wanted ^ pte) & PTE_D ? VM_SET_DIRTY : VM_SET_ACCESSED;
}

static enum vm_fault handle(struct vm *vm, struct process *process, uint64_t va,
                            enum mmu_access access)
{
    struct page *page = page_find(process, va);

    if (!page)
        return VM_NO_PAGE;
    if (!allows(page, access))
        return VM_DENIED;
    if (page->frame != NO_FRAME)
        return upgrade(vm, process, page, access);
    return bring_in(vm, process, page, access);
}

enum vm_fault vm_page_fault(struct vm *vm, unsigned process, uint64_t va, enum mmu_access access,
                            uint64_t now)
{
    vm->processes[process].now = now;
    enum vm_fault kind = handle(vm, &vm->processes[process], va, access);
    vm->counts.faults[kind]++;
    return kind;
}

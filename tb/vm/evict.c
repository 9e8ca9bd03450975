// SPDX-License-Identifier: Apache-2.0
/* Making room: eviction, and what a policy may see and do. */
#include "vm_internal.h"

static struct page *page_in(struct vm *vm, uint32_t frame)
{
    return &vm->processes[vm->frames[frame].process].pages[vm->frames[frame].page];
}

static bool write_out(struct vm *vm, uint32_t frame)
{
    struct page *page = page_in(vm, frame);

    if (page->slot == SWAP_NONE)
        page->slot = swap_allocate(vm->swap);
    if (page->slot == SWAP_NONE || !swap_write(vm->swap, page->slot, vm_frame_bytes(vm, frame)))
        return vm_swap_failed(vm);
    vm->counts.swap_writes++;
    return true;
}

static void split_to_base(struct vm *vm, uint32_t frame)
{
    while (vm->frames[frame].level > 0)
        vm_split(vm, frame);
}

/* The page is unmapped and the hart fenced before D decides, and before the bytes are copied:
 * until then a cached translation could still let a store through. */
bool vm_evict(struct vm *vm, uint32_t frame)
{
    struct page *page = page_in(vm, frame);
    struct process *process = &vm->processes[vm->frames[frame].process];

    split_to_base(vm, frame);
    uint64_t pte = vm_pte_read(vm, vm->frames[frame].pte_pa);
    vm_unmap(vm, process, page->va);
    if (pte & PTE_D) {
        if (!write_out(vm, frame))
            return false;
        vm->counts.write_backs++;
    } else if (page->slot != SWAP_NONE) {
        vm->counts.dropped_clean++;
    } else {
        vm->counts.dropped_zero++;
    }
    vm->counts.evictions++;
    page->frame = NO_FRAME;
    vm_frame_free(vm, frame);
    vm->options.policy->freed(vm->policy, frame);
    return true;
}

static bool view_accessed(void *user, unsigned frame)
{
    const struct vm *vm = user;

    return vm_pte_read(vm, vm->frames[frame].pte_pa) & PTE_A;
}

static bool view_dirty(void *user, unsigned frame)
{
    const struct vm *vm = user;

    return vm_pte_read(vm, vm->frames[frame].pte_pa) & PTE_D;
}

/* A cached copy of the PTE with A set would let further accesses pass unseen: the leaf changed, so
 * rs1 is an address within it and rs2 the ASID. The timer clears every A bit of an address space,
 * hence all that a TLB may hold of it; there one fence with rs1 = x0 does the same for less. */
static void view_clear_accessed(void *user, unsigned frame)
{
    struct vm *vm = user;
    uint64_t pa = vm->frames[frame].pte_pa;
    uint64_t pte = vm_pte_read(vm, pa);
    struct process *process = &vm->processes[vm->frames[frame].process];

    if (!(pte & PTE_A))
        return;
    vm_pte_write(vm, pa, pte & ~(uint64_t)PTE_A);
    vm->counts.accessed_cleared++;
    if (vm->ticking)
        process->clear_fence = true;
    else
        vm_fence_page(vm, process, page_in(vm, frame)->va);
}

/* D is cleared and the hart fenced before the bytes are copied: a store through a cached copy of
 * the PTE with D set would otherwise be lost with the page. With A clear no copy can let a store
 * through, since A was fenced when it was cleared. */
static void view_write_back(void *user, unsigned frame)
{
    struct vm *vm = user;

    if (vm->failed)
        return;
    split_to_base(vm, frame);
    uint64_t pa = vm->frames[frame].pte_pa;
    uint64_t pte = vm_pte_read(vm, pa);
    vm_pte_write(vm, pa, pte & ~(uint64_t)PTE_D);
    if (pte & PTE_A)
        vm_fence_page(vm, &vm->processes[vm->frames[frame].process], page_in(vm, frame)->va);
    if (write_out(vm, frame))
        vm->counts.cleaned++;
}

static uint64_t view_virtual_time(void *user, unsigned frame)
{
    const struct vm *vm = user;

    return vm->processes[vm->frames[frame].process].now;
}

void vm_policy_view(struct vm *vm, struct policy_view *view)
{
    *view = (struct policy_view){
        .user = vm,
        .accessed = view_accessed,
        .dirty = view_dirty,
        .clear_accessed = view_clear_accessed,
        .write_back = view_write_back,
        .virtual_time = view_virtual_time,
    };
}

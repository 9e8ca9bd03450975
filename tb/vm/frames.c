// SPDX-License-Identifier: Apache-2.0
/* The allocator of the frames that hold pages. */
#include "vm_internal.h"

uint64_t vm_frame_pa(uint32_t frame)
{
    return VM_BASE + (uint64_t)frame * VM_PAGE_SIZE;
}

uint8_t *vm_frame_bytes(struct vm *vm, uint32_t frame)
{
    return vm->memory + (size_t)frame * VM_PAGE_SIZE;
}

uint32_t vm_frame_allocate(struct vm *vm)
{
    if (!vm->free_frames)
        return NO_FRAME;
    while (vm->frames[vm->lowest_free].used)
        vm->lowest_free++;
    vm->frames[vm->lowest_free].used = true;
    vm->free_frames--;
    return (uint32_t)vm->lowest_free;
}

static bool block_free(const struct vm *vm, size_t first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (vm->frames[first + i].used)
            return false;
    return true;
}

uint32_t vm_frame_allocate_block(struct vm *vm, size_t count)
{
    size_t base = VM_BASE / VM_PAGE_SIZE;

    if (count > vm->free_frames || base % count)
        return NO_FRAME;
    for (size_t block = vm->options.frames / count; block-- > 0;) {
        size_t first = block * count;

        if (!block_free(vm, first, count))
            continue;
        for (size_t i = 0; i < count; i++)
            vm->frames[first + i].used = true;
        vm->free_frames -= count;
        return (uint32_t)first;
    }
    return NO_FRAME;
}

void vm_frame_free(struct vm *vm, uint32_t frame)
{
    vm->frames[frame].used = false;
    vm->free_frames++;
    if (frame < vm->lowest_free)
        vm->lowest_free = frame;
}

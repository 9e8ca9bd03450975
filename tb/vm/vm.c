// SPDX-License-Identifier: Apache-2.0
/* Machines and processes: making and ending them, and the memory they share. */
#include "vm_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static bool check_options(const struct vm_options *options, char *error, size_t error_size)
{
    uint64_t room = (UINT64_C(1) << options->pa_bits) - VM_BASE;
    uint64_t frames = (uint64_t)options->frames + options->table_frames;

    if (options->frames < VM_LEAST_FRAMES) {
        snprintf(error, error_size,
                 "%zu frames are too few: at least %u are needed, for the page of an instruction "
                 "and that of its operand (page tables have frames of their own)",
                 options->frames, VM_LEAST_FRAMES);
        return false;
    }
    if (frames >= NO_FRAME || frames > room / VM_PAGE_SIZE) {
        snprintf(error, error_size,
                 "%zu frames and %zu for page tables are too many: %u-bit physical addresses have "
                 "room for %llu in all above 0x%llx",
                 options->frames, options->table_frames, options->pa_bits,
                 (unsigned long long)(room / VM_PAGE_SIZE), (unsigned long long)VM_BASE);
        return false;
    }
    return true;
}

static bool allocate(struct vm *vm)
{
    const struct vm_options *options = &vm->options;

    vm->memory_size = (options->frames + options->table_frames) * VM_PAGE_SIZE;
    vm->memory = mmap(NULL, vm->memory_size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (vm->memory == MAP_FAILED)
        vm->memory = NULL;
    vm->frames = calloc(options->frames, sizeof *vm->frames);
    vm->free_tables = calloc(options->table_frames, sizeof *vm->free_tables);
    vm->entries = calloc(options->table_frames, sizeof *vm->entries);
    vm->processes = calloc(options->processes, sizeof *vm->processes);
    if (!vm->memory || !vm->frames || !vm->free_tables || !vm->entries || !vm->processes)
        return false;

    vm->free_frames = options->frames;
    for (size_t i = options->table_frames; i-- > 0;)
        vm->free_tables[vm->free_table_count++] = (uint32_t)i;

    struct policy_setup setup = {
        .frames = (unsigned)options->frames,
        .interval = options->interval,
        .seed = options->seed,
    };
    vm_policy_view(vm, &setup.view);
    vm->policy = options->policy->create(&setup);
    return vm->policy;
}

struct vm *vm_create(const struct vm_options *options, char *error, size_t error_size)
{
    if (!check_options(options, error, error_size))
        return NULL;
    struct vm *vm = calloc(1, sizeof *vm);
    if (vm) {
        vm->options = *options;
        vm->mode = options->mode;
    }
    if (!vm || !allocate(vm)) {
        snprintf(error, error_size, "no memory for %zu frames; --frames takes fewer",
                 options->frames);
        vm_destroy(vm);
        return NULL;
    }
    vm->swap = swap_open(options->swap_path, error, error_size);
    if (!vm->swap) {
        vm_destroy(vm);
        return NULL;
    }
    return vm;
}

void vm_destroy(struct vm *vm)
{
    if (!vm)
        return;
    for (size_t i = 0; i < vm->process_count; i++)
        free(vm->processes[i].pages);
    if (vm->policy)
        vm->options.policy->destroy(vm->policy);
    swap_close(vm->swap);
    if (vm->memory)
        munmap(vm->memory, vm->memory_size);
    free(vm->frames);
    free(vm->free_tables);
    free(vm->entries);
    free(vm->processes);
    free(vm);
}

/* W without R is reserved, so a page that is only stored to can be loaded from too. */
static uint8_t permissions_for(uint8_t uses)
{
    unsigned permissions = 0;

    if (uses & VM_FETCHED)
        permissions |= PTE_X;
    if (uses & VM_LOADED)
        permissions |= PTE_R;
    if (uses & VM_STORED)
        permissions |= PTE_R | PTE_W;
    return (uint8_t)permissions;
}

int vm_process_create(struct vm *vm, const struct vm_page *pages, size_t count, unsigned asid)
{
    if (vm->process_count == vm->options.processes || !vm->free_table_count)
        return -1;
    struct process *process = &vm->processes[vm->process_count];
    *process = (struct process){.live = true, .asid = asid, .count = count};
    process->pages = malloc((count + 1) * sizeof *process->pages);
    if (!process->pages)
        return -1;
    for (size_t i = 0; i < count; i++)
        process->pages[i] = (struct page){
            .va = pages[i].va,
            .frame = NO_FRAME,
            .slot = SWAP_NONE,
            .permissions = permissions_for(pages[i].uses),
            .level = pages[i].level,
        };
    process->root = vm_table_allocate(vm);
    return (int)vm->process_count++;
}

void vm_process_exit(struct vm *vm, unsigned number)
{
    struct process *process = &vm->processes[number];

    if (!process->live)
        return;
    process->live = false;
    vm_free_tables(vm, process);
    for (size_t i = 0; i < process->count; i++) {
        struct page *page = &process->pages[i];

        if (page->frame != NO_FRAME) {
            vm->options.policy->freed(vm->policy, page->frame);
            vm_frame_free(vm, page->frame);
        }
        if (page->slot != SWAP_NONE)
            swap_free(vm->swap, page->slot);
    }
    free(process->pages);
    process->pages = NULL;
    process->count = 0;
}

/* "satp Register": Sv32 has MODE in bit 31, ASID in 30:22; the others MODE in 63:60, ASID in
 * 59:44. */
uint64_t vm_satp(const struct vm *vm, unsigned number)
{
    const struct process *process = &vm->processes[number];
    uint64_t ppn = process->root >> VM_PAGE_SHIFT;

    if (vm->mode->xlen == 32)
        return (uint64_t)vm->mode->satp_mode << 31 | (uint64_t)process->asid << 22 | ppn;
    return (uint64_t)vm->mode->satp_mode << 60 | (uint64_t)process->asid << 44 | ppn;
}

bool vm_tick(struct vm *vm, unsigned process, uint64_t now)
{
    if (!vm->options.policy->tick)
        return true;
    vm->processes[process].now = now;
    vm->counts.ticks++;
    vm->ticking = true;
    vm->options.policy->tick(vm->policy);
    vm->ticking = false;
    for (size_t i = 0; i < vm->process_count; i++)
        if (vm->processes[i].clear_fence) {
            vm->processes[i].clear_fence = false;
            vm_fence_space(vm, &vm->processes[i]);
        }
    return !vm->failed;
}

void vm_touched(struct vm *vm, unsigned process, size_t page, uint64_t next_use)
{
    uint32_t frame = vm->processes[process].pages[page].frame;

    if (vm->options.policy->touched && frame != NO_FRAME)
        vm->options.policy->touched(vm->policy, frame, next_use);
}

static bool memory_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct vm *vm = user;
    uint64_t at = pa - VM_BASE;

    if (at >= vm->memory_size || (at & (bytes - 1)))
        return false;
    *value = 0;
    if (bytes == sizeof *value) /* a call saved: this runs for every PTE */
        memcpy(value, vm->memory + at, sizeof *value);
    else
        memcpy(value, vm->memory + at, bytes);
    return true;
}

static bool memory_compare_and_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                                    uint64_t desired, uint64_t *found)
{
    struct vm *vm = user;

    if (!memory_read(vm, pa, bytes, found))
        return false;
    if (*found == expected)
        memcpy(vm->memory + (pa - VM_BASE), &desired, bytes);
    return true;
}

void vm_memory(struct vm *vm, struct mmu_memory *memory)
{
    *memory = (struct mmu_memory){vm, memory_read, memory_compare_and_swap};
}

uint8_t *vm_bytes(struct vm *vm, uint64_t pa, size_t size)
{
    uint64_t at = pa - VM_BASE;
    uint64_t end = (uint64_t)vm->options.frames * VM_PAGE_SIZE;

    return at < end && size <= end - at ? vm->memory + at : NULL;
}

bool vm_page_content(struct vm *vm, unsigned number, size_t index, uint8_t content[VM_PAGE_SIZE])
{
    const struct page *page = &vm->processes[number].pages[index];

    if (page->frame != NO_FRAME)
        memcpy(content, vm_frame_bytes(vm, page->frame), VM_PAGE_SIZE);
    else if (page->slot == SWAP_NONE)
        memset(content, 0, VM_PAGE_SIZE);
    else if (!swap_read(vm->swap, page->slot, content))
        return vm_swap_failed(vm);
    return true;
}

void vm_fence_page(struct vm *vm, const struct process *process, uint64_t va)
{
    vm->counts.fences_page++;
    vm->options.fence(vm->options.fence_user, true, va, true, process->asid);
}

void vm_fence_space(struct vm *vm, const struct process *process)
{
    vm->counts.fences_space++;
    vm->options.fence(vm->options.fence_user, false, 0, true, process->asid);
}

bool vm_swap_failed(struct vm *vm)
{
    vm->failed = true;
    snprintf(vm->error, sizeof vm->error, "%s", swap_error(vm->swap));
    return false;
}

const struct vm_counts *vm_counts(const struct vm *vm)
{
    return &vm->counts;
}

const char *vm_error(const struct vm *vm)
{
    return vm->error;
}

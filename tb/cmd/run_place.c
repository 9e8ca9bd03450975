// SPDX-License-Identifier: Apache-2.0
/* Settling a program in the address space of a mode. */
#include "run_program.h"

#include <stdio.h>
#include <stdlib.h>

/* Width of the virtual addresses of a mode. */
static unsigned va_bits(const struct vm_mode *mode)
{
    return VM_PAGE_SHIFT + mode->levels * mode->vpn_bits;
}

/* log2 of the bytes that user programs get: all of Sv32, else the lower, positive half. */
static unsigned user_bits(const struct vm_mode *mode)
{
    return va_bits(mode) - (mode->xlen == 64);
}

/* "Sv39: Addressing and Memory Protection": bits 63-39 must all equal bit 38; alike for the
 * others; Sv32 has 32-bit addresses. */
static bool fits(const struct vm_mode *mode, uint64_t va)
{
    unsigned spare = 64 - va_bits(mode);

    if (mode->xlen == 32)
        return va >> 32 == 0;
    return (uint64_t)((int64_t)(va << spare) >> spare) == va;
}

/* Renumbers by blocks of 2^shift bytes if they fit. */
static bool fold_blocks(struct program *program, const struct vm_mode *mode, unsigned shift)
{
    uint64_t blocks = 0;

    for (size_t i = 0; i < program->page_count; i++)
        blocks += i == 0 || program->pages[i].va >> shift != program->pages[i - 1].va >> shift;
    if (blocks >= UINT64_C(1) << (user_bits(mode) - shift))
        return false;

    uint64_t block = 0, before = 0;
    for (size_t i = 0; i < program->page_count; i++) {
        uint64_t va = program->pages[i].va;

        block += i == 0 || va >> shift != before >> shift;
        before = va;
        program->pages[i].va = block << shift | (va & ((UINT64_C(1) << shift) - 1));
    }
    return true;
}

static bool fold_pages(struct program *program, const struct vm_mode *mode, char *error,
                       size_t error_size)
{
    for (unsigned shift = VM_PAGE_SHIFT + mode->vpn_bits; shift >= VM_PAGE_SHIFT; shift--)
        if (fold_blocks(program, mode, shift))
            return true;
    snprintf(error, error_size, "%s: %zu pages do not fit %s, even folded; a larger --mode may do",
             program->path, program->page_count, mode->name);
    return false;
}

static bool check_addresses(const struct program *program, const struct vm_mode *mode, char *error,
                            size_t error_size)
{
    for (size_t i = 0; i < program->page_count; i++)
        if (!fits(mode, program->pages[i].va)) {
            snprintf(error, error_size,
                     "%s: page 0x%llx is outside %s; a larger --mode, or --fold, makes it fit",
                     program->path, (unsigned long long)program->pages[i].va, mode->name);
            return false;
        }
    return true;
}

/* Makes room for the pages that fill up superpages, and follows them in the accesses. */
static bool fill_superpages(struct program *program, const struct vm_mode *mode)
{
    size_t count;
    struct vm_page *pages = vm_superpage_ranges(mode, program->pages, program->page_count, &count);
    size_t *number = malloc((program->page_count + 1) * sizeof *number);

    if (!pages || !number) {
        free(pages);
        free(number);
        return false;
    }
    for (size_t i = 0, j = 0; i < program->page_count; i++) {
        while (pages[j].va != program->pages[i].va)
            j++;
        number[i] = j;
    }
    for (size_t i = 0; i < program->count; i++) {
        program_access access = program->accesses[i];

        program->accesses[i] = (access & UINT32_MAX) | (uint64_t)number[access_page(access)] << 32;
    }
    free(number);
    free(program->pages);
    program->pages = pages;
    program->page_count = count;
    return true;
}

bool program_place(struct program *program, const struct vm_mode *mode, bool fold, bool superpages,
                   char *error, size_t error_size)
{
    if (fold && !fold_pages(program, mode, error, error_size))
        return false;
    if (!check_addresses(program, mode, error, error_size))
        return false;
    if (superpages && !fill_superpages(program, mode)) {
        snprintf(error, error_size, "%s: no memory for its superpages", program->path);
        return false;
    }
    return true;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * A hart for tests of the virtual-memory manager: a walker and a TLB as greedy as the
 * specification allows. It keeps every leaf and every pointer that it ever used, A and D bits
 * included, until a fence that covers it; so a fence too few shows as bytes that went astray.
 */
#ifndef GREEDY_HART_H
#define GREEDY_HART_H

#include "shadow.h"
#include "splitmix.h"
#include "vm_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define MOST_ENTRIES   4096
#define MOST_PROCESSES 4
#define MOST_PAGES     1200

struct entry {
    bool valid;
    unsigned asid, level; /* level of the PTE */
    uint64_t tag;         /* va without the bits that the PTE's target spans */
    uint64_t pte;
};

struct hart {
    struct vm *vm;
    const struct vm_mode *mode;
    struct entry entries[MOST_ENTRIES];
    size_t used;
    bool deaf; /* ignores fences: the fault to be found */
    struct shadow shadows[MOST_PROCESSES];
    struct vm_page pages[MOST_PAGES];
    size_t page_count;
    uint64_t random;
    uint64_t now;
};

static unsigned level_shift(const struct hart *hart, unsigned level)
{
    return VM_PAGE_SHIFT + hart->mode->vpn_bits * level;
}

static bool is_leaf(uint64_t pte)
{
    return pte & 0xe;
}

/* Exactly as the specification says, not one entry more. */
static void hart_fence(void *user, bool use_va, uint64_t va, bool use_asid, unsigned asid)
{
    struct hart *hart = user;

    if (hart->deaf)
        return;
    for (size_t i = 0; i < hart->used; i++) {
        struct entry *entry = &hart->entries[i];

        if (use_asid && entry->asid != asid)
            continue;
        if (use_va && (!is_leaf(entry->pte) || entry->tag != va >> level_shift(hart, entry->level)))
            continue;
        entry->valid = false;
    }
}

static struct entry *cached(struct hart *hart, unsigned asid, uint64_t va, unsigned level)
{
    for (size_t i = 0; i < hart->used; i++) {
        struct entry *entry = &hart->entries[i];

        if (entry->valid && entry->asid == asid && entry->level == level &&
            entry->tag == va >> level_shift(hart, level))
            return entry;
    }
    return NULL;
}

static void keep(struct hart *hart, struct entry entry)
{
    size_t i = 0;

    while (i < hart->used && hart->entries[i].valid)
        i++;
    assert_true(i < MOST_ENTRIES);
    hart->entries[i] = entry;
    if (i == hart->used)
        hart->used++;
}

static bool granted(uint64_t pte, enum mmu_access access)
{
    uint64_t need = access == MMU_FETCH ? 1 << 3 : access == MMU_LOAD ? 1 << 1 : 1 << 2 | 1 << 7;

    need |= 1 << 0 | 1 << 4 | 1 << 6;
    return (pte & need) == need;
}

/* Prefers what is cached, however old, to what is in memory; the lowest level first. */
static bool translate(struct hart *hart, unsigned process, uint64_t va, enum mmu_access access,
                      uint64_t *pa)
{
    unsigned asid = process;
    struct mmu_memory memory;
    unsigned level = 0;
    uint64_t pte;

    vm_memory(hart->vm, &memory);
    while (level < hart->mode->levels && !cached(hart, asid, va, level))
        level++;
    if (level == hart->mode->levels) {
        uint64_t ppn_bits = hart->mode->xlen == 32 ? 22 : 44;
        uint64_t ppn = vm_satp(hart->vm, process) & ((UINT64_C(1) << ppn_bits) - 1);
        pte = ppn << 10 | 1;
    } else {
        pte = cached(hart, asid, va, level)->pte;
        if (is_leaf(pte) && !granted(pte, access)) {
            /* A hit without permission walks again, as the page-fault handler hopes. */
            cached(hart, asid, va, level)->valid = false;
            return translate(hart, process, va, access, pa);
        }
    }
    while (!is_leaf(pte)) {
        uint64_t index;

        level--;
        index = va >> level_shift(hart, level) & ((1u << hart->mode->vpn_bits) - 1);
        if (!memory.read(memory.user, (pte >> 10 << 12) + index * hart->mode->pte_bytes,
                         hart->mode->pte_bytes, &pte))
            return false;
        if (!(pte & 1) || (is_leaf(pte) && !granted(pte, access)))
            return false;
        keep(hart, (struct entry){true, asid, level, va >> level_shift(hart, level), pte});
    }
    uint64_t span = (UINT64_C(1) << level_shift(hart, level)) - 1;
    *pa = ((pte >> 10 << 12) & ~span) | (va & span);
    return true;
}

/* One access with its page faults; false: the bytes are not those that were written, or it faults
 * for ever. */
static bool hart_access(struct hart *hart, unsigned process, size_t page, unsigned offset,
                        enum mmu_access access)
{
    uint64_t va = hart->pages[page].va + offset, pa = 0;

    hart->now++;
    for (int tries = 0; !translate(hart, process, va, access, &pa); tries++) {
        if (tries == 4)
            return false;
        assert_true(vm_page_fault(hart->vm, process, va, access, hart->now) <= VM_SPURIOUS);
    }
    vm_touched(hart->vm, process, page, hart->now);
    uint8_t *bytes = vm_bytes(hart->vm, pa, 4);
    if (!bytes)
        return false;
    if (access == MMU_STORE) {
        uint64_t data = splitmix_next(&hart->random);

        memcpy(bytes, &data, 4);
        return shadow_store(&hart->shadows[process], page, offset, &data, 4);
    }
    return !memcmp(bytes, shadow_bytes(&hart->shadows[process], page, offset), 4);
}

/* Base pages lie four to a table, so that tables come and go; superpages need neighbours. */
static struct hart *hart_start(const char *mode, size_t frames, const char *policy,
                               unsigned processes, size_t pages, bool superpages)
{
    struct hart *hart = calloc(1, sizeof *hart);
    char error[300] = "";

    assert_non_null(hart);
    hart->mode = vm_mode_find(mode);
    hart->random = 1;
    hart->page_count = pages;
    uint64_t gap = UINT64_C(1) << level_shift(hart, 1);
    for (size_t i = 0; i < pages; i++)
        hart->pages[i] = (struct vm_page){
            .va = UINT64_C(0x40000000) + i * VM_PAGE_SIZE + (superpages ? 0 : i / 4 * gap),
            .uses = VM_FETCHED | VM_LOADED | VM_STORED,
        };
    if (superpages) {
        size_t count;
        struct vm_page *wide = vm_superpage_ranges(hart->mode, hart->pages, pages, &count);

        assert_true(wide && count <= MOST_PAGES);
        memcpy(hart->pages, wide, count * sizeof *wide);
        hart->page_count = count;
        free(wide);
    }
    struct vm_options options = {
        .mode = hart->mode,
        .pa_bits = hart->mode->xlen == 32 ? 34 : 56,
        .frames = frames,
        .table_frames = processes * vm_tables_needed(hart->mode, hart->pages, hart->page_count),
        .processes = processes,
        .superpages = superpages,
        .policy = policy_find(policy),
        .interval = 50,
        .seed = 3,
        .fence = hart_fence,
        .fence_user = hart,
    };
    hart->vm = vm_create(&options, error, sizeof error);
    assert_string_equal(error, "");
    for (unsigned i = 0; i < processes; i++) {
        assert_int_equal(vm_process_create(hart->vm, hart->pages, hart->page_count, i), i);
        assert_true(shadow_create(&hart->shadows[i], hart->page_count));
    }
    return hart;
}

static void hart_end(struct hart *hart)
{
    for (unsigned i = 0; i < MOST_PROCESSES; i++)
        shadow_destroy(&hart->shadows[i]);
    vm_destroy(hart->vm);
    free(hart);
}

static bool same_memory(struct hart *hart, unsigned processes)
{
    struct shadow_difference difference;

    for (unsigned i = 0; i < processes; i++)
        if (shadow_compare(&hart->shadows[i], hart->vm, i, &difference) != SHADOW_EQUAL)
            return false;
    return true;
}

/* Mostly one of six pages, which change with the phase of the run. */
static size_t next_page(struct hart *hart, unsigned phase)
{
    size_t any = (size_t)splitmix_below(&hart->random, hart->page_count);

    return splitmix_below(&hart->random, 16) ? (phase * 5 + any % 6) % hart->page_count : any;
}

/* Accesses of all kinds by all processes; false as soon as bytes are wrong. */
static bool hart_run(struct hart *hart, unsigned processes, unsigned accesses)
{
    for (unsigned i = 0; i < accesses; i++) {
        unsigned process = i / 20 % processes;
        size_t page = next_page(hart, i / 300);
        unsigned offset = 4 * (unsigned)splitmix_below(&hart->random, VM_PAGE_SIZE / 4);

        if (!hart_access(hart, process, page, offset, (enum mmu_access)(i % 3)))
            return false;
        if (i % 50 == 49)
            assert_true(vm_tick(hart->vm, process, hart->now));
    }
    return same_memory(hart, processes);
}

#endif

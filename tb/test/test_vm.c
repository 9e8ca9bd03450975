// SPDX-License-Identifier: Apache-2.0
/*
 * The virtual-memory manager, with a hart of the test's own: a walker and a TLB as greedy as the
 * specification allows. It keeps every leaf and every pointer that it ever used, A and D bits
 * included, until a fence that covers it; so a fence too few shows as bytes that went astray.
 */
#include "shadow.h"
#include "splitmix.h"
#include "vm.h"

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

static struct hart *hart_start(const char *mode, size_t frames, const char *policy,
                               unsigned processes, size_t pages, bool superpages)
{
    struct hart *hart = calloc(1, sizeof *hart);
    char error[300] = "";

    assert_non_null(hart);
    hart->mode = vm_mode_find(mode);
    hart->random = 1;
    hart->page_count = pages;
    for (size_t i = 0; i < pages; i++)
        hart->pages[i] = (struct vm_page){
            .va = UINT64_C(0x40000000) + i * VM_PAGE_SIZE,
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

/* Accesses of all kinds by all processes; false as soon as bytes are wrong. */
static bool hart_run(struct hart *hart, unsigned processes, unsigned accesses)
{
    for (unsigned i = 0; i < accesses; i++) {
        unsigned process = i / 20 % processes;
        size_t page = (size_t)splitmix_below(&hart->random, hart->page_count);
        unsigned offset = 4 * (unsigned)splitmix_below(&hart->random, VM_PAGE_SIZE / 4);

        if (!hart_access(hart, process, page, offset, (enum mmu_access)(i % 3)))
            return false;
        if (i % 50 == 49)
            assert_true(vm_tick(hart->vm, process, hart->now));
    }
    return same_memory(hart, processes);
}

static void fences_suffice_in_every_mode_and_policy(void **state)
{
    static const char *const names[] = {"sv32", "sv39", "sv48", "sv57"};

    (void)state;
    for (int mode = 0; mode < 4; mode++)
        for (size_t i = 0; policy_all[i]; i++) {
            struct hart *hart = hart_start(names[mode], 12, policy_all[i]->name, 2, 24, false);
            const struct vm_counts *counts = vm_counts(hart->vm);

            assert_true(hart_run(hart, 2, 6000));
            assert_true(counts->swap_reads > 0 && counts->write_backs > 0);
            assert_int_equal(counts->faults[VM_SPURIOUS], 0);
            hart_end(hart);
        }
}

/* The plant: without fences the same runs must not come out right. */
static void missing_fences_show(void **state)
{
    (void)state;
    for (size_t i = 0; policy_all[i]; i++) {
        struct hart *hart = hart_start("sv39", 12, policy_all[i]->name, 2, 24, false);

        hart->deaf = true;
        assert_false(hart_run(hart, 2, 6000));
        hart_end(hart);
    }
}

static void superpages_are_mapped_and_split(void **state)
{
    static const char *const names[] = {"sv32", "sv39"};
    static const size_t frames[] = {1100, 600};

    (void)state;
    for (int mode = 0; mode < 2; mode++)
        for (size_t i = 0; policy_all[i]; i++) {
            size_t pages = mode == 0 ? 700 : 1100; /* half of a range of 1024; two of 512 and 76 */
            struct hart *hart = hart_start(names[mode], frames[mode], policy_all[i]->name,
                                           mode == 0 ? 2 : 1, pages, true);
            const struct vm_counts *counts = vm_counts(hart->vm);

            assert_true(hart_run(hart, mode == 0 ? 2 : 1, 3000));
            assert_true(counts->superpages > 0);
            assert_true(counts->splits > 0 || policy_all[i] != &policy_fifo);
            hart_end(hart);
        }
}

static void belady_through_page_tables(void **state)
{
    static const int string[] = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};

    (void)state;
    for (unsigned frames = 3; frames <= 4; frames++) {
        struct hart *hart = hart_start("sv39", frames, "fifo", 1, 6, false);
        const uint64_t *faults = vm_counts(hart->vm)->faults;

        for (size_t i = 0; i < sizeof string / sizeof string[0]; i++)
            assert_true(hart_access(hart, 0, (size_t)string[i], 0, MMU_LOAD));
        assert_int_equal(faults[VM_DEMAND_ZERO] + faults[VM_SWAP_IN], frames == 3 ? 9 : 10);
        hart_end(hart);
    }
}

static void svade_sets_the_bits_by_faults(void **state)
{
    struct hart *hart = hart_start("sv48", 4, "nru", 1, 4, false);
    const uint64_t *faults = vm_counts(hart->vm)->faults;

    (void)state;
    assert_true(hart_access(hart, 0, 0, 0, MMU_LOAD));
    assert_int_equal(faults[VM_SET_DIRTY], 0);
    assert_true(hart_access(hart, 0, 0, 0, MMU_STORE));
    assert_int_equal(faults[VM_SET_DIRTY], 1);
    assert_true(hart_access(hart, 0, 1, 8, MMU_STORE)); /* comes in with A and D */
    assert_int_equal(faults[VM_SET_DIRTY], 1);
    assert_int_equal(faults[VM_SET_ACCESSED], 0);
    assert_true(vm_tick(hart->vm, 0, hart->now));
    assert_int_equal(vm_counts(hart->vm)->fences_space, 1);
    assert_true(hart_access(hart, 0, 1, 8, MMU_LOAD));
    assert_true(hart_access(hart, 0, 1, 8, MMU_STORE));
    assert_int_equal(faults[VM_SET_ACCESSED], 1);
    assert_int_equal(faults[VM_SET_DIRTY], 1);
    assert_int_equal(faults[VM_DEMAND_ZERO], 2);
    hart_end(hart);
}

/* Two frames: every page of forty leaves through the swap file and comes back. */
static void pages_survive_the_swap_file(void **state)
{
    struct hart *hart = hart_start("sv57", VM_LEAST_FRAMES, "fifo", 1, 40, false);
    const struct vm_counts *counts = vm_counts(hart->vm);

    (void)state;
    for (size_t page = 0; page < 40; page++)
        assert_true(hart_access(hart, 0, page, 4 * (unsigned)page, MMU_STORE));
    for (size_t page = 0; page < 40; page++)
        assert_true(hart_access(hart, 0, page, 4 * (unsigned)page, MMU_LOAD));
    assert_int_equal(counts->swap_writes, 40);
    assert_int_equal(counts->swap_reads, 40);
    assert_int_equal(counts->write_backs, 40);
    assert_int_equal(counts->dropped_clean, 38);
    assert_true(same_memory(hart, 1));
    hart_end(hart);
}

static void corrupted_bytes_are_found(void **state)
{
    struct hart *hart = hart_start("sv39", 4, "lru", 1, 3, false);
    struct shadow_difference difference;

    (void)state;
    for (size_t page = 0; page < 2; page++)
        assert_true(hart_access(hart, 0, page, 100, MMU_STORE));
    assert_true(same_memory(hart, 1));
    *vm_bytes(hart->vm, VM_BASE + VM_PAGE_SIZE + 102, 1) ^= 0x10; /* the second frame */
    assert_false(hart_access(hart, 0, 1, 100, MMU_LOAD));
    assert_int_equal(shadow_compare(&hart->shadows[0], hart->vm, 0, &difference), SHADOW_DIFFERS);
    assert_int_equal(difference.page, 1);
    assert_int_equal(difference.offset, 102);
    assert_int_equal(difference.found ^ difference.expected, 0x10);
    hart_end(hart);
}

static void tables_are_freed(void **state)
{
    struct hart *hart = hart_start("sv48", 2, "fifo", 2, 4, false);
    const struct vm_counts *counts = vm_counts(hart->vm);

    (void)state;
    for (unsigned process = 0; process < 2; process++)
        for (size_t page = 0; page < 4; page++)
            assert_true(hart_access(hart, process, page, 0, MMU_STORE));
    /* The second process has pushed all pages of the first out, and with them its tables. */
    assert_int_equal(counts->tables_allocated - counts->tables_freed, 1 + 4);
    assert_int_equal(counts->tables_most, 4 + 4);
    vm_process_exit(hart->vm, 0);
    vm_process_exit(hart->vm, 1);
    assert_int_equal(counts->tables_allocated, counts->tables_freed);
    hart_end(hart);
}

static void faults_outside_are_told_apart(void **state)
{
    struct hart *hart = hart_start("sv39", 2, "clock", 1, 2, false);
    struct vm_page text = {.va = UINT64_C(0x10000), .uses = VM_FETCHED};
    uint8_t content[VM_PAGE_SIZE];

    (void)state;
    assert_int_equal(vm_page_fault(hart->vm, 0, 0x1000, MMU_LOAD, 1), VM_NO_PAGE);
    assert_int_equal(vm_process_create(hart->vm, &text, 1, 1), -1); /* one process was agreed */
    assert_true(vm_page_content(hart->vm, 0, 1, content));
    assert_int_equal(content[4095], 0);
    assert_null(vm_bytes(hart->vm, VM_BASE - 1, 1));
    assert_null(vm_bytes(hart->vm, VM_BASE + 2 * VM_PAGE_SIZE - 1, 2));
    hart_end(hart);
}

static void bad_machines_are_refused(void **state)
{
    char error[400];
    struct vm_options options = {
        .mode = vm_mode_find("sv32"),
        .pa_bits = 34,
        .frames = 1,
        .table_frames = 2,
        .processes = 1,
        .policy = &policy_fifo,
        .interval = 1,
        .fence = hart_fence,
    };

    (void)state;
    assert_null(vm_create(&options, error, sizeof error));
    assert_non_null(strstr(error, "at least 2"));
    options.frames = (size_t)1 << 22;
    assert_null(vm_create(&options, error, sizeof error));
    assert_non_null(strstr(error, "34-bit"));
    options.frames = 2;
    options.swap_path = "/nonexistent/swap";
    assert_null(vm_create(&options, error, sizeof error));
    assert_non_null(strstr(error, "/nonexistent/swap"));
    assert_null(vm_mode_find("sv64"));
}

static void a_full_disk_is_told(void **state)
{
    char error[400];
    struct hart hart = {.mode = vm_mode_find("sv39"), .deaf = true};
    struct vm_page pages[3];
    struct vm_options options = {
        .mode = hart.mode,
        .pa_bits = 56,
        .frames = 2,
        .table_frames = 3,
        .processes = 1,
        .swap_path = "/dev/full",
        .policy = &policy_fifo,
        .interval = 1,
        .fence = hart_fence,
        .fence_user = &hart,
    };

    (void)state;
    for (size_t i = 0; i < 3; i++)
        pages[i] = (struct vm_page){i * VM_PAGE_SIZE, VM_STORED, 0};
    struct vm *vm = vm_create(&options, error, sizeof error);
    assert_non_null(vm);
    assert_int_equal(vm_process_create(vm, pages, 3, 0), 0);
    assert_int_equal(vm_page_fault(vm, 0, 0, MMU_STORE, 1), VM_DEMAND_ZERO);
    assert_int_equal(vm_page_fault(vm, 0, 0, MMU_FETCH, 1), VM_DENIED);
    assert_int_equal(vm_page_fault(vm, 0, VM_PAGE_SIZE, MMU_STORE, 1), VM_DEMAND_ZERO);
    assert_int_equal(vm_page_fault(vm, 0, 2 * VM_PAGE_SIZE, MMU_STORE, 1), VM_FAILED);
    assert_non_null(strstr(vm_error(vm), "/dev/full"));
    vm_destroy(vm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fences_suffice_in_every_mode_and_policy),
        cmocka_unit_test(missing_fences_show),
        cmocka_unit_test(superpages_are_mapped_and_split),
        cmocka_unit_test(belady_through_page_tables),
        cmocka_unit_test(svade_sets_the_bits_by_faults),
        cmocka_unit_test(pages_survive_the_swap_file),
        cmocka_unit_test(corrupted_bytes_are_found),
        cmocka_unit_test(tables_are_freed),
        cmocka_unit_test(faults_outside_are_told_apart),
        cmocka_unit_test(bad_machines_are_refused),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

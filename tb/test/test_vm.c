// SPDX-License-Identifier: Apache-2.0
/* The virtual-memory manager under a hart whose TLB forgets nothing that no fence removes. */
#include "greedy_hart.h"

static void fences_suffice_in_every_mode_and_policy(void **state)
{
    static const char *const names[] = {"sv32", "sv39", "sv48", "sv57"};

    (void)state;
    for (int mode = 0; mode < 4; mode++)
        for (size_t i = 0; policy_all[i]; i++) {
            struct hart *hart = hart_start(names[mode], 20, policy_all[i]->name, 2, 24, false);
            const struct vm_counts *counts = vm_counts(hart->vm);

            assert_true(hart_run(hart, 2, 6000));
            assert_true(counts->swap_reads > 0 && counts->write_backs > 0);
            assert_int_equal(counts->faults[VM_SPURIOUS], 0);
            assert_true(counts->cleaned > 0 || policy_all[i] != &policy_wsclock);
            hart_end(hart);
        }
}

/* The plant: without fences the same runs must not come out right. */
static void missing_fences_show(void **state)
{
    (void)state;
    for (size_t i = 0; policy_all[i]; i++) {
        struct hart *hart = hart_start("sv39", 20, policy_all[i]->name, 2, 24, false);

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
            size_t pages = mode == 0 ? 700 : 1040; /* most of a range of 1024; two of 512, and 16 */
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

/* 3 makes the hand clear all bits and take 0. 1 is used again, and the hart must say so, or the
 * hand takes it for 0. */
static void cleared_bits_are_fenced(void **state)
{
    struct hart *hart = hart_start("sv39", 3, "clock", 1, 4, false);
    const uint64_t *faults = vm_counts(hart->vm)->faults;

    (void)state;
    for (size_t page = 0; page < 4; page++)
        assert_true(hart_access(hart, 0, page, 0, MMU_LOAD));
    assert_true(hart_access(hart, 0, 1, 0, MMU_LOAD));
    assert_int_equal(faults[VM_SET_ACCESSED], 1);
    assert_true(hart_access(hart, 0, 0, 0, MMU_LOAD));
    assert_true(hart_access(hart, 0, 1, 0, MMU_LOAD));
    assert_int_equal(faults[VM_SET_ACCESSED], 2);
    assert_int_equal(faults[VM_DEMAND_ZERO], 5);
    hart_end(hart);
}

/* A page written back while in use: the next store must be seen. */
static void cleared_dirty_bits_are_fenced(void **state)
{
    struct hart *hart = hart_start("sv39", 2, "fifo", 1, 4, false);
    struct policy_view view;

    (void)state;
    vm_policy_view(hart->vm, &view);
    assert_true(hart_access(hart, 0, 0, 0, MMU_STORE));
    view.write_back(view.user, 0);
    assert_true(hart_access(hart, 0, 0, 0, MMU_STORE));
    assert_int_equal(vm_counts(hart->vm)->faults[VM_SET_DIRTY], 1);
    for (size_t page = 1; page < 4; page++)
        assert_true(hart_access(hart, 0, page, 0, MMU_LOAD));
    assert_int_equal(vm_counts(hart->vm)->write_backs, 1);
    assert_true(same_memory(hart, 1));
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

/* With menvcfg.ADUE the walk sets A and D, and the manager goes by what it finds there. */
static void the_walk_may_set_the_bits(void **state)
{
    struct hart hart = {.mode = vm_mode_find("sv39"), .deaf = true};
    struct mmu_config config = {.xlen = 64, .levels = 3, .pa_bits = 56};
    struct mmu_context context = {.privilege = MMU_U, .adue = true};
    struct vm_page pages[3];
    struct vm_options options = {
        .mode = hart.mode,
        .pa_bits = 56,
        .frames = 2,
        .table_frames = 3,
        .processes = 1,
        .hardware_ad = true,
        .policy = &policy_fifo,
        .interval = 1,
        .fence = hart_fence,
        .fence_user = &hart,
    };
    struct mmu_memory memory;
    struct mmu_answer answer;
    char error[400];

    (void)state;
    for (size_t i = 0; i < 3; i++)
        pages[i] = (struct vm_page){i * VM_PAGE_SIZE, VM_STORED, 0};
    struct vm *vm = vm_create(&options, error, sizeof error);
    assert_non_null(vm);
    assert_int_equal(vm_process_create(vm, pages, 3, 0), 0);
    vm_memory(vm, &memory);
    context.satp = vm_satp(vm, 0);
    for (size_t i = 0; i < 3; i++) {
        enum mmu_access access = i == 0 ? MMU_STORE : MMU_LOAD;
        struct mmu_request request = {pages[i].va, access, 8};

        assert_int_equal(mmu_translate(&config, &context, &memory, &request, &answer),
                         MMU_PAGE_FAULT);
        assert_int_equal(vm_page_fault(vm, 0, pages[i].va, access, i), VM_DEMAND_ZERO);
        assert_int_equal(mmu_translate(&config, &context, &memory, &request, &answer), MMU_GRANTED);
        uint64_t pte = vm_pte_read(vm, answer.step[2].pte_pa);
        assert_int_equal(pte & (PTE_A | PTE_D), i == 0 ? PTE_A | PTE_D : PTE_A);
    }
    assert_int_equal(vm_counts(vm)->write_backs, 1); /* the third page took the first's frame */
    vm_destroy(vm);
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
        cmocka_unit_test(cleared_bits_are_fenced),
        cmocka_unit_test(cleared_dirty_bits_are_fenced),
        cmocka_unit_test(pages_survive_the_swap_file),
        cmocka_unit_test(corrupted_bytes_are_found),
        cmocka_unit_test(tables_are_freed),
        cmocka_unit_test(the_walk_may_set_the_bits),
        cmocka_unit_test(faults_outside_are_told_apart),
        cmocka_unit_test(bad_machines_are_refused),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

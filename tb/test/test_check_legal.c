// SPDX-License-Identifier: Apache-2.0
/*
 * Which outcomes the scoreboard holds to be legal, against sets worked out by hand from the clauses
 * of "Supervisor Memory-Management Fence Instruction" and of "Virtual Address Translation Process".
 * Sv39 unless said otherwise: root 0x80000000, tables 0x80001000 and 0x80002000, one page at
 * virtual address 0x1000 that is mapped to 0xa0000000, and moved to 0xb0000000.
 */
#include "check.h"
#include "mmu_pte.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROOT      UINT64_C(0x80000000)
#define MIDDLE    UINT64_C(0x80001000)
#define LAST      UINT64_C(0x80002000)
#define OTHER     UINT64_C(0x80003000) /* tables beside them */
#define SPARE     UINT64_C(0x80004000)
#define VA        UINT64_C(0x1000)
#define LEAF      (LAST + 8) /* the PTE of VA */
#define ALL       (MMU_PTE_V | MMU_PTE_R | MMU_PTE_W | MMU_PTE_X | MMU_PTE_A | MMU_PTE_D)
#define OLD       UINT64_C(0xa0000000)
#define NEW       UINT64_C(0xb0000000)
#define MEMORY_AT ROOT
#define WORDS     (5 * 512)

struct bench {
    struct check *check;
    uint64_t cycle;
    uint64_t word[WORDS];
    struct dut_context context;
};

static bool bench_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct bench *b = user;

    if (pa < MEMORY_AT || (pa - MEMORY_AT) / 8 >= WORDS || bytes != 8)
        return false;
    *value = b->word[(pa - MEMORY_AT) / 8];
    return true;
}

static uint64_t to(uint64_t pa, uint64_t bits)
{
    return pa >> 12 << 10 | bits;
}

static void store(struct bench *b, uint64_t pa, uint64_t value)
{
    check_note_store(b->check, pa, 8, value, b->cycle);
    b->word[(pa - MEMORY_AT) / 8] = value;
}

static uint64_t sv39(uint64_t root, uint64_t asid)
{
    return UINT64_C(8) << 60 | asid << 44 | root >> 12;
}

static void set_satp(struct bench *b, uint64_t satp)
{
    b->cycle++;
    b->context.satp = satp;
    check_note_context(b->check, &b->context, b->cycle);
}

static void fence(struct bench *b, const struct dut_fence *what)
{
    b->cycle++;
    check_note_fence(b->check, what, b->cycle);
    check_note_fence_done(b->check, b->cycle);
    b->cycle++;
}

static void fence_all(struct bench *b)
{
    fence(b, &(struct dut_fence){0});
}

static void fence_va(struct bench *b, uint64_t va)
{
    fence(b, &(struct dut_fence){.use_va = true, .va = va});
}

static void fence_asid(struct bench *b, unsigned asid)
{
    fence(b, &(struct dut_fence){.use_asid = true, .asid = asid});
}

static void fence_both(struct bench *b, uint64_t va, unsigned asid)
{
    fence(b, &(struct dut_fence){.use_va = true, .use_asid = true, .va = va, .asid = asid});
}

static void ask(struct bench *b, unsigned tag, uint64_t va, enum mmu_access access)
{
    struct dut_request request = {
        .tag = tag, .va = va, .access = access, .size = 1, .privilege = MMU_S};

    assert_int_equal(check_note_accept(b->check, DUT_DATA, &request, &b->context, b->cycle),
                     CHECK_OK);
}

static void kill(struct bench *b, unsigned tag)
{
    check_note_kill(b->check, DUT_DATA, UINT64_C(1) << tag, b->cycle);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The legal outcomes of an outstanding request, sorted: physical addresses and causes. */
static const char *outcomes(struct bench *b, unsigned tag)
{
    static char text[512];
    struct check_outcome found[16];
    char names[16][32];
    size_t count = check_outcomes(b->check, DUT_DATA, tag, ++b->cycle, found, 16);

    for (size_t i = 0; i < count; i++) {
        const struct mmu_answer *answer = &found[i].answer;
        if (found[i].defer)
            strcpy(names[i], "defer");
        else if (answer->result == MMU_GRANTED)
            snprintf(names[i], sizeof names[i], "%" PRIx64, answer->pa);
        else
            snprintf(names[i], sizeof names[i], "cause %u", answer->cause);
    }
    qsort(names, count, sizeof *names, by_text);
    text[0] = 0;
    for (size_t i = 0; i < count; i++) {
        strcat(text, i ? ", " : "");
        strcat(text, names[i]);
    }
    return text;
}

/* Those of a load at `va` that is accepted now and not answered. */
static const char *legal(struct bench *b, uint64_t va)
{
    b->cycle++;
    ask(b, 0, va, MMU_LOAD);
    const char *text = outcomes(b, 0);
    kill(b, 0);
    return text;
}

#define BOTH "a0000000, b0000000"

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    struct check_config config = {
        .model = {.xlen = 64, .levels = 4, .pa_bits = 56},
        .asid_bits = 4,
        .tag_bits = 3,
        .answer_bound = 100,
        .fence_bound = 50,
        .memory = {.user = b, .read = bench_read},
    };

    b->check = check_new(&config);
    b->word[0] = to(MIDDLE, MMU_PTE_V);                      /* root[0] */
    b->word[(MIDDLE - MEMORY_AT) / 8] = to(LAST, MMU_PTE_V); /* middle[0] */
    b->word[(LEAF - MEMORY_AT) / 8] = to(OLD, ALL);
    set_satp(b, sv39(ROOT, 1));
    b->cycle = 10;
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;

    check_free(b->check);
    free(b);
    return 0;
}

/* A leaf changed without a fence: the new translation or any since the last fence that covers it.
 * */
static void changed_leaf_needs_a_fence(void **state)
{
    struct bench *b = *state;

    assert_string_equal(legal(b, VA), "a0000000");
    store(b, LEAF, to(NEW, ALL));
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL));
    assert_string_equal(legal(b, VA), BOTH ", c0000000");
    fence_all(b);
    assert_string_equal(legal(b, VA), "c0000000");
}

/* rs1 != x0, rs2 = x0: leaves that map the address are ordered, in every address space; no pointer.
 * */
static void address_form_orders_its_page(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_va(b, VA + 0x1000);
    assert_string_equal(legal(b, VA), BOTH);
    fence_va(b, VA + 0xfff);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* The leaf of a superpage corresponds to every address in it. */
static void address_form_orders_a_superpage_from_anywhere_in_it(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE + 8, to(OLD, ALL));
    fence_all(b);
    store(b, MIDDLE + 8, to(NEW, ALL));
    assert_string_equal(legal(b, 0x200000), BOTH);
    fence_va(b, 0x400000);
    assert_string_equal(legal(b, 0x200000), BOTH);
    fence_va(b, 0x3fffff);
    assert_string_equal(legal(b, 0x200000), "b0000000");
}

/* Same form: a pointer is no leaf, so one read before the fence may still be used, and what it
 * leads to is read again. */
static void address_form_leaves_pointers(void **state)
{
    struct bench *b = *state;

    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    fence_va(b, 0);
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000, c0000000");
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* rs1 = x0, rs2 != x0: pointers and leaves of every level are ordered, of that address space alone.
 * */
static void asid_form_orders_its_asid(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_asid(b, 2);
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A fence by ASID leaves global mappings alone, by the G of the leaf ... */
static void asid_form_leaves_global_leaves(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL | MMU_PTE_G));
    fence_all(b);
    store(b, LEAF, to(NEW, ALL | MMU_PTE_G));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_both(b, VA, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* ... or by that of a pointer, which makes all that lies below it global. */
static void global_pointers_make_global_mappings(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE, to(LAST, MMU_PTE_V | MMU_PTE_G));
    fence_all(b);
    store(b, LEAF, to(NEW, ALL));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_all(b);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A global pointer outlives the fence that orders the pointer above it. */
static void global_pointer_outlives_its_parent(void **state)
{
    struct bench *b = *state;

    store(b, MIDDLE, to(LAST, MMU_PTE_V | MMU_PTE_G));
    store(b, OTHER, to(SPARE, MMU_PTE_V));
    store(b, SPARE + 8, to(NEW, ALL));
    fence_all(b);
    store(b, ROOT, to(OTHER, MMU_PTE_V));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "b0000000, c0000000");
}

/* rs1 != x0 and rs2 != x0: leaves of the address in the address space, no global ones. */
static void both_form_orders_page_and_asid(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_both(b, VA, 2);
    fence_both(b, VA + 0x1000, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_both(b, VA, 1);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A fence for an address that is not a valid one does nothing. */
static void invalid_address_orders_nothing(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_va(b, VA | UINT64_C(1) << 39);
    assert_string_equal(legal(b, VA), BOTH);
}

/* Whether an address is valid is satp.MODE's to say, of the moment of the fence: one of Sv48 alone
 * orders nothing in Sv39. */
static void validity_is_that_of_the_mode(void **state)
{
    struct bench *b = *state;
    uint64_t sv48 = sv39(OTHER, 1) | UINT64_C(1) << 60, va = UINT64_C(1) << 39;

    store(b, OTHER + 8, to(SPARE, MMU_PTE_V));
    store(b, SPARE, to(0x40000000, ALL));
    fence_all(b);
    set_satp(b, sv48);
    assert_string_equal(legal(b, va), "40000000");
    store(b, SPARE, to(0x80000000, ALL));
    set_satp(b, sv39(ROOT, 1));
    fence_va(b, va);
    set_satp(b, sv48);
    assert_string_equal(legal(b, va), "40000000, 80000000");
    fence_va(b, va);
    assert_string_equal(legal(b, va), "80000000");
}

/* Bits of rs2 above the implemented ASID bits are ignored. */
static void unimplemented_asid_bits_are_ignored(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    fence_asid(b, 0xff12);
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 0xff11);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* Writing satp orders nothing and invalidates nothing: an ASID with a new root keeps what the old
 * one led to. */
static void satp_write_orders_nothing(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(SPARE, MMU_PTE_V));
    store(b, SPARE, to(LAST, MMU_PTE_V));
    fence_all(b);
    set_satp(b, sv39(OTHER, 1));
    store(b, SPARE, to(OTHER, MMU_PTE_V));
    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), "a0000000");
    set_satp(b, sv39(OTHER, 2)); /* "changes to satp.ASID take effect immediately" */
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A global translation since the last fence that covers it may serve any ASID, in a mode of any
 * width. */
static void global_mappings_hold_in_every_asid(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(SPARE, MMU_PTE_V));
    store(b, SPARE, to(OTHER, MMU_PTE_V));
    store(b, OTHER + 8, to(NEW, ALL));
    store(b, LEAF, to(OLD, ALL | MMU_PTE_G));
    fence_all(b);
    assert_string_equal(legal(b, VA), "a0000000");
    set_satp(b, sv39(OTHER, 2));
    assert_string_equal(legal(b, VA), BOTH);
    fence_asid(b, 2);
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    fence_all(b);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* The same by way of a pointer that another ASID keeps: the leaf below it, read now, is global. */
static void global_leaf_below_a_pointer_of_another_asid(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL | MMU_PTE_G));
    store(b, OTHER + 8, to(NEW, ALL));
    fence_all(b);
    set_satp(b, sv39(ROOT, 2));
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    set_satp(b, sv39(ROOT, 1));
    fence_asid(b, 1);
    assert_string_equal(legal(b, VA), BOTH);
    store(b, LEAF, to(0xc0000000, ALL | MMU_PTE_G));
    assert_string_equal(legal(b, VA), BOTH ", c0000000");
}

/* A translation since the last fence that covers it may serve although it was made in a mode of
 * another width. */
static void other_width_of_the_same_asid(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(SPARE, MMU_PTE_V)); /* an Sv48 root over tables of its own */
    store(b, SPARE, to(SPARE, MMU_PTE_V));
    store(b, SPARE + 8, to(NEW, ALL));
    fence_all(b);
    set_satp(b, sv39(OTHER, 1) | UINT64_C(1) << 60);
    assert_string_equal(legal(b, VA), BOTH);
}

/* A change between Bare and a translating MODE counts at once. */
static void bare_takes_effect_immediately(void **state)
{
    struct bench *b = *state;

    set_satp(b, 0);
    assert_string_equal(legal(b, VA), "1000");
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), "a0000000");
}

/* A fence takes effect for what is accepted in the cycles after the one in which it completes. */
static void fence_counts_from_the_cycle_after_it_completes(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(NEW, ALL));
    check_note_fence(b->check, &(struct dut_fence){0}, ++b->cycle);
    assert_string_equal(legal(b, VA), BOTH);
    check_note_fence_done(b->check, ++b->cycle);
    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    ask(b, 2, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), BOTH);
    assert_string_equal(outcomes(b, 2), "b0000000");
}

/* A fence orders the stores before it: not one that is made while the fence is on its way. */
static void store_during_a_fence_is_not_ordered(void **state)
{
    struct bench *b = *state;

    check_note_fence(b->check, &(struct dut_fence){0}, ++b->cycle);
    b->cycle++;
    store(b, LEAF, to(NEW, ALL));
    check_note_fence_done(b->check, ++b->cycle);
    assert_string_equal(legal(b, VA), BOTH);
}

/* A walk reads a table only after the pointer to it: what the table held before the pointer named
 * it was never a translation of this address. */
static void leaf_is_read_after_its_pointer(void **state)
{
    struct bench *b = *state;

    store(b, OTHER + 8, to(NEW, ALL));
    b->cycle++;
    store(b, OTHER + 8, to(0xc0000000, ALL));
    b->cycle++;
    store(b, MIDDLE, to(OTHER, MMU_PTE_V));
    assert_string_equal(legal(b, VA), "a0000000, c0000000");
}

/* A walk begins only under a satp that is active: what changed while a root was not in satp was not
 * read, if a fence parted the two. */
static void root_is_read_while_in_satp(void **state)
{
    struct bench *b = *state;

    set_satp(b, sv39(OTHER, 2));
    fence_all(b);
    store(b, LEAF, to(NEW, ALL));
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), "b0000000");
}

/* Our own rule, stricter than the specification: a page fault needs a PTE that was in memory while
 * the request lived. A translation taken away stays usable, one granted is seen at once. */
static void page_faults_are_live(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, 0);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    b->cycle++;
    store(b, LEAF, to(NEW, ALL));
    ask(b, 2, VA, MMU_STORE);
    assert_string_equal(outcomes(b, 1), "b0000000, cause 13");
    assert_string_equal(outcomes(b, 2), "b0000000");
}

/* A walk begins at the request's own root: the first PTE of another one of the ASID faults nobody,
 * but one that a pointer of its own root leads to does, whoever else begins there. */
static void page_faults_are_of_the_own_root(void **state)
{
    struct bench *b = *state;

    store(b, OTHER, to(ROOT, MMU_PTE_V));
    fence_all(b);
    set_satp(b, sv39(SPARE, 1)); /* an empty table */
    set_satp(b, sv39(ROOT, 1));
    assert_string_equal(legal(b, VA), "a0000000");
    set_satp(b, sv39(OTHER, 1) | UINT64_C(1) << 60);
    assert_string_equal(legal(b, 0x40000000), "cause 13");
}

/* A and D by Svade, and W, by the access that asks. */
static void faults_depend_on_the_access(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL & ~MMU_PTE_D));
    fence_all(b);
    ask(b, 1, VA, MMU_LOAD);
    ask(b, 2, VA, MMU_STORE);
    ask(b, 3, VA, MMU_AMO);
    assert_string_equal(outcomes(b, 1), "a0000000");
    assert_string_equal(outcomes(b, 2), "cause 15");
    assert_string_equal(outcomes(b, 3), "cause 15");
}

/* An access fault of a PTE read needs a read that erred while the request lived. */
static void read_errors_count_while_the_request_lives(void **state)
{
    struct bench *b = *state;

    check_note_error(b->check, LEAF, ++b->cycle);
    b->cycle++;
    ask(b, 1, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), "a0000000");
    check_note_error(b->check, LEAF + 8, b->cycle);
    assert_string_equal(outcomes(b, 1), "a0000000");
    check_note_error(b->check, LEAF, b->cycle);
    assert_string_equal(outcomes(b, 1), "a0000000, cause 5");
    store(b, LEAF, to(UINT64_C(0x100000000000), MMU_PTE_V)); /* a pointer at level 0 */
    store(b, MIDDLE, to(UINT64_C(0x7000), MMU_PTE_V));       /* no memory there */
    assert_string_equal(outcomes(b, 1), "a0000000, cause 13, cause 5");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(changed_leaf_needs_a_fence),
        TEST(address_form_orders_its_page),
        TEST(address_form_orders_a_superpage_from_anywhere_in_it),
        TEST(address_form_leaves_pointers),
        TEST(asid_form_orders_its_asid),
        TEST(asid_form_leaves_global_leaves),
        TEST(global_pointers_make_global_mappings),
        TEST(global_pointer_outlives_its_parent),
        TEST(both_form_orders_page_and_asid),
        TEST(invalid_address_orders_nothing),
        TEST(validity_is_that_of_the_mode),
        TEST(unimplemented_asid_bits_are_ignored),
        TEST(satp_write_orders_nothing),
        TEST(global_mappings_hold_in_every_asid),
        TEST(global_leaf_below_a_pointer_of_another_asid),
        TEST(other_width_of_the_same_asid),
        TEST(bare_takes_effect_immediately),
        TEST(fence_counts_from_the_cycle_after_it_completes),
        TEST(store_during_a_fence_is_not_ordered),
        TEST(leaf_is_read_after_its_pointer),
        TEST(root_is_read_while_in_satp),
        TEST(page_faults_are_live),
        TEST(page_faults_are_of_the_own_root),
        TEST(faults_depend_on_the_access),
        TEST(read_errors_count_while_the_request_lives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

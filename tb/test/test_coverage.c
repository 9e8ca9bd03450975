// SPDX-License-Identifier: Apache-2.0
/* Coverage: how many combinations are possible, against counts worked out by hand, and how they are
 * noted, merged and reported. */
#include "coverage.h"
#include "mmu_pte.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BARE (1u << 0)
#define SV32 (1u << 2)
#define SV39 (1u << 3)

#define BASIC ((1u << MMU_FETCH) | (1u << MMU_LOAD) | (1u << MMU_STORE) | (1u << MMU_AMO))

static const struct mmu_config rv32 = {.xlen = 32, .levels = 2, .pa_bits = 34};
static const struct mmu_config rv64 = {.xlen = 64, .levels = 3, .pa_bits = 56};

static struct coverage *open_coverage(const struct mmu_config *model, unsigned modes)
{
    struct coverage *coverage = coverage_open(
        &(struct coverage_config){.model = *model, .modes = modes, .accesses = BASIC});

    assert_non_null(coverage);
    return coverage;
}

static uint64_t possible(const struct coverage_config *config)
{
    struct coverage *coverage = coverage_open(config);
    struct coverage_count count = coverage_total(coverage);

    coverage_free(coverage);
    assert_int_equal(count.seen, 0);
    return count.possible;
}

static uint64_t possible_of(const struct mmu_config *model, unsigned modes)
{
    return possible(&(struct coverage_config){.model = *model, .modes = modes, .accesses = BASIC});
}

/*
 * A level, by hand. Granted: a page of the access's own privilege, with A, allows
 *     fetches from 3 of the 5 legal R-W-X combinations, with D or not, for any SUM and MXR: 24;
 *     loads from 4 of them: 32, and from X alone with MXR: 4;
 *     stores and AMOs to 2 of them with D: 8 each;
 * in all 76, for U-mode and for S-mode; and S-mode with SUM may load from pages with U (16 + 2) and
 * store to them (4 + 4): 178.
 * Denied: of 5 leaves with U or not, and without A, with A, or with A and D, under 32 accesses (2
 * privileges, SUM, MXR, 4 kinds) the other 782; and 32 each for V=0, W without R, D, A or U in a
 * pointer, a misaligned superpage (at level 0 instead a pointer), and with 64 bits those above the
 * PPN. 32 access faults of the PTE's read.
 */
#define GRANTED 178
#define DENIED  (5 * 2 * 3 * 32 - GRANTED)
#define LEVEL32 (GRANTED + DENIED + 4 * 32 + 32)
#define LEVEL64 (LEVEL32 + 32)

/* M-mode, in each mode: 16 accesses. */
#define MACHINE 16

/* Sv39: its levels; and M-mode and addresses that are not canonical. */
#define SV39_BASIC (3 * LEVEL64 + 2 * MACHINE + 32)

static void possible_combinations_are_counted(void **state)
{
    (void)state;
    assert_int_equal(possible_of(&rv32, BARE), 48);
    assert_int_equal(possible_of(&rv32, SV32), 2 * LEVEL32 + MACHINE);
    /* With 64 bits an address may be beyond the width of physical ones, and not canonical. */
    assert_int_equal(possible_of(&rv64, BARE), 48 + 48);
    assert_int_equal(possible_of(&rv64, SV39), SV39_BASIC);
    assert_int_equal(possible_of(&rv64, BARE | SV39), 96 + SV39_BASIC);
}

struct visit {
    struct coverage *coverage;
    unsigned count, limit;
};

/* What the case is said to lead to, by what its memory holds. */
static bool visit_case(void *user, const struct coverage_case *what)
{
    struct visit *visit = user;
    const struct check_judgement *judgement = what->judgement;
    struct mmu_config model = rv64;
    struct mmu_answer answer;

    mmu_translate(&model, &judgement->context, &what->memory, &judgement->request, &answer);
    assert_int_equal(answer.result, judgement->answer.result);
    assert_int_equal(answer.pa, judgement->answer.pa);
    assert_int_equal(*what->swapped, judgement->updated);
    coverage_judged(visit->coverage, judgement);
    return ++visit->count != visit->limit;
}

/* Every possible combination has one case, and its case leads to it. */
static void each_combination_has_a_case(void **state)
{
    (void)state;
    const struct coverage_config config = {.model = rv64, .modes = BARE | SV39, .accesses = 15};
    struct visit visit = {coverage_open(&config), 0, 0};

    assert_true(coverage_each_case(&config, visit_case, &visit));
    struct coverage_count total = coverage_total(visit.coverage);
    assert_int_equal(visit.count, total.possible);
    assert_int_equal(total.seen, total.possible);
    visit.count = 0;
    visit.limit = 7;
    assert_false(coverage_each_case(&config, visit_case, &visit));
    assert_int_equal(visit.count, 7);
    coverage_free(visit.coverage);
}

/* With physical addresses narrower than a PPN can say, a granted leaf may lead out of them: access
 * faults where there were grants, at every level. */
static void leaves_beyond_the_width_are_possible(void **state)
{
    struct mmu_config narrow = rv64;

    (void)state;
    narrow.pa_bits = 40;
    assert_int_equal(possible_of(&narrow, SV39) - SV39_BASIC, 3 * GRANTED);
}

/* With PMP each final address may be denied; in Bare too, where one was beyond the width only, and
 * in M-mode, which then has access faults at any address. */
static void denials_by_pmp_are_possible(void **state)
{
    struct mmu_config protected = rv32;

    (void)state;
    protected.pmp_entries = 1;
    assert_int_equal(possible_of(&protected, BARE), 2 * 48);
    assert_int_equal(possible_of(&protected, SV32), 2 * (LEVEL32 + GRANTED) + 2 * MACHINE);
}

/*
 * With ADUE=1, what only lacks A or D is updated, or deferred: by hand, of 5 leaves, fetches from 3
 * without A: 12; loads from 4: 16, and from X alone: 2; stores and AMOs to 2 without A or with A
 * alone: 16 each; in all 62, for U-mode and S-mode; and with SUM 8 + 1 + 8 + 8 more.
 */
#define UPDATED (2 * 62 + 25)

static void updates_are_possible_with_svadu(void **state)
{
    (void)state;
    assert_int_equal(possible(&(struct coverage_config){
                         .model = rv64, .modes = SV39, .accesses = BASIC, .svadu = true}),
                     SV39_BASIC + 3 * 2 * UPDATED);
}

/* A page of 64 KiB is one more of each leaf, at level 0 alone. */
static void napot_pages_are_possible(void **state)
{
    struct mmu_config napot = rv64;

    (void)state;
    napot.svnapot = true;
    assert_int_equal(possible_of(&napot, SV39), SV39_BASIC + GRANTED + DENIED);
}

/* A prefetch looks at neither A nor D: by hand, 5 leaves in 3 states are granted in 2 privileges
 * with 4 SUM and MXR, and with U in S-mode with SUM; the rest of 8 contexts is dropped, whatever
 * there is (the read that errs is no other than V=0). M-mode has 4, an address that is not
 * canonical 8, one beyond the width in M-mode 4. */
static void prefetches_are_granted_or_dropped(void **state)
{
    struct coverage_config config = {.model = rv64, .modes = SV39, .accesses = 1u << MMU_PREFETCH};
    unsigned granted = 15 * 2 * 4 + 15 * 2, dropped = 30 * 8 - granted + 5 * 8;

    (void)state;
    assert_int_equal(possible(&config), 3 * (granted + dropped) + 4 + 8 + 4);
}

/* Shadow stacks: a sixth leaf, XWR=010, with U or not and in 3 states of A and D, in 8 contexts. */
static void shadow_stack_pages_are_possible(void **state)
{
    struct coverage_config config = {.model = rv32, .modes = SV32, .accesses = 1u << MMU_LOAD};
    uint64_t loads = possible(&config);

    (void)state;
    config.accesses |= 1u << MMU_SS_PUSH;
    uint64_t both = possible(&config);
    config.accesses = 1u << MMU_SS_PUSH;
    uint64_t pushes = possible(&config);
    assert_int_equal(both - loads - pushes, 2 * 6 * 8);
    /* Each of 6 x 2 x 3 leaves ends in one way in each context, as do what is no leaf and the read
     * that errs; M-mode is always an access fault. */
    assert_int_equal(pushes, 2 * (36 * 8 + 4 * 8 + 8) + 4);
}

/* A load in S-mode whose walk ended at this PTE of level 1 of Sv39. */
static struct check_judgement load(enum mmu_result result, uint64_t pte, bool leaf)
{
    return (struct check_judgement){
        .context = {.satp = UINT64_C(8) << 60, .privilege = MMU_S, .sum = true},
        .request = {.va = 0, .access = MMU_LOAD, .size = 1},
        .answer = {
            .result = result,
            .steps = 2,
            .step = {{.level = 2, .pte = MMU_PTE_V}, {.level = 1, .pte = pte, .leaf = leaf}}}};
}

static void note(struct coverage *coverage, enum mmu_result result, uint64_t pte, bool leaf)
{
    struct check_judgement judgement = load(result, pte, leaf);

    coverage_judged(coverage, &judgement);
}

static const uint64_t readable = MMU_PTE_V | MMU_PTE_R | MMU_PTE_A;

static void combinations_are_noted_once(void **state)
{
    struct coverage *coverage = open_coverage(&rv64, SV39);

    (void)state;
    note(coverage, MMU_GRANTED, readable, true);
    note(coverage, MMU_GRANTED, readable | 0xabc00 | MMU_PTE_G, true); /* PPN and G do not count */
    assert_int_equal(coverage_total(coverage).seen, 1);
    note(coverage, MMU_GRANTED, readable | MMU_PTE_D, true);
    assert_int_equal(coverage_total(coverage).seen, 2);
    note(coverage, MMU_PAGE_FAULT, 0xf0, false);
    note(coverage, MMU_PAGE_FAULT, 0x00, false); /* what is not valid is all one */
    assert_int_equal(coverage_total(coverage).seen, 3);
    note(coverage, MMU_PAGE_FAULT, readable, true); /* the model would have granted it */
    assert_int_equal(coverage_total(coverage).seen, 3);
    coverage_free(coverage);
}

/* What was updated counts by the bits that the leaf had before; what was deferred by those that it
 * has. */
static void updates_are_noted_by_the_leaf_before(void **state)
{
    struct coverage *coverage = coverage_open(
        &(struct coverage_config){.model = rv64, .modes = SV39, .accesses = BASIC, .svadu = true});
    struct check_judgement updated = load(MMU_GRANTED, readable, true);
    struct check_judgement deferred = load(MMU_GRANTED, readable & ~MMU_PTE_A, true);

    (void)state;
    note(coverage, MMU_GRANTED, readable, true);
    updated.updated = true;
    updated.before = readable & ~MMU_PTE_A;
    coverage_judged(coverage, &updated);
    assert_int_equal(coverage_total(coverage).seen, 2);
    deferred.deferred = true;
    coverage_judged(coverage, &deferred);
    assert_int_equal(coverage_total(coverage).seen, 3);
    coverage_free(coverage);
}

static void coverage_merges(void **state)
{
    struct coverage *one = open_coverage(&rv64, SV39), *two = open_coverage(&rv64, SV39);

    (void)state;
    note(one, MMU_GRANTED, readable, true);
    note(two, MMU_GRANTED, readable, true);
    note(two, MMU_PAGE_FAULT, 0, false);
    coverage_merge(one, two);
    assert_int_equal(coverage_total(one).seen, 2);
    coverage_free(one);
    coverage_free(two);
}

static void count_text(void *user, const char *text)
{
    assert_true(strlen(text) > 20);
    ++*(uint64_t *)user;
}

static void find_text(void *user, const char *text)
{
    if (!strcmp(text, "Sv39 level 1, leaf -A---R, S-mode SUM=1 MXR=0, load: granted"))
        ++*(uint64_t *)user;
}

static void unseen_combinations_are_listed(void **state)
{
    struct coverage *coverage = open_coverage(&rv64, SV39);
    uint64_t listed = 0, found = 0;

    (void)state;
    coverage_unseen(coverage, find_text, &found);
    assert_int_equal(found, 1);
    note(coverage, MMU_GRANTED, readable, true);
    coverage_unseen(coverage, count_text, &listed);
    coverage_unseen(coverage, find_text, &found);
    assert_int_equal(listed, coverage_total(coverage).possible - 1);
    assert_int_equal(found, 1);
    coverage_free(coverage);
}

static char *print(const struct coverage *coverage, bool json)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    if (json)
        assert_true(coverage_write(coverage, file));
    else
        coverage_print(coverage, file);
    fclose(file);
    return text;
}

static void coverage_prints_a_table(void **state)
{
    struct coverage *coverage = open_coverage(&rv64, SV39);

    (void)state;
    note(coverage, MMU_GRANTED, readable, true);
    char *text = print(coverage, false);
    assert_non_null(strstr(text,
                           "  Sv39  level 1         1/178            -        0/942         0/32 "
                           "           -            -\n"));
    assert_non_null(strstr(text, "  all: 1 of 3520 (0.0 %)\n"));
    free(text);
    coverage_free(coverage);
}

static void coverage_writes_json(void **state)
{
    struct coverage *coverage = open_coverage(&rv64, SV39);
    json_error_t error;

    (void)state;
    note(coverage, MMU_GRANTED, readable, true);
    char *text = print(coverage, true);
    json_t *json = json_loads(text, 0, &error);
    assert_non_null(json);
    assert_int_equal(json_integer_value(json_object_get(json, "seen")), 1);
    assert_int_equal(json_integer_value(json_object_get(json, "possible")), SV39_BASIC);
    assert_int_equal(json_array_size(json_object_get(json, "unseen")), SV39_BASIC - 1);
    json_t *rows = json_object_get(json, "rows");
    size_t i, seen = 0, possible = 0;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        seen += json_integer_value(json_object_get(row, "seen"));
        possible += json_integer_value(json_object_get(row, "possible"));
    }
    assert_int_equal(seen, 1);
    assert_int_equal(possible, SV39_BASIC);
    json_decref(json);
    free(text);
    coverage_free(coverage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(possible_combinations_are_counted),
        cmocka_unit_test(each_combination_has_a_case),
        cmocka_unit_test(leaves_beyond_the_width_are_possible),
        cmocka_unit_test(denials_by_pmp_are_possible),
        cmocka_unit_test(updates_are_possible_with_svadu),
        cmocka_unit_test(napot_pages_are_possible),
        cmocka_unit_test(prefetches_are_granted_or_dropped),
        cmocka_unit_test(shadow_stack_pages_are_possible),
        cmocka_unit_test(combinations_are_noted_once),
        cmocka_unit_test(updates_are_noted_by_the_leaf_before),
        cmocka_unit_test(coverage_merges),
        cmocka_unit_test(unseen_combinations_are_listed),
        cmocka_unit_test(coverage_prints_a_table),
        cmocka_unit_test(coverage_writes_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

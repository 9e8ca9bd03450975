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

static const struct mmu_config rv32 = {.xlen = 32, .levels = 2, .pa_bits = 34};
static const struct mmu_config rv64 = {.xlen = 64, .levels = 3, .pa_bits = 56};

static struct coverage_count total(const struct mmu_config *model, unsigned modes)
{
    struct coverage *coverage = coverage_new(model, modes);
    struct coverage_count count = coverage_total(coverage);

    coverage_free(coverage);
    return count;
}

/*
 * A level, by hand. Granted: a page of the access's own privilege, with A, allows
 *     fetches from 3 of the 5 legal R-W-X combinations, with D or not, for any SUM and MXR: 24;
 *     loads from 4 of them: 32, and from X alone with MXR: 4;
 *     stores and AMOs to 2 of them with D: 8 each;
 * in all 76, for U-mode and for S-mode; and S-mode with SUM may load from pages with U (16 + 2) and
 * store to them (4 + 4): 178.
 * Denied: of 5 x 8 leaves under 32 accesses (2 privileges, SUM, MXR, 4 kinds) the other 1102; and
 * 32 each for V=0, W without R, D, A or U in a pointer, a misaligned superpage (at level 0 instead
 * a pointer), and with 64 bits those above the PPN. 32 access faults of the PTE's read.
 */
#define LEVEL32 (178 + 1102 + 4 * 32 + 32)
#define LEVEL64 (LEVEL32 + 32)

/* M-mode, in each mode: 16 accesses. */
#define MACHINE 16

static void possible_combinations_are_counted(void **state)
{
    (void)state;
    assert_int_equal(total(&rv32, BARE).possible, 48);
    assert_int_equal(total(&rv32, SV32).possible, 2 * LEVEL32 + MACHINE);
    /* With 64 bits an address may be beyond the width of physical ones, and not canonical. */
    assert_int_equal(total(&rv64, BARE).possible, 48 + 48);
    assert_int_equal(total(&rv64, SV39).possible, 3 * LEVEL64 + 2 * MACHINE + 32);
    assert_int_equal(total(&rv64, BARE | SV39).possible, 96 + 3 * LEVEL64 + 2 * MACHINE + 32);
    assert_int_equal(total(&rv64, BARE | SV39).seen, 0);
}

/* With physical addresses narrower than a PPN can say, a granted leaf may lead out of them: access
 * faults where there were grants, at every level. */
static void leaves_beyond_the_width_are_possible(void **state)
{
    struct mmu_config narrow = rv64;

    (void)state;
    narrow.pa_bits = 40;
    assert_int_equal(total(&narrow, SV39).possible - total(&rv64, SV39).possible, 3 * 178);
}

/* Notes a load in S-mode whose walk ended at this PTE of level 1 of Sv39. */
static void note(struct coverage *coverage, enum mmu_result result, uint64_t pte, bool leaf)
{
    struct mmu_context context = {.satp = UINT64_C(8) << 60, .privilege = MMU_S, .sum = true};
    struct mmu_request request = {.va = 0, .access = MMU_LOAD, .size = 1};
    struct mmu_answer answer = {
        .result = result,
        .steps = 2,
        .step = {{.level = 2, .pte = MMU_PTE_V}, {.level = 1, .pte = pte, .leaf = leaf}}};

    coverage_note(coverage, &context, &request, &answer);
}

static const uint64_t readable = MMU_PTE_V | MMU_PTE_R | MMU_PTE_A;

static void combinations_are_noted_once(void **state)
{
    struct coverage *coverage = coverage_new(&rv64, SV39);

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

static void coverage_merges(void **state)
{
    struct coverage *one = coverage_new(&rv64, SV39), *two = coverage_new(&rv64, SV39);

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
    struct coverage *coverage = coverage_new(&rv64, SV39);
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
    struct coverage *coverage = coverage_new(&rv64, SV39);

    (void)state;
    note(coverage, MMU_GRANTED, readable, true);
    char *text = print(coverage, false);
    assert_non_null(
        strstr(text, "  Sv39  level 1           1/178         0/1262           0/32\n"));
    assert_non_null(strstr(text, "  all: 1 of 4480 (0.0 %)\n"));
    free(text);
    coverage_free(coverage);
}

static void coverage_writes_json(void **state)
{
    struct coverage *coverage = coverage_new(&rv64, SV39);
    json_error_t error;

    (void)state;
    note(coverage, MMU_GRANTED, readable, true);
    char *text = print(coverage, true);
    json_t *json = json_loads(text, 0, &error);
    assert_non_null(json);
    assert_int_equal(json_integer_value(json_object_get(json, "seen")), 1);
    assert_int_equal(json_integer_value(json_object_get(json, "possible")), 4480);
    assert_int_equal(json_array_size(json_object_get(json, "unseen")), 4479);
    json_t *rows = json_object_get(json, "rows");
    size_t i, seen = 0, possible = 0;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        seen += json_integer_value(json_object_get(row, "seen"));
        possible += json_integer_value(json_object_get(row, "possible"));
    }
    assert_int_equal(seen, 1);
    assert_int_equal(possible, 4480);
    json_decref(json);
    free(text);
    coverage_free(coverage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(possible_combinations_are_counted),
        cmocka_unit_test(leaves_beyond_the_width_are_possible),
        cmocka_unit_test(combinations_are_noted_once),
        cmocka_unit_test(coverage_merges),
        cmocka_unit_test(unseen_combinations_are_listed),
        cmocka_unit_test(coverage_prints_a_table),
        cmocka_unit_test(coverage_writes_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

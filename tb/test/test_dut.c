// SPDX-License-Identifier: Apache-2.0
/* The harness around the design: presets and their agreements, and memory behind its port. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dut_memory.h"
#include "dut_preset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Presets. */

static int value_of(const struct dut_preset *preset, const char *name)
{
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        if (!strcmp(dut_preset_parameter(i), name))
            return preset->value[i];
    fail_msg("no parameter %s", name);
    return -1;
}

static void a_silent_preset_has_no_feature_but_a_bus_that_swaps(void **state)
{
    (void)state;
    static const char *const features[] = {
        "Svadu",      "Svnapot",    "Svpbmt",   "Svrsw60t59b",    "Zicfiss",          "Zicbo",
        "BigEndian",  "PmpEntries", "PmpGrain", "PointerMasking", "WalkCacheEntries", "Replacement",
        "MemoryLine", "Prefetch"};
    char path[] = "/tmp/dut-preset-XXXXXX", error[512] = "";
    struct dut_preset preset;
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_true(dut_preset_load(path, NULL, 0, &preset, error, sizeof error));
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        assert_int_equal(value_of(&preset, features[i]), 0);
    assert_int_equal(value_of(&preset, "MemoryCas"), 1);
    assert_int_equal(close(fd), 0);
    assert_int_equal(unlink(path), 0);
}

static void parameters_keep_their_ranges_and_agree(void **state)
{
    (void)state;
    static const struct {
        const char *preset, *set[2], *says;
    } rows[] = {
        {"every32", {NULL}, NULL},
        {"every64", {NULL}, NULL},
        {"every32", {"Svnapot=1"}, "Svnapot=1 does not go with Xlen=32"},
        {"every32", {"Svpbmt=1"}, "Svpbmt=1 does not go with Xlen=32"},
        {"every32", {"Svrsw60t59b=1"}, "Svrsw60t59b=1 does not go with Xlen=32"},
        {"every32", {"PointerMasking=1"}, "PointerMasking=1 does not go with Xlen=32"},
        {"every64", {"MemoryCas=0"}, "Svadu=1 needs MemoryCas=1: a bus that can compare and swap"},
        {"every64", {"MemoryCas=0", "Svadu=0"}, NULL},
        {"tiny", {"Svadu=1"}, "Svadu=1 needs MemoryCas=1: a bus that can compare and swap"},
        {"linux", {"Svnapot=2"}, "'Svnapot=2': Svnapot must be a whole number from 0 to 1"},
        {"linux", {"PmpEntries=64", "PmpGrain=28"}, NULL},
        {"linux",
         {"PmpEntries=65"},
         "'PmpEntries=65': PmpEntries must be a whole number from 0 to 64"},
        {"linux", {"PmpGrain=29"}, "'PmpGrain=29': PmpGrain must be a whole number from 0 to 28"},
        {"linux", {"WalkCacheEntries=0"}, NULL},
        {"linux", {"WalkCacheEntries=32"}, NULL},
        {"linux",
         {"WalkCacheEntries=1"},
         "'WalkCacheEntries=1': WalkCacheEntries must be 0 or a power of two from 2 to 32"},
        {"linux",
         {"WalkCacheEntries=24"},
         "'WalkCacheEntries=24': WalkCacheEntries must be 0 or a power of two from 2 to 32"},
        {"linux", {"L2Sets=0"}, "'L2Sets=0': L2Sets must be a power of two from 2 to 4096"},
        {"linux",
         {"Replacement=4"},
         "'Replacement=4': Replacement must be a whole number from 0 to 3"},
        {"linux", {"MemoryLine=1", "Prefetch=7"}, NULL},
        {"linux", {"Prefetch=8"}, "'Prefetch=8': Prefetch must be a whole number from 0 to 7"},
        {"linux", {"Prefetch=1"}, "Prefetch needs MemoryLine=1 and an L2, L2Ways at least 1"},
        {"tiny",
         {"MemoryLine=1", "Prefetch=1"},
         "Prefetch needs MemoryLine=1 and an L2, L2Ways at least 1"},
    };
    struct dut_preset preset;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct dut_set sets[] = {{rows[i].set[0]}, {rows[i].set[1]}};
        size_t nsets = rows[i].set[1] ? 2 : rows[i].set[0] ? 1 : 0;
        char error[512] = "";

        bool ok = dut_preset_load(rows[i].preset, sets, nsets, &preset, error, sizeof error);
        assert_string_equal(error, rows[i].says ? rows[i].says : "");
        assert_int_equal(ok, !rows[i].says);
    }
}

/* ---- Memory: one word. */

struct word {
    uint64_t pa, value;
    unsigned reads, swaps;
    bool errs;
};

static bool word_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct word *word = user;

    assert_int_equal(pa, word->pa);
    assert_int_equal(bytes, 8);
    word->reads++;
    *value = word->value;
    return !word->errs;
}

static bool word_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                      uint64_t *found)
{
    struct word *word = user;

    assert_int_equal(pa, word->pa);
    assert_int_equal(bytes, 8);
    word->swaps++;
    *found = word->value;
    if (word->errs)
        return false;
    if (word->value == expected)
        word->value = desired;
    return true;
}

static struct dut_memory_port port_of(struct word *word, const struct dut_memory_timing *timing)
{
    const struct dut_memory memory = {
        .user = word, .read = word_read, .compare_and_swap = word_swap};
    struct dut_memory_port port;

    dut_memory_init(&port, &memory, timing, 8, false);
    return port;
}

static void a_swap_is_performed_in_the_cycle_of_its_answer(void **state)
{
    (void)state;
    struct word word = {.pa = 0x80000008, .value = 7};
    const struct dut_memory_timing timing = {.latency_min = 3, .latency_max = 3};
    struct dut_memory_port port = port_of(&word, &timing);
    const struct dut_outputs swap = {
        .mem_id = 5, .mem_pa = word.pa, .mem_swap = true, .mem_expected = 7, .mem_desired = 9};
    struct dut_inputs in = {0};

    dut_memory_take(&port, &swap, 11);
    for (uint64_t cycle = 11; cycle < 13; cycle++) {
        dut_memory_drive(&port, cycle, &in);
        assert_false(in.mem_valid);
        assert_int_equal(word.swaps, 0);
    }
    dut_memory_drive(&port, 13, &in);
    assert_true(in.mem_valid && !in.mem_error);
    assert_int_equal(in.mem_id, 5);
    assert_int_equal(in.mem_data, 7); /* what was found */
    assert_int_equal(word.value, 9);
    assert_int_equal(word.reads, 0);
    dut_memory_drive(&port, 14, &in);
    assert_false(in.mem_valid);
    assert_int_equal(word.swaps, 1);
}

static void a_lost_swap_answers_what_it_found(void **state)
{
    (void)state;
    struct word word = {.pa = 0x1000, .value = 7};
    struct dut_memory_port port = port_of(&word, NULL);
    const struct dut_outputs swap = {
        .mem_pa = word.pa, .mem_swap = true, .mem_expected = 7, .mem_desired = 9};
    struct dut_inputs in = {0};

    dut_memory_take(&port, &swap, 1);
    word.value = 8; /* another agent's store, after the request and before the answer */
    dut_memory_drive(&port, 1, &in);
    assert_true(in.mem_valid && !in.mem_error);
    assert_int_equal(in.mem_data, 8);
    assert_int_equal(word.value, 8);
}

static void a_swap_that_errs_stores_nothing(void **state)
{
    (void)state;
    static const struct dut_memory_timing always = {.error_permille = 1000};
    struct dut_inputs in = {0};

    for (int drawn = 0; drawn < 2; drawn++) {
        struct word word = {.pa = 0x1000, .value = 7, .errs = !drawn};
        struct dut_memory_port port = port_of(&word, drawn ? &always : NULL);
        const struct dut_outputs swap = {
            .mem_pa = word.pa, .mem_swap = true, .mem_expected = 7, .mem_desired = 9};

        dut_memory_take(&port, &swap, 1);
        dut_memory_drive(&port, 1, &in);
        assert_true(in.mem_valid && in.mem_error);
        assert_int_equal(in.mem_data, 0);
        assert_int_equal(word.value, 7);
        assert_int_equal(word.swaps, !drawn);
    }
}

static void some_swaps_err_and_those_only_store_nothing(void **state)
{
    (void)state;
    static const struct dut_memory_timing half = {.error_permille = 500, .seed = 3};
    struct word word = {.pa = 0x1000, .value = 0};
    struct dut_memory_port port = port_of(&word, &half);
    struct dut_inputs in = {0};
    unsigned stored = 0;

    for (uint64_t cycle = 1; cycle <= 1000; cycle++) {
        const struct dut_outputs swap = {.mem_pa = word.pa,
                                         .mem_swap = true,
                                         .mem_expected = word.value,
                                         .mem_desired = word.value + 1};
        dut_memory_take(&port, &swap, cycle);
        dut_memory_drive(&port, cycle, &in);
        stored += !in.mem_error;
        assert_int_equal(word.value, stored);
    }
    assert_in_range(stored, 400, 600);
}

/* ---- Memory: the line around a word. Each word's value is its address, or it errs. */

struct line {
    unsigned bytes;  /* of a word */
    uint64_t errs;   /* this word does */
    unsigned reads;  /* in all, */
    unsigned at[64]; /* and of the word at this place of its line */
    bool apart;      /* the words that were not asked for are read by another callback, */
    unsigned peeks;  /* so many */
};

static bool line_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct line *line = user;

    assert_int_equal(bytes, line->bytes);
    line->reads++;
    line->at[pa % 64]++;
    *value = pa & 0xffffffff;
    return pa != line->errs;
}

static bool line_peek(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    struct line *line = user;

    assert_int_not_equal(pa, 0x80000fe8); /* what is asked for */
    line->peeks++;
    line->reads--;
    return line_read(user, pa, bytes, value);
}

static bool line_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                      uint64_t *found)
{
    (void)expected;
    (void)desired;
    return line_read(user, pa, bytes, found);
}

/* What is answered to a request at `pa` of a line of which one word errs. */
static struct dut_inputs answer_at(struct line *line, bool has_line, uint64_t pa, bool swap)
{
    const struct dut_memory memory = {.user = line,
                                      .read = line_read,
                                      .compare_and_swap = line_swap,
                                      .peek = line->apart ? line_peek : NULL};
    const struct dut_outputs out = {.mem_pa = pa, .mem_swap = swap};
    struct dut_memory_port port;
    struct dut_inputs in;

    memset(&in, 0xa5, sizeof in);
    dut_memory_init(&port, &memory, NULL, line->bytes, has_line);
    dut_memory_take(&port, &out, 1);
    dut_memory_drive(&port, 1, &in);
    assert_true(in.mem_valid);
    return in;
}

static void a_line_has_each_word_once_and_zeros_for_those_that_err(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        unsigned bytes = i % 2 ? 4 : 8;
        struct line line = {.bytes = bytes, .errs = 0x80000fd0, .apart = i / 2};
        struct dut_inputs in = answer_at(&line, true, 0x80000fe8, false);

        assert_false(in.mem_error);
        assert_int_equal(in.mem_data, 0x80000fe8);
        assert_int_equal(line.reads, line.apart ? 1 : 64 / bytes);
        assert_int_equal(line.peeks, line.apart ? 64 / bytes - 1 : 0);
        for (unsigned at = 0; at < 64; at += bytes) {
            uint64_t pa = 0x80000fc0 + at;
            uint64_t word = in.mem_line[at / 8] >> at % 8 * 8;

            assert_int_equal(bytes == 8 ? word : word & 0xffffffff, pa == line.errs ? 0 : pa);
            assert_int_equal(line.at[at], 1);
        }
    }
}

static void only_a_read_that_does_not_err_reads_its_line(void **state)
{
    (void)state;
    static const struct {
        bool has_line, swap, errs;
    } rows[] = {{false, false, false}, {true, true, false}, {true, false, true}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct line line = {.bytes = 8, .errs = rows[i].errs ? 0x1000 : 0};
        struct dut_inputs in = answer_at(&line, rows[i].has_line, 0x1000, rows[i].swap);

        assert_int_equal(in.mem_error, rows[i].errs);
        assert_int_equal(line.reads, 1);
        for (unsigned word = 0; word < DUT_SHIM_LINE; word++)
            if (rows[i].has_line) /* leaves of nowhere, for whoever takes them */
                assert_int_equal(in.mem_line[word] & 0xff, 0xcf);
            else
                assert_int_equal(in.mem_line[word], 0xa5a5a5a5a5a5a5a5u); /* untouched */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_silent_preset_has_no_feature_but_a_bus_that_swaps),
        cmocka_unit_test(parameters_keep_their_ranges_and_agree),
        cmocka_unit_test(a_swap_is_performed_in_the_cycle_of_its_answer),
        cmocka_unit_test(a_lost_swap_answers_what_it_found),
        cmocka_unit_test(a_swap_that_errs_stores_nothing),
        cmocka_unit_test(some_swaps_err_and_those_only_store_nothing),
        cmocka_unit_test(a_line_has_each_word_once_and_zeros_for_those_that_err),
        cmocka_unit_test(only_a_read_that_does_not_err_reads_its_line),
    };
    return cmocka_run_group_tests_name("dut", tests, NULL, NULL);
}

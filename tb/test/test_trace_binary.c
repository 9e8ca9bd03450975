// SPDX-License-Identifier: Apache-2.0
/* The binary formats without checksums, ChampSim and raw64, and how formats are told apart. */
#include "test_trace.h"

enum { INSTRUCTION = 64 };

static void store64(uint8_t *to, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

/* Two instructions: one with loads and a store, one with nothing but its fetch. */
static void make_champsim(uint8_t trace[2 * INSTRUCTION])
{
    memset(trace, 0, 2 * INSTRUCTION);
    store64(trace, 0x401000);
    trace[8] = trace[9] = 1;
    memset(trace + 10, 7, 6);            /* registers */
    store64(trace + 24, 0x7fff00001000); /* second destination */
    store64(trace + 32, 0x600008);       /* first and last source */
    store64(trace + 56, 0x600ff0);
    store64(trace + INSTRUCTION, 0x401004);
}

static void champsim_instructions(void **state)
{
    (void)state;
    uint8_t bytes[2 * INSTRUCTION];
    make_champsim(bytes);
    struct trace *t = open_bytes(bytes, sizeof bytes, TRACE_AUTO);
    assert_int_equal(trace_format(t), TRACE_CHAMPSIM);
    assert_record(t, TRACE_FETCH, 0x401000, 0);
    assert_record(t, TRACE_LOAD, 0x600008, 0);
    assert_record(t, TRACE_LOAD, 0x600ff0, 0);
    assert_record(t, TRACE_STORE, 0x7fff00001000, 0);
    assert_record(t, TRACE_FETCH, 0x401004, 0);
    assert_end(t);
}

static void champsim_truncated(void **state)
{
    (void)state;
    uint8_t bytes[2 * INSTRUCTION];
    make_champsim(bytes);
    for (size_t size = INSTRUCTION + 1; size < sizeof bytes; size++) {
        char error[128];
        snprintf(error, sizeof error,
                 "mem: truncated: %zu bytes at byte 64, where an instruction takes 64",
                 size - INSTRUCTION);
        assert_error(open_bytes(bytes, size, TRACE_AUTO), 4, error);
    }
}

static void champsim_corrupt(void **state)
{
    (void)state;
    uint8_t bytes[2 * INSTRUCTION];
    for (int i = 8; i <= 9; i++) {
        make_champsim(bytes);
        bytes[INSTRUCTION + i] = 2;
        assert_error(open_bytes(bytes, sizeof bytes, TRACE_CHAMPSIM), 4,
                     "mem: corrupt: the branch flags of the instruction at byte 64 are neither 0 "
                     "nor 1");
    }
}

static void raw64_words(void **state)
{
    (void)state;
    uint8_t bytes[32];
    store64(bytes, UINT64_C(0x401000) << 2);
    store64(bytes + 8, UINT64_C(0x1ffeffff08) << 2 | 1);
    store64(bytes + 16, UINT64_C(0xffffffff81000000) << 2 | 2);
    store64(bytes + 24, 3);
    struct trace *t = open_bytes(bytes, sizeof bytes, TRACE_RAW64);
    assert_record(t, TRACE_FETCH, 0x401000, 0);
    assert_record(t, TRACE_LOAD, 0x1ffeffff08, 0);
    assert_record(t, TRACE_STORE, 0xffffffff81000000, 0);
    assert_record(t, TRACE_MODIFY, 0, 0);
    assert_end(t);
    assert_error(open_bytes(bytes, 13, TRACE_RAW64), 1,
                 "mem: truncated: 5 bytes at byte 8, where a record takes 8");
}

static void formats_are_told_apart(void **state)
{
    (void)state;
    static const char unknown[] =
        "mem: not recognised as a trace; lackey, dinero, champsim, compact and raw64 ones are";
    static const struct {
        const char *text;
        enum trace_format format;
    } known[] = {
        {"==1== Lackey\n", TRACE_LACKEY}, {"I  10,4\n", TRACE_LACKEY}, {" L 10,4\n", TRACE_LACKEY},
        {" S 10,4\n", TRACE_LACKEY},      {" M 10,4\n", TRACE_LACKEY}, {"0 10\n", TRACE_DINERO},
        {" 1 \t10\n", TRACE_DINERO},      {"\n2 F\n", TRACE_DINERO},
    };
    static const char *const strangers[] = {
        "hello\n",
        "3 10\n",
        "0 \n",
        "0\n",
        "0,10\n",
        "1",
        " X 10,4\n",
        "a",
        "PK\3\4",
        "#!/bin/sh\n",
        "int main(void) { return 0; } /* a C program is longer than an instruction */\n",
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct trace *t = open_text(known[i].text, TRACE_AUTO);
        assert_int_equal(trace_format(t), known[i].format);
        trace_close(t);
    }
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        assert_no_open(strangers[i], strlen(strangers[i]), TRACE_AUTO, unknown);

    uint8_t bytes[2 * INSTRUCTION];
    make_champsim(bytes);
    assert_no_open(bytes, INSTRUCTION - 1, TRACE_AUTO, unknown);
    bytes[INSTRUCTION + 8] = 2; /* the second instruction cannot be one */
    assert_no_open(bytes, sizeof bytes, TRACE_AUTO, unknown);
    memset(bytes, 0, sizeof bytes); /* an instruction pointer of 0 */
    assert_no_open(bytes, sizeof bytes, TRACE_AUTO, unknown);
}

/* Words are told by eight addresses or more that are not 0 and fit 48 bits, in each word that is
 * looked at. */
static void raw64_is_told_by_its_words(void **state)
{
    (void)state;
    enum { WORDS = 8, LOOK = 512 };
    static const uint64_t strange[] = {0, 3, UINT64_C(1) << 49, (uint64_t)-1 << 50};
    uint8_t bytes[8 * (LOOK + 1)];
    char error[200];
    for (int i = 0; i <= LOOK; i++)
        store64(bytes + 8 * i, UINT64_C(0x7fffdeadbee8) << 2 | (i & 3));
    store64(bytes + 8, UINT64_C(0xffff800000001000) << 2 | 1);
    for (size_t size = 8 * WORDS; size <= 8 * LOOK; size += 8 * LOOK - 8 * WORDS) {
        struct trace *t = open_bytes(bytes, size, TRACE_AUTO);
        assert_int_equal(trace_format(t), TRACE_RAW64);
        assert_record(t, TRACE_FETCH, 0x7fffdeadbee8, 0);
        assert_record(t, TRACE_LOAD, 0xffff800000001000, 0);
        trace_close(t);
    }
    assert_null(trace_open_memory("mem", bytes, 8 * WORDS - 8, TRACE_AUTO, error, sizeof error));
    for (int at = 0; at < 2; at++)
        for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
            uint8_t *word = bytes + (at ? 8 * (LOOK - 1) : 24);
            store64(word, strange[i]);
            assert_null(
                trace_open_memory("mem", bytes, sizeof bytes, TRACE_AUTO, error, sizeof error));
            store64(word, UINT64_C(0x401000) << 2);
        }
    store64(bytes + 8 * LOOK, 0); /* what is not looked at */
    trace_close(open_bytes(bytes, sizeof bytes, TRACE_AUTO));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(champsim_instructions),  cmocka_unit_test(champsim_truncated),
        cmocka_unit_test(champsim_corrupt),       cmocka_unit_test(raw64_words),
        cmocka_unit_test(formats_are_told_apart), cmocka_unit_test(raw64_is_told_by_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

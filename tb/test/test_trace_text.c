// SPDX-License-Identifier: Apache-2.0
/* The text formats: lackey and Dinero. */
#include "test_trace.h"

static void lackey_lines(void **state)
{
    (void)state;
    struct trace *t = open_text("==12== Lackey, an example Valgrind tool\n"
                                "==12== \n"
                                "I  0401ab70,3\n"
                                " L 1fff000678,8\n"
                                " S 04222cac,4\n"
                                "--12-- a warning\n"
                                "**12** what the client printed\n"
                                " M ffffffff81000000,1\n"
                                "I  7FFFDEADBEEF0,64\n"
                                "==12== Exit code:       0\n",
                                TRACE_AUTO);
    assert_int_equal(trace_format(t), TRACE_LACKEY);
    assert_int_equal(trace_compression(t), TRACE_PLAIN);
    assert_int_equal(trace_count(t), 0);
    assert_record(t, TRACE_FETCH, 0x0401ab70, 3);
    assert_record(t, TRACE_LOAD, 0x1fff000678, 8);
    assert_record(t, TRACE_STORE, 0x04222cac, 4);
    assert_record(t, TRACE_MODIFY, 0xffffffff81000000, 1);
    assert_record(t, TRACE_FETCH, 0x7fffdeadbeef0, 64);
    assert_end(t);
}

static void lackey_large_access_is_split(void **state)
{
    (void)state;
    struct trace *t = open_text(" S 1000,150\n L 20,8\n S ffffffffffffffc0,65\n", TRACE_AUTO);
    assert_record(t, TRACE_STORE, 0x1000, 64);
    assert_record(t, TRACE_STORE, 0x1040, 64);
    assert_record(t, TRACE_STORE, 0x1080, 22);
    assert_record(t, TRACE_LOAD, 0x20, 8);
    assert_record(t, TRACE_STORE, 0xffffffffffffffc0, 64);
    assert_record(t, TRACE_STORE, 0, 1);
    assert_end(t);
}

static void lackey_bad_lines(void **state)
{
    (void)state;
    static const char wrong_line[] =
        "mem:2: not a line of lackey's, which are like ' L 04222cac,8'";
    static const char wrong_address[] =
        "mem:2: wrong address, where 1 to 16 hexadecimal digits and a comma are wanted";
    static const char wrong_size[] = "mem:2: wrong size, where 1 to 4096 is wanted";
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"I  10,4\nhello\n", wrong_line},
        {"I  10,4\n\n", wrong_line},
        {"I  10,4\n X 10,4\n", wrong_line},
        {"I  10,4\nI 10,4\n", wrong_line},
        {"I  10,4\nL  10,4\n", wrong_line},
        {"I  10,4\n=\n", wrong_line},
        {"I  10,4\n L ,4\n", wrong_address},
        {"I  10,4\n L 10\n", wrong_address},
        {"I  10,4\n L 10 4\n", wrong_address},
        {"I  10,4\n L 1x0,4\n", wrong_address},
        {"I  10,4\n L 12345678123456781,4\n", wrong_address},
        {"I  10,4\n L 10,\n", wrong_size},
        {"I  10,4\n L 10,0\n", wrong_size},
        {"I  10,4\n L 10,4097\n", wrong_size},
        {"I  10,4\n L 10,99999999999999999999\n", wrong_size},
        {"I  10,4\n L 10,-1\n", wrong_size},
        {"I  10,4\n L 10,4 \n", wrong_size},
        {"I  10,4\n L 10,4", "mem:2: truncated: the last line has no end"},
        {"I  10,4\n L", "mem:2: truncated: the last line has no end"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_error(open_text(cases[i].text, TRACE_LACKEY), 1, cases[i].error);
}

static void lackey_without_references(void **state)
{
    (void)state;
    assert_error(open_text("==1== Lackey\n==1== Exit code: 1\n", TRACE_AUTO), 0,
                 "mem: no reference in it; a lackey trace holds at least one");
}

static void lackey_long_lines(void **state)
{
    (void)state;
    enum { LONG = 60000, TOO_LONG = 70000 };
    char *text = malloc(TOO_LONG + 16);
    assert_non_null(text);
    memset(text, '=', LONG);
    strcpy(text + LONG, "\nI  10,4\n");
    struct trace *t = open_text(text, TRACE_AUTO);
    assert_record(t, TRACE_FETCH, 0x10, 4);
    assert_end(t);

    memset(text, '=', TOO_LONG);
    strcpy(text + TOO_LONG, "\nI  10,4\n");
    assert_error(open_text(text, TRACE_AUTO), 0,
                 "mem:1: a line longer than 65536 bytes: not a text trace");
    free(text);
}

static void dinero_lines(void **state)
{
    (void)state;
    struct trace *t = open_text("2 430d70\n"
                                "0 7fff00a2a8\n"
                                "\n"
                                "  1\t0xFFFFFFFFFFFFFFF8  what else is here\r\n"
                                "0 0\n",
                                TRACE_AUTO);
    assert_int_equal(trace_format(t), TRACE_DINERO);
    assert_record(t, TRACE_FETCH, 0x430d70, 0);
    assert_record(t, TRACE_LOAD, 0x7fff00a2a8, 0);
    assert_record(t, TRACE_STORE, 0xfffffffffffffff8, 0);
    assert_record(t, TRACE_LOAD, 0, 0);
    assert_end(t);
}

static void dinero_bad_lines(void **state)
{
    (void)state;
    static const char wrong_label[] =
        "mem:2: wrong label, where 0 (read), 1 (write) or 2 (fetch) is wanted";
    static const char wrong_address[] =
        "mem:2: wrong address, where 1 to 16 hexadecimal digits are wanted";
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"0 10\n3 10\n", wrong_label},
        {"0 10\nread 10\n", wrong_label},
        {"0 10\n010\n", wrong_label},
        {"0 10\n0\n", wrong_label},
        {"0 10\n0 \n", wrong_address},
        {"0 10\n0 g\n", wrong_address},
        {"0 10\n0 0x\n", wrong_address},
        {"0 10\n0 10,4\n", wrong_address},
        {"0 10\n0 12345678123456781\n", wrong_address},
        {"0 10\n0 10", "mem:2: truncated: the last line has no end"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_error(open_text(cases[i].text, TRACE_DINERO), 1, cases[i].error);
    assert_error(open_text("\n\n", TRACE_DINERO), 0,
                 "mem: no reference in it; a dinero trace holds at least one");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lackey_lines),      cmocka_unit_test(lackey_large_access_is_split),
        cmocka_unit_test(lackey_bad_lines),  cmocka_unit_test(lackey_without_references),
        cmocka_unit_test(lackey_long_lines), cmocka_unit_test(dinero_lines),
        cmocka_unit_test(dinero_bad_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

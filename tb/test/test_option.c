// SPDX-License-Identifier: Apache-2.0
/* The arguments of options: what numbers, names and lists are taken for, and that what is none of
 * them is one line and the status of bad input. */
#include "cmd.h"
#include "command_bench.h"
#include "option.h"

static const char *const names[] = {"near", NULL, "far", "all"};

enum key { KEY_NUMBER = 256, KEY_NAME, KEY_NAMES, KEY_FROM, KEY_TO };

struct wave {
    bool named;
    uint64_t from, to;
};

/* Prints what it takes an argument for. */
static error_t parse(int key, char *text, struct argp_state *state)
{
    struct wave *wave = state->input;

    switch (key) {
    case KEY_NUMBER:
        printf("%ju\n", (uintmax_t)option_number(state, "number", text, 2, 300));
        return 0;
    case KEY_NAME:
        printf("%u\n", option_name(state, "name", text, names, 4));
        return 0;
    case KEY_NAMES:
        printf("%u\n", option_names(state, "names", text, names, 4));
        return 0;
    case KEY_FROM:
        wave->from = option_number(state, "wave-from", text, 0, UINT64_MAX);
        return 0;
    case KEY_TO:
        wave->to = option_number(state, "wave-to", text, 0, UINT64_MAX);
        return 0;
    case 'w':
        wave->named = true;
        return 0;
    case ARGP_KEY_END:
        option_check_wave(state, wave->named ? "file" : NULL, wave->from, wave->to);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int command(int argc, char **argv)
{
    static const struct argp_option options[] = {
        {"number", KEY_NUMBER, "N", 0, 0, 0},
        {"name", KEY_NAME, "NAME", 0, 0, 0},
        {"names", KEY_NAMES, "LIST", 0, 0, 0},
        {"wave-from", KEY_FROM, "N", 0, 0, 0},
        {"wave-to", KEY_TO, "N", 0, 0, 0},
        {"wave", 'w', 0, 0, 0, 0},
        {0},
    };
    const struct argp argp = {.options = options, .parser = parse};
    struct wave wave = {.to = UINT64_MAX};

    option_parse(&argp, argc, argv, &wave);
    return CMD_AGREE;
}

/* Status and all that it prints. */
static void says(const char *line, enum cmd_exit status, const char *expected)
{
    char text[1000];

    int found = command_run(command, "rvmmu-tb some", line, "", text, sizeof text);
    if (found != (int)status || strcmp(text, expected))
        fail_msg("%s: status %d, '%s'", line, found, text);
}

static void numbers_are_decimal_or_hexadecimal(void **state)
{
    static const char *const bad[] = {"1",  "301", "-2",  "+2",  "2k",
                                      "0x", "x2",  "0xg", "2.0", "18446744073709551618"};
    char line[100], expected[200];

    (void)state;
    says("--number 2", CMD_AGREE, "2\n");
    says("--number 300", CMD_AGREE, "300\n");
    says("--number 010", CMD_AGREE, "10\n");
    says("--number 0xfF", CMD_AGREE, "255\n");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(line, sizeof line, "--number %s", bad[i]);
        snprintf(expected, sizeof expected,
                 "rvmmu-tb some: --number %s: a number from 2 to 300 is wanted\n", bad[i]);
        says(line, CMD_BAD_INPUT, expected);
    }
    says("--wave-to 18446744073709551616", CMD_BAD_INPUT,
         "rvmmu-tb some: --wave-to 18446744073709551616: a number from 0 to "
         "18446744073709551615 is wanted\n");
    says("--number=", CMD_BAD_INPUT,
         "rvmmu-tb some: --number : a number from 2 to 300 is wanted\n");
}

static void names_are_whole(void **state)
{
    (void)state;
    says("--name near", CMD_AGREE, "0\n");
    says("--name all", CMD_AGREE, "3\n");
    says("--name fa", CMD_BAD_INPUT, "rvmmu-tb some: --name fa: near, far or all is wanted\n");
    says("--name farther", CMD_BAD_INPUT,
         "rvmmu-tb some: --name farther: near, far or all is wanted\n");
}

static void lists_have_commas(void **state)
{
    (void)state;
    says("--names far", CMD_AGREE, "4\n");
    says("--names all,near,all", CMD_AGREE, "9\n");
    says("--names near,,all", CMD_BAD_INPUT,
         "rvmmu-tb some: --names : near, far or all is wanted\n");
    says("--names near,", CMD_BAD_INPUT, "rvmmu-tb some: --names : near, far or all is wanted\n");
    says("--names near,farfarfarfarfarfarfarfarfarfarfar", CMD_BAD_INPUT,
         "rvmmu-tb some: --names farfarfarfarfarfarfarfarfarfarf: near, far or all is wanted\n");
}

static void waves_have_a_file_and_an_order(void **state)
{
    (void)state;
    says("--wave --wave-from=3 --wave-to=3", CMD_AGREE, "");
    says("--wave --wave-from=4 --wave-to=3", CMD_BAD_INPUT,
         "rvmmu-tb some: --wave-from 4 comes after --wave-to 3\n");
    says("--wave-from=4", CMD_BAD_INPUT,
         "rvmmu-tb some: --wave-from and --wave-to need --wave FILE\n");
    says("--wave-to=4", CMD_BAD_INPUT,
         "rvmmu-tb some: --wave-from and --wave-to need --wave FILE\n");
}

static void what_argp_finds_is_bad_input_too(void **state)
{
    char text[1000];

    (void)state;
    assert_int_equal(command_run(command, "rvmmu-tb some", "--nothing", "", text, sizeof text),
                     CMD_BAD_INPUT);
    assert_non_null(strstr(text, "rvmmu-tb some: unrecognized option '--nothing'\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_decimal_or_hexadecimal),
        cmocka_unit_test(names_are_whole),
        cmocka_unit_test(lists_have_commas),
        cmocka_unit_test(waves_have_a_file_and_an_order),
        cmocka_unit_test(what_argp_finds_is_bad_input_too),
    };
    return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}

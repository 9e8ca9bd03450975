// SPDX-License-Identifier: Apache-2.0
/* A design behind a serial line: it does what the same design does that is simulated, cycle for
 * cycle, whatever the line does to the bytes; and a line that fails for good is one clear line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dut.h"
#include "fake_board.h"
#include "uart_twins.h"

/* For an answer: longer than any takes; long enough for most that come at all; and so short that
 * the next try comes soon. */
#define LONG_MS  5000
#define USUAL_MS 100
#define SHORT_MS 10

/* ---- Opening. */

static _Noreturn void never(void *user, const char *why)
{
    (void)user;
    fail_msg("the line failed: %s", why);
    abort();
}

static struct dut_uart patient(const char *path)
{
    return (struct dut_uart){.path = path, .baud = 1000000, .wait_ms = LONG_MS, .failed = never};
}

/* Opening such a board fails, and says this. */
static void opening_says(const struct board_options *options, const char *says)
{
    char path[64], error[600] = "", expected[700];
    pid_t board = board_start(options, path);
    struct dut_uart uart = patient(path);

    assert_true(board > 0);
    uart.wait_ms = USUAL_MS;
    uart.tries = 3;
    assert_null(dut_open_uart(&uart, error, sizeof error));
    snprintf(expected, sizeof expected, "uart:%s: %s", path, says);
    assert_string_equal(error, expected);
    board_stop(board);
}

static void a_board_that_cannot_be_used_is_refused(void **state)
{
    static const struct {
        enum board_fault fault;
        const char *says;
    } rows[] = {
        {BOARD_SILENT,
         "no answer to 3 tries at 1000000 baud: is the board on, and is it this line?"},
        {BOARD_GARBAGE,
         "no answer to 3 tries at 1000000 baud, but 240 bytes that are none: is the rate right?"},
        {BOARD_VERSION, "the board speaks version 2 of the protocol, not 1"},
        {BOARD_SHORT_IDENTITY, "malformed answer: 65 bytes where 67 are due"},
        {BOARD_IMPOSSIBLE,
         "the board cannot be built so: 'TagWidth=7': TagWidth must be a whole number from 1 to 6"},
        {BOARD_LINE, "the board is built with MemoryLine, which no line carries"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct board_options options = {.preset = "tiny", .fault = rows[i].fault};
        opening_says(&options, rows[i].says);
    }
}

/* A preset of tiny's values but for these lines. */
static void write_preset(const char *path, const char *lines)
{
    char line[200];
    FILE *from = fopen(RVMMU_ROOT "/sim/presets/tiny.preset", "r"), *to = fopen(path, "w");

    assert_true(from && to);
    while (fgets(line, sizeof line, from))
        fputs(line, to);
    fputs(lines, to);
    assert_int_equal(fclose(from) | fclose(to), 0);
}

static void the_board_is_compared_with_the_preset(void **state)
{
    static const struct {
        const char *lines, *says;
    } rows[] = {
        {"", NULL},
        {"L2Sets=4096\nL2Register=1\nL1Sets=4\n", NULL}, /* of which it has neither */
        {"DataEntries=8\nWalkers=2\n",
         "the board is not 'differs': DataEntries=4, not 8; Walkers=1, not 2"},
        {"L2Ways=1\nL2Sets=32\n", "the board is not 'differs': L2Ways=0, not 1; L2Sets=64, not 32"},
        {"Walkers=0\n", "Walkers must be a whole number from 1 to 8"},
    };
    const struct board_options options = {.preset = "tiny"};
    char folder[] = "/tmp/rvmmu-uart-XXXXXX", preset[64], path[64], error[600];
    pid_t board = board_start(&options, path);

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(preset, sizeof preset, "%s/differs.preset", folder);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dut_uart uart = patient(path);
        write_preset(preset, rows[i].lines);
        uart.preset = preset;
        struct dut *dut = dut_open_uart(&uart, error, sizeof error);
        assert_int_equal(dut != NULL, !rows[i].says);
        if (dut)
            assert_int_equal(dut_parameters(dut)->entries[DUT_DATA], 4);
        else if (!strstr(error, rows[i].says))
            fail_msg("'%s' is not in: %s", rows[i].says, error);
        dut_close(dut);
    }
    unlink(preset);
    rmdir(folder);
    board_stop(board);
}

static void what_is_no_serial_port_is_refused(void **state)
{
    const struct board_options options = {.preset = "tiny"};
    char path[64], error[600];
    struct dut_uart uart = patient("/nowhere/tty");

    (void)state;
    assert_null(dut_open_uart(&uart, error, sizeof error));
    assert_string_equal(error, "uart:/nowhere/tty: No such file or directory");
    uart.path = "/dev/null";
    assert_null(dut_open_uart(&uart, error, sizeof error));
    assert_string_equal(error, "uart:/dev/null: not a serial port");
    uart.baud = 31250;
    assert_null(dut_open_uart(&uart, error, sizeof error));
    assert_non_null(strstr(error, ": 31250 baud is no rate of a serial port; there are 9600 "));
    pid_t board = board_start(&options, path);
    uart = patient(path);
    struct dut *dut = dut_open_uart(&uart, error, sizeof error);
    assert_non_null(dut);
    struct dut_uart second = patient(path);
    assert_null(dut_open_uart(&second, error, sizeof error));
    assert_non_null(strstr(error, ": in use by another program"));
    dut_close(dut);
    board_stop(board);
}

/* ---- Failing later: the caller's function has the line. */

static jmp_buf failed_here;
static char failed_why[600];

static void note_failure(void *user, const char *why)
{
    (void)user;
    snprintf(failed_why, sizeof failed_why, "%s", why);
    longjmp(failed_here, 1);
}

/* Steps a design of that fault until the line fails; what it says behind the line's name. */
static const char *failure_of(enum board_fault fault)
{
    const struct board_options options = {.preset = "tiny", .fault = fault, .after = 20};
    char path[64], error[600];
    pid_t board = board_start(&options, path);
    struct dut_uart uart = patient(path);

    uart.wait_ms = USUAL_MS;
    uart.tries = 3;
    uart.failed = note_failure;
    struct dut *dut = dut_open_uart(&uart, error, sizeof error);
    assert_non_null(dut);
    const struct dut_context context = {.satp = 0x80000000};
    dut_set_context(dut, &context);
    if (setjmp(failed_here) == 0)
        for (unsigned tag = 0;; tag++) {
            const struct dut_request request = {.tag = tag % 4, .size = 4, .privilege = MMU_S};
            assert_true(tag < 1000);
            dut_submit(dut, DUT_FETCH, &request);
            dut_step(dut);
        }
    dut_close(dut);
    board_stop(board);
    assert_memory_equal(failed_why, "uart:", 5);
    return strchr(failed_why + 5, ':') + 2;
}

static void a_line_that_fails_says_why(void **state)
{
    (void)state;
    assert_string_equal(failure_of(BOARD_SILENT), "no answer to 3 tries at 1000000 baud: is the "
                                                  "board on, and is it this line?");
    assert_string_equal(failure_of(BOARD_GARBAGE), "no answer to 3 tries at 1000000 baud, but 240 "
                                                   "bytes that are none: is the rate right?");
    assert_string_equal(failure_of(BOARD_HANGS_UP), "the line is gone");
    assert_string_equal(failure_of(BOARD_SHORT_OUTPUTS),
                        "malformed answer: 69 bytes where 70 are due");
    assert_string_equal(failure_of(BOARD_WRONG_TAG), "malformed answer: a tag that no request has");
    assert_string_equal(failure_of(BOARD_WRONG_WALKER),
                        "malformed answer: a memory request of a walker that there is not");
}

/* ---- What goes over the line. */

/* So many questions of so many bytes in all, since the counts `from`. */
static void sent(const struct dut_uart *uart, struct dut_uart_counts *from, uint64_t questions,
                 uint64_t payload)
{
    assert_int_equal(uart->counts.questions - from->questions, questions);
    assert_int_equal(uart->counts.bytes_sent - from->bytes_sent,
                     payload + questions * DUT_FRAME_OVERHEAD);
    assert_int_equal(uart->counts.bytes_received - from->bytes_received,
                     questions * (70 + DUT_FRAME_OVERHEAD));
    *from = uart->counts;
}

static void only_what_changed_is_sent(void **state)
{
    const struct board_options options = {.preset = "tiny"};
    const struct dut_fence fence = {.op = DUT_SFENCE_VMA};
    struct dut_context context = {.satp = 0};
    const struct dut_request request = {.size = 4, .access = MMU_LOAD, .privilege = MMU_S};
    struct dut_response response;
    char path[64], error[600];
    pid_t board = board_start(&options, path);
    struct dut_uart uart = patient(path);
    struct dut *dut = dut_open_uart(&uart, error, sizeof error);

    (void)state;
    assert_non_null(dut);
    struct dut_uart_counts counts = uart.counts;
    dut_step(dut); /* all that is loaded, once after a reset */
    sent(&uart, &counts, 1, 72);
    dut_step(dut);
    sent(&uart, &counts, 1, 24);
    dut_set_context(dut, &context); /* the same */
    dut_step(dut);
    sent(&uart, &counts, 1, 24);
    context.sum = true;
    dut_set_context(dut, &context);
    assert_true(dut_submit(dut, DUT_DATA, &request));
    dut_step(dut);
    sent(&uart, &counts, 1, 72);
    assert_true(dut_poll(dut, DUT_DATA, &response));
    dut_fence(dut, &fence); /* its answer is looked at */
    sent(&uart, &counts, 1, 48);
    dut_step(dut);
    sent(&uart, &counts, 1, 24);
    dut_kill(dut, DUT_DATA, 2);
    sent(&uart, &counts, 1, 48);
    dut_set_context(dut, &(struct dut_context){0});
    dut_step(dut);
    sent(&uart, &counts, 1, 72);
    dut_reset(dut);
    sent(&uart, &counts, 1, 3);
    dut_close(dut);
    board_stop(board);
}

/* ---- The same as the design that is simulated. */

/* How the two differ in so many cycles, or null. */
static const char *twins_differ(const struct board_options *options, uint64_t cycles,
                                struct dut_uart_counts *counts)
{
    char path[64], error[600];
    pid_t board = board_start(options, path);
    struct dut_uart uart = patient(path);
    bool noisy = options->drop || options->corrupt || options->duplicate;

    uart.wait_ms = noisy || options->fault == BOARD_LATE ? SHORT_MS : LONG_MS;
    uart.tries = 100;
    struct dut *wired = dut_open_uart(&uart, error, sizeof error);
    struct dut *simulated = dut_open(options->preset, NULL, 0, DUT_WAVE_NONE, error, sizeof error);

    assert_non_null(wired);
    assert_non_null(simulated);
    const char *difference = twins_run(simulated, wired, 1, cycles);
    dut_close(simulated);
    dut_close(wired);
    board_stop(board);
    *counts = uart.counts;
    return difference;
}

static void the_wired_twin_is_the_same_cycle_for_cycle(void **state)
{
    static const char *const presets[] = {"tiny", "every32", "every64"};
    struct dut_uart_counts counts;

    (void)state;
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        const struct board_options options = {.preset = presets[i]};
        const char *difference = twins_differ(&options, 3000, &counts);
        if (difference)
            fail_msg("%s: %s", presets[i], difference);
        assert_int_equal(counts.repeated, 0);
    }
}

static void noise_on_the_line_changes_nothing(void **state)
{
    static const struct board_options rows[] = {
        {.preset = "every32", .drop = 300},
        {.preset = "every32", .corrupt = 300},
        {.preset = "every32", .duplicate = 300},
        {.preset = "every32", .drop = 20, .corrupt = 20, .duplicate = 20},
        {.preset = "every32", .drop = 1000, .corrupt = 1000, .duplicate = 1000},
        {.preset = "every32", .fault = BOARD_OLD_ANSWERS, .after = 1},
        {.preset = "every32", .fault = BOARD_LATE, .after = 1},
    };
    struct dut_uart_counts counts;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool heavy = rows[i].drop == 1000 || rows[i].fault == BOARD_LATE;
        const char *difference = twins_differ(&rows[i], heavy ? 100 : 500, &counts);
        if (difference)
            fail_msg("row %zu: %s", i, difference);
        if (rows[i].fault != BOARD_OLD_ANSWERS)
            assert_in_range(counts.repeated, 3, counts.questions);
    }
}

/* What the comparison is worth: boards that are wrong in one way are found to be. */
static void boards_that_are_wrong_are_found_out(void **state)
{
    static const struct board_options rows[] = {
        {.preset = "every32", .fault = BOARD_REPEATS, .drop = 300},
        {.preset = "every32", .fault = BOARD_NO_CRC, .corrupt = 1000},
        {.preset = "every32", .fault = BOARD_KEEPS_KILLS},
        {.preset = "every32", .fault = BOARD_LOSES_CONTEXT},
        {.preset = "every32", .fault = BOARD_FORGETS_EVENTS},
        {.preset = "every32", .fault = BOARD_OLD_PMP},
    };
    struct dut_uart_counts counts;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!twins_differ(&rows[i], 3000, &counts))
            fail_msg("row %zu: no difference is found", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_board_that_cannot_be_used_is_refused),
        cmocka_unit_test(the_board_is_compared_with_the_preset),
        cmocka_unit_test(what_is_no_serial_port_is_refused),
        cmocka_unit_test(a_line_that_fails_says_why),
        cmocka_unit_test(only_what_changed_is_sent),
        cmocka_unit_test(the_wired_twin_is_the_same_cycle_for_cycle),
        cmocka_unit_test(noise_on_the_line_changes_nothing),
        cmocka_unit_test(boards_that_are_wrong_are_found_out),
    };
    return cmocka_run_group_tests_name("dut-uart", tests, NULL, NULL);
}

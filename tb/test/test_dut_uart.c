// SPDX-License-Identifier: Apache-2.0
/* A design behind a serial line: it does what the same design does that is simulated, cycle for
 * cycle, whatever the line does to the bytes; and a line that fails for good is one clear line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd.h"
#include "dut.h"
#include "fake_board.h"
#include "uart_twins.h"

/* For an answer: longer than any takes; long enough for most that come at all; and so short that
 * the next try comes soon. */
#define LONG_MS  5000
#define USUAL_MS 100
#define SHORT_MS 10

/* ---- Frames. */

static void crc_is_the_standard_one(void **state)
{
    (void)state;
    assert_int_equal(dut_frame_crc((const uint8_t *)"123456789", 9), 0x29B1);
}

/* Gives the receiver all bytes; what it makes of them, and how many frames. */
static unsigned receive_all(const uint8_t *bytes, size_t count, struct dut_frame *last)
{
    struct dut_frame_receiver receiver = {0};
    unsigned frames = 0;

    for (size_t i = 0; i < count; i++)
        frames += dut_frame_receive(&receiver, bytes[i], last);
    return frames;
}

static void frames_come_out_as_they_went_in(void **state)
{
    (void)state;
    for (unsigned length = 0; length <= DUT_FRAME_PAYLOAD; length++) {
        struct dut_frame frame = {(uint8_t)length, (uint8_t)(length * 7), 0x84, {0}}, last;
        uint8_t bytes[DUT_FRAME_MOST];

        for (unsigned i = 0; i < length; i++)
            frame.payload[i] = DUT_FRAME_START;
        size_t count = dut_frame_encode(&frame, bytes);
        assert_int_equal(count, length + DUT_FRAME_OVERHEAD);
        assert_int_equal(receive_all(bytes, count, &last), 1);
        assert_int_equal(last.length, length);
        assert_int_equal(last.sequence, frame.sequence);
        assert_int_equal(last.kind, frame.kind);
        assert_memory_equal(last.payload, frame.payload, length);
    }
}

/* No good frame is lost behind one that has lost or gained a byte or has one changed, though it may
 * be found only when as many bytes have come as the bad one's length says. */
static void good_frames_are_found_behind_bad_ones(void **state)
{
    struct dut_frame bad = {24, 1, 3, {1, 2, DUT_FRAME_START, 4}}, good = {9, 2, 4, {7}}, last;
    uint8_t bytes[40 * DUT_FRAME_MOST];
    size_t whole = dut_frame_encode(&bad, bytes);

    (void)state;
    for (unsigned way = 0; way < 3; way++)
        for (size_t at = 0; at < whole; at++) {
            size_t count = dut_frame_encode(&bad, bytes);
            if (way == 0) {
                memmove(bytes + at, bytes + at + 1, --count - at);
            } else if (way == 1) {
                memmove(bytes + at + 1, bytes + at, count++ - at);
            } else {
                bytes[at] ^= 0x81;
            }
            size_t bad_end = count;
            while (count < bad_end + DUT_FRAME_MOST)
                count += dut_frame_encode(&good, bytes + count);
            size_t frames = (count - bad_end) / (9 + DUT_FRAME_OVERHEAD);
            /* Where the start or the last byte is double, the frame is a good one. */
            bool unharmed = way == 1 && (at == 0 || at == whole - 1);
            assert_int_equal(receive_all(bytes, count, &last), frames + unharmed);
            assert_int_equal(last.sequence, 2);
            assert_int_equal(last.payload[0], 7);
        }
}

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

/* ---- Commands. */

struct result {
    int status;
    char text[65536]; /* standard output and error */
};

/* Runs a command, with its words given as one line in which @ is the board, in a child. */
static void run_command(int (*command)(int argc, char **argv), const char *line, const char *path,
                        struct result *result)
{
    char words[512], *argv[40];
    int argc = 1, ends[2], at = (int)strcspn(line, "@");

    snprintf(words, sizeof words, "%.*s", at, line);
    if (line[at])
        snprintf(words + at, sizeof words - (size_t)at, "uart:%s%s", path, line + at + 1);
    argv[0] = "rvmmu-tb command";
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        exit(command(argc, argv));
    }
    close(ends[1]);
    size_t used = 0;
    for (ssize_t got = 1; got > 0; used += got > 0 ? (size_t)got : 0)
        got = read(ends[0], result->text + used, sizeof result->text - 1 - used);
    result->text[used] = 0;
    close(ends[0]);
    waitpid(child, &result->status, 0);
    assert_true(WIFEXITED(result->status));
    result->status = WEXITSTATUS(result->status);
}

/* The command ends with that status, and says that. */
static void command_says(int (*command)(int argc, char **argv), const char *line,
                         const struct board_options *options, int status, const char *says)
{
    char path[64];
    pid_t board = board_start(options, path);
    struct result result;

    run_command(command, line, path, &result);
    board_stop(board);
    if (result.status != status || !strstr(result.text, says))
        fail_msg("%s: status %d, '%s'", line, result.status, result.text);
}

static void commands_agree_over_the_line(void **state)
{
    const struct board_options tiny = {.preset = "tiny"};
    const char *vectors = "--dut @ --limit 500 " RVMMU_ROOT "/sim/vectors/rsvd.txt.xz";
    const char *run = "--dut @ --preset tiny --fold --limit 500 --frames 20% " RVMMU_ROOT
                      "/sim/traces/sort.rvt.xz";

    (void)state;
    command_says(cmd_vectors, vectors, &tiny, CMD_AGREE,
                 "total: 120 of 120 agree; without fences 480 of 480;");
    command_says(cmd_random, "--dut @ --seed 5 --count 500", &tiny, CMD_AGREE,
                 " answers are legal\n");
    command_says(cmd_run, run, &tiny, CMD_AGREE, " agree with the reference model\n");
}

static void commands_find_a_wrong_board(void **state)
{
    const struct board_options wrong = {.preset = "tiny", .fault = BOARD_LOSES_CONTEXT};

    (void)state;
    command_says(cmd_random, "--dut @ --count 2000 --no-shrink", &wrong, CMD_DISAGREE,
                 "replay: rvmmu-tb random --dut uart:/dev/pts/");
    command_says(cmd_vectors, "--dut @ " RVMMU_ROOT "/sim/vectors/rsvd.txt.xz", &wrong,
                 CMD_DISAGREE, "without fences");
}

static void commands_end_with_the_line(void **state)
{
    const struct board_options gone = {.preset = "tiny", .fault = BOARD_HANGS_UP, .after = 500};
    const struct board_options sound = {.preset = "tiny"};

    (void)state;
    command_says(cmd_random, "--dut @ --count 2000", &gone, CMD_BAD_INPUT, ": the line is gone\n");
    command_says(cmd_vectors, "--dut @ " RVMMU_ROOT "/sim/vectors/rsvd.txt.xz", &gone,
                 CMD_BAD_INPUT, ": the line is gone\n");
    command_says(cmd_run, "--dut @ --fold " RVMMU_ROOT "/sim/traces/sort.rvt.xz", &gone,
                 CMD_BAD_INPUT, ": the line is gone\n");
    command_says(cmd_cover, "--dut @", &gone, CMD_BAD_INPUT, ": the line is gone\n");
    command_says(cmd_random, "--dut @ --preset small", &sound, CMD_BAD_INPUT,
                 ": the board is not 'small': Xlen=32, not 64; ");
}

static void what_does_not_go_with_a_line_is_refused(void **state)
{
    static const struct {
        int (*command)(int argc, char **argv);
        const char *line, *says;
    } rows[] = {
        {cmd_random, "--dut @ --set Walkers=2",
         "command: --set does not go with --dut: the board is as it was built\n"},
        {cmd_random, "--dut @ --wave x.fst", "command: no waves come over the line of --dut\n"},
        {cmd_run, "--dut @ --wave-on-mismatch x",
         "command: no waves come over the line of --dut\n"},
        {cmd_vectors, "--dut @ --on model x", "command: --dut is for --on rtl\n"},
        {cmd_cover, "--dut @ --baud fast",
         "command: --baud fast: a number from 1 to 100000000 is wanted\n"},
        {cmd_cover, "--dut @ --baud 1234", ": 1234 baud is no rate of a serial port;"},
        {cmd_vectors, "--dut com3 x",
         "command: --dut com3: uart:DEVICE is wanted, as in uart:/dev/ttyUSB0\n"},
        {cmd_vectors, "--dut uart: x", "command: --dut uart:: uart:DEVICE is wanted"},
        {cmd_random, "--baud 9600", "command: --baud is for --dut\n"},
        {cmd_vectors, "--on model --limit 9 --answers x",
         "command: --limit does not go with --answers, which prints whole files\n"},
    };
    const struct board_options tiny = {.preset = "tiny"};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        command_says(rows[i].command, rows[i].line, &tiny, CMD_BAD_INPUT, rows[i].says);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crc_is_the_standard_one),
        cmocka_unit_test(frames_come_out_as_they_went_in),
        cmocka_unit_test(good_frames_are_found_behind_bad_ones),
        cmocka_unit_test(a_board_that_cannot_be_used_is_refused),
        cmocka_unit_test(the_board_is_compared_with_the_preset),
        cmocka_unit_test(what_is_no_serial_port_is_refused),
        cmocka_unit_test(a_line_that_fails_says_why),
        cmocka_unit_test(only_what_changed_is_sent),
        cmocka_unit_test(the_wired_twin_is_the_same_cycle_for_cycle),
        cmocka_unit_test(noise_on_the_line_changes_nothing),
        cmocka_unit_test(boards_that_are_wrong_are_found_out),
        cmocka_unit_test(commands_agree_over_the_line),
        cmocka_unit_test(commands_find_a_wrong_board),
        cmocka_unit_test(commands_end_with_the_line),
        cmocka_unit_test(what_does_not_go_with_a_line_is_refused),
    };
    return cmocka_run_group_tests_name("dut-uart", tests, NULL, NULL);
}

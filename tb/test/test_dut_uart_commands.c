// SPDX-License-Identifier: Apache-2.0
/* The commands with --dut: they agree with a sound board, find a wrong one, and end with the line.
 */
#include "cmd.h"
#include "command_bench.h"
#include "fake_board.h"

/* The command, with the board for @ in its line, ends with that status, and says that. */
static void command_says(int (*command)(int argc, char **argv), const char *line,
                         const struct board_options *options, int status, const char *says)
{
    char path[64], device[80], text[65536];
    pid_t board = board_start(options, path);

    snprintf(device, sizeof device, "uart:%s", path);
    int found = command_run(command, "rvmmu-tb command", line, device, text, sizeof text);
    board_stop(board);
    if (found != status || !strstr(text, says))
        fail_msg("%s: status %d, '%s'", line, found, text);
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
        cmocka_unit_test(commands_agree_over_the_line),
        cmocka_unit_test(commands_find_a_wrong_board),
        cmocka_unit_test(commands_end_with_the_line),
        cmocka_unit_test(what_does_not_go_with_a_line_is_refused),
    };
    return cmocka_run_group_tests_name("dut-uart-commands", tests, NULL, NULL);
}

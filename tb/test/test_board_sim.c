// SPDX-License-Identifier: Apache-2.0
/* The simulated board as a program: its terminal, its options, its end. */
#include "board_bench.h"
#include "dut_preset.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LINK "/tmp/board-sim-test.%d"

enum { REPLY_MS = 20000, SILENCE_MS = 300 };

struct program {
    pid_t pid;
    int terminal;
    char link[100];
};

/* Starts the program, and waits for the path that it prints. */
static void start(struct program *program, const char *option, const char *value)
{
    char path[5000], printed[100] = "";
    int out[2];

    snprintf(path, sizeof path, "%s/build/board-sim", dut_root());
    snprintf(program->link, sizeof program->link, LINK, getpid());
    assert_int_equal(pipe(out), 0);
    program->pid = fork();
    if (program->pid == 0) {
        dup2(out[1], STDOUT_FILENO);
        execl(path, path, "--preset", "tiny", "--link", program->link, option, value, (char *)0);
        _exit(127);
    }
    close(out[1]);
    FILE *stream = fdopen(out[0], "r");
    assert_non_null(stream);
    assert_non_null(fgets(printed, sizeof printed, stream));
    fclose(stream);
    assert_int_equal(strncmp(printed, "/dev/", 5), 0);
    program->terminal = open(program->link, O_RDWR | O_NOCTTY);
    assert_true(program->terminal >= 0);
}

/* Tells it to end, which it does cleanly: no error, no link left. */
static void stop(struct program *program)
{
    struct stat found;
    int status;

    close(program->terminal);
    kill(program->pid, SIGTERM);
    assert_int_equal(waitpid(program->pid, &status, 0), program->pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_not_equal(lstat(program->link, &found), 0);
}

/* Bytes that come until there are enough or none comes for so long. */
static size_t hear(const struct program *program, uint8_t *bytes, size_t enough, int ms)
{
    struct pollfd wait = {program->terminal, POLLIN, 0};
    size_t n = 0;

    while (n < enough && poll(&wait, 1, ms) == 1) {
        ssize_t got = read(program->terminal, bytes + n, enough - n);
        assert_true(got > 0);
        n += (size_t)got;
    }
    return n;
}

static size_t ask(const struct program *program, uint8_t sequence, uint8_t *reply, int ms)
{
    uint8_t frame[FRAME_MOST];
    size_t n = board_frame(frame, sequence, IDENTIFY, NULL, 0);

    assert_int_equal(write(program->terminal, frame, n), n);
    return hear(program, reply, IDENTITY_BYTES + FRAME_BYTES, ms);
}

static void it_answers_on_its_terminal(void **state)
{
    (void)state;
    struct program program;
    uint8_t reply[IDENTITY_BYTES + FRAME_BYTES];

    start(&program, "--seed", "1");
    for (uint8_t i = 0; i < 20; i++) {
        assert_int_equal(ask(&program, i, reply, REPLY_MS), sizeof reply);
        assert_int_equal(reply[2], i);
        assert_int_equal(board_get(reply + 4, 8, 16), 32); /* Xlen of tiny */
    }
    stop(&program);
}

static void part_of_a_frame_is_forgotten(void **state)
{
    (void)state;
    struct program program;
    uint8_t reply[IDENTITY_BYTES + FRAME_BYTES];

    start(&program, "--seed", "1");
    assert_int_equal(write(program.terminal, "\x7e\x30", 2), 2);
    assert_int_equal(hear(&program, reply, 1, SILENCE_MS), 0);
    assert_int_equal(ask(&program, 1, reply, REPLY_MS), sizeof reply);
    stop(&program);
}

static void all_is_lost_on_a_line_that_drops_all(void **state)
{
    (void)state;
    struct program program;
    uint8_t reply[IDENTITY_BYTES + FRAME_BYTES];

    start(&program, "--drop", "1000");
    assert_int_equal(ask(&program, 1, reply, SILENCE_MS), 0);
    stop(&program);
}

static void nothing_is_understood_on_a_line_that_corrupts_all(void **state)
{
    (void)state;
    struct program program;
    uint8_t reply[IDENTITY_BYTES + FRAME_BYTES];

    start(&program, "--corrupt", "1000");
    assert_int_equal(ask(&program, 1, reply, SILENCE_MS), 0);
    stop(&program);
}

/* Some frames pass, others do not: no byte is invented on the way. */
static void some_is_lost_on_a_line_that_drops_some(void **state)
{
    (void)state;
    struct program program;
    uint8_t reply[IDENTITY_BYTES + FRAME_BYTES];
    unsigned whole = 0, rounds = 40;

    start(&program, "--drop", "10");
    for (unsigned i = 0; i < rounds; i++)
        whole += ask(&program, (uint8_t)i, reply, SILENCE_MS) == sizeof reply;
    assert_in_range(whole, 1, rounds - 1);
    stop(&program);
}

/* Its parent here is a process that goes without a word. */
static void it_ends_with_its_parent(void **state)
{
    (void)state;
    struct program program;
    struct stat found;
    struct timespec pause = {0, 50000000};

    pid_t parent = fork();
    if (parent == 0) {
        start(&program, "--seed", "1");
        kill(getpid(), SIGKILL);
    }
    int status;
    assert_int_equal(waitpid(parent, &status, 0), parent);
    assert_true(WIFSIGNALED(status));
    snprintf(program.link, sizeof program.link, LINK, parent);
    for (int i = 0; i < 400 && lstat(program.link, &found) == 0; i++)
        nanosleep(&pause, NULL);
    assert_int_not_equal(lstat(program.link, &found), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_answers_on_its_terminal),
        cmocka_unit_test(part_of_a_frame_is_forgotten),
        cmocka_unit_test(all_is_lost_on_a_line_that_drops_all),
        cmocka_unit_test(nothing_is_understood_on_a_line_that_corrupts_all),
        cmocka_unit_test(some_is_lost_on_a_line_that_drops_some),
        cmocka_unit_test(it_ends_with_its_parent),
    };
    return cmocka_run_group_tests_name("board_sim", tests, NULL, NULL);
}

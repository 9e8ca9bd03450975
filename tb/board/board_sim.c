// SPDX-License-Identifier: Apache-2.0
/* board-sim: a simulated board whose serial line is a pseudo-terminal. */
#include "board_line.h"
#include "board_noise.h"
#include "option.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* Silence on the terminal, ms, that the board sees as one longer than it allows within a frame. */
enum { GAP_MS = 5 };

struct options {
    const char *preset, *link;
    struct board_noise noise;
};

struct terminal {
    int master, slave; /* the slave too, so that a host may come and go */
    char path[100];
};

static const struct argp_option argp_options[] = {
    {"preset", 'p', "NAME", 0, "the MMU on the board, of sim/presets (tiny)", 0},
    {"link", 'l', "PATH", 0, "a symbolic link to the terminal, as long as the board lives", 0},
    {"drop", 'd', "PERMILLE", 0, "bytes that the line loses, in both directions", 0},
    {"corrupt", 'c', "PERMILLE", 0, "bytes that the line changes, in both directions", 0},
    {"seed", 's', "N", 0, "of what is lost and changed (1)", 0},
    {0}};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;

    switch (key) {
    case 'p':
        options->preset = argument;
        return 0;
    case 'l':
        options->link = argument;
        return 0;
    case 'd':
        options->noise.drop_permille = (unsigned)option_number(state, "drop", argument, 0, 1000);
        return 0;
    case 'c':
        options->noise.corrupt_permille =
            (unsigned)option_number(state, "corrupt", argument, 0, 1000);
        return 0;
    case 's':
        options->noise.random = option_number(state, "seed", argument, 0, UINT64_MAX);
        return 0;
    case ARGP_KEY_ARG:
        option_bad(state, "'%s': this command takes options only", argument);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    argp_options,
    parse,
    NULL,
    "A simulated board whose serial line is a pseudo-terminal: prints the terminal's path, and "
    "serves whoever opens it until it is told to end, or whoever started it ends.",
    NULL,
    NULL,
    NULL};

/* Raw, as a host would set it, so that nothing is echoed to a board before it does. */
static bool open_terminal(struct terminal *terminal)
{
    struct termios raw = {.c_cflag = CS8 | CREAD | CLOCAL};

    cfmakeraw(&raw);
    return openpty(&terminal->master, &terminal->slave, terminal->path, &raw, NULL) == 0 &&
           fcntl(terminal->master, F_SETFL, O_NONBLOCK) == 0;
}

/* Replaces a link that an earlier board left, and nothing else. */
static bool make_link(const char *target, const char *path)
{
    struct stat found;

    if (lstat(path, &found) == 0 && S_ISLNK(found.st_mode))
        unlink(path);
    return symlink(target, path) == 0;
}

/* What tells the program to end, as a descriptor; also when its parent ends. */
static int open_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    return signalfd(-1, &set, 0);
}

/* Bytes from the terminal go to the board. */
static void pass_in(const struct terminal *terminal, struct board_line *line,
                    struct board_noise *noise)
{
    uint8_t bytes[256];
    ssize_t n = read(terminal->master, bytes, sizeof bytes);

    for (ssize_t i = 0; i < n; i++)
        if (board_noise_pass(noise, &bytes[i]))
            board_line_send(line, bytes[i]);
}

/* What the board sent goes to the terminal; what finds no room there is lost, as on a line. */
static void pass_out(const struct terminal *terminal, struct board_line *line,
                     struct board_noise *noise)
{
    uint8_t bytes[256];
    size_t n, kept;

    while ((n = board_line_receive(line, bytes, sizeof bytes)) > 0) {
        kept = 0;
        for (size_t i = 0; i < n; i++)
            if (board_noise_pass(noise, &bytes[i]))
                bytes[kept++] = bytes[i];
        if (write(terminal->master, bytes, kept) < 0 && errno != EAGAIN)
            return;
    }
}

/* Runs the board whenever the terminal has something for it, or its patience with part of a frame
 * is over; sleeps else. Until a signal comes. */
static void serve(const struct terminal *terminal, struct board_line *line,
                  struct board_noise *noise, int signals)
{
    struct pollfd wait[] = {{terminal->master, POLLIN, 0}, {signals, POLLIN, 0}};
    bool partial = false;

    for (;;) {
        int ready = poll(wait, 2, partial ? GAP_MS : -1);
        if (wait[1].revents || (ready < 0 && errno != EINTR))
            return;
        if (ready == 0)
            board_line_rest(line, board_line_gap(line));
        else
            pass_in(terminal, line, noise);
        partial = board_line_settle(line);
        pass_out(terminal, line, noise);
    }
}

int main(int argc, char **argv)
{
    struct options options = {.preset = "tiny", .noise = {.random = 1}};
    struct terminal terminal;
    char error[5000];
    pid_t parent = getppid();

    option_parse(&argp, argc, argv, &options);
    int signals = open_signals(); /* before Verilator may start threads */
    struct board_line *line = board_line_open(options.preset, error, sizeof error);
    if (!line) {
        fprintf(stderr, "board-sim: %s\n", error);
        return 2;
    }
    if (!open_terminal(&terminal) || (options.link && !make_link(terminal.path, options.link))) {
        fprintf(stderr, "board-sim: cannot make a terminal%s%s: %s\n", options.link ? " at " : "",
                options.link ? options.link : "", strerror(errno));
        return 2;
    }
    printf("%s\n", terminal.path);
    fflush(stdout);
    if (getppid() == parent)
        serve(&terminal, line, &options.noise, signals);
    if (options.link)
        unlink(options.link);
    board_line_close(line);
    return 0;
}

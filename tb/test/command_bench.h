// SPDX-License-Identifier: Apache-2.0
/* Runs a command of rvmmu-tb as a user calls it, for tests. */
#ifndef COMMAND_BENCH_H
#define COMMAND_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define COMMAND_WORDS 60

/* Runs it in a child, with its words given as one line, `at` in the place of each @: its exit
 * status, and in `text` what it prints, on standard output and error. */
static inline int command_run(int (*command)(int argc, char **argv), const char *name,
                              const char *line, const char *at, char *text, size_t size)
{
    char words[2000] = "", full[40], *argv[COMMAND_WORDS + 1] = {full};
    size_t used = 0;
    int argc = 1, ends[2], status;

    for (; *line; line++) {
        const char one[2] = {*line};
        used += (size_t)snprintf(words + used, sizeof words - used, "%s", *line == '@' ? at : one);
        assert_true(used < sizeof words);
    }
    snprintf(full, sizeof full, "%s", name);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        assert_true(argc < COMMAND_WORDS);
        argv[argc++] = word;
    }
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        status = command(argc, argv);
        fflush(NULL);
        _exit(status);
    }
    close(ends[1]);
    used = 0;
    for (ssize_t got = 1; got > 0; used += got > 0 ? (size_t)got : 0)
        got = read(ends[0], text + used, size - 1 - used);
    text[used] = 0;
    close(ends[0]);
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#endif

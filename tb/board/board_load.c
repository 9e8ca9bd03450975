// SPDX-License-Identifier: Apache-2.0
#include "board_load.h"

#include "dut_preset.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs make in a child, with what it prints in the log. Exit status of make. */
static int run_make(const char *target, const char *log, const char *option)
{
    pid_t child = fork();
    if (child == 0) {
        sigset_t none; /* whatever this program holds back ends a make */
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        int out = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        unsetenv("MAKEFLAGS"); /* this make is nobody's child */
        unsetenv("MAKELEVEL");
        unsetenv("MFLAGS");
        execlp("make", "make", "--no-print-directory", option, "-C", dut_root(), target, (char *)0);
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

/* Makes the target, one maker at a time. */
static bool make_library(const char *design, const char *target, char *error, size_t error_size)
{
    char folder[4200], log[4300], lock[4300];

    snprintf(folder, sizeof folder, "%s/build", dut_root());
    mkdir(folder, 0777);
    snprintf(folder, sizeof folder, "%s/build/board", dut_root());
    mkdir(folder, 0777);
    snprintf(log, sizeof log, "%s/%s.log", folder, design);
    snprintf(lock, sizeof lock, "%s/%s.lock", folder, design);
    int held = open(lock, O_WRONLY | O_CREAT, 0666); /* by make too, should this process go */
    if (held >= 0)
        flock(held, LOCK_EX);
    bool ok = run_make(target, log, "-q") == 0;
    if (!ok) {
        fprintf(stderr, "building the board '%s' with Verilator (once) ...\n", design);
        ok = run_make(target, log, "-s") == 0;
    }
    if (!ok)
        snprintf(error, error_size, "the board '%s' does not build: see %s", design, log);
    if (held >= 0)
        close(held);
    return ok;
}

const struct board_shim_ops *board_load(const char *design, char *error, size_t error_size)
{
    char target[200], path[4300];
    const struct board_shim_ops *(*get)(void) = NULL;

    if (strchr(design, '/') || strlen(design) > 60) {
        snprintf(error, error_size, "no such preset: %s", design);
        return NULL;
    }
    snprintf(target, sizeof target, "build/board/sim/%s/libboard.so", design);
    snprintf(path, sizeof path, "%s/%s", dut_root(), target);
    if (!make_library(design, target, error, error_size))
        return NULL;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library)
        *(void **)&get = dlsym(library, "board_shim_get");
    if (!get) {
        snprintf(error, error_size, "cannot load the board: %s", dlerror());
        return NULL;
    }
    return get();
}

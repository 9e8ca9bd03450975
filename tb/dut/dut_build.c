// SPDX-License-Identifier: Apache-2.0
#include "dut_build.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const wave_name[] = {"none", "fst", "vcd"};

/* The build's name: the preset, what was changed in it, the wave format. */
static void name_build(const struct dut_preset *preset, enum dut_wave wave, char *key, size_t size)
{
    size_t used = (size_t)snprintf(key, size, "%s", preset->name);
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        if (preset->changed[i] && used < size)
            used += (size_t)snprintf(key + used, size - used, "-%s%d", dut_preset_parameter(i),
                                     preset->value[i]);
    if (wave != DUT_WAVE_NONE && used < size)
        snprintf(key + used, size - used, "-%s", wave_name[wave]);
}

/* Runs make for the library in a child; standard output goes to the log. Exit status of make. */
static int run_make(const char *target, const char *parameters, const char *wave, const char *log,
                    bool question)
{
    pid_t child = fork();
    if (child == 0) {
        int out = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        unsetenv("MAKEFLAGS"); /* this make is nobody's child */
        unsetenv("MAKELEVEL");
        unsetenv("MFLAGS");
        execlp("make", "make", "--no-print-directory", question ? "-q" : "-s", "-C", dut_root(),
               target, parameters, wave, (char *)0);
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

/* The first line of the log that names an error. */
static void explain(const char *log, char *text, size_t size)
{
    char line[300];
    FILE *file = fopen(log, "r");
    snprintf(text, size, "see %.300s", log);
    while (file && fgets(line, sizeof line, file))
        if (strstr(line, "rror")) {
            line[strcspn(line, "\n")] = 0;
            snprintf(text, size, "%s (all of it in %.300s)", line, log);
            break;
        }
    if (file)
        fclose(file);
}

/* Whether the file holds exactly that text. */
static bool holds(const char *path, const char *text)
{
    char found[1024];
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(found, 1, sizeof found, file) : 0;

    if (file)
        fclose(file);
    return file && length == strlen(text) && !memcmp(found, text, length);
}

/* Another preset of the same name, in another folder or edited since, has the same key: what was
 * built of it goes, and the parameters of what is built are noted beside it. */
static void forget_other(const char *folder, const char *library, const char *parameters)
{
    char noted[5100];

    snprintf(noted, sizeof noted, "%s/parameters", folder);
    if (holds(noted, parameters))
        return;
    unlink(library);
    FILE *file = fopen(noted, "w");
    if (file) {
        fputs(parameters, file);
        fclose(file);
    }
}

bool dut_build(const struct dut_preset *preset, enum dut_wave wave, char *path, size_t path_size,
               char *error, size_t error_size)
{
    char key[512], target[600], folder[5000], log[5100], lock[5100];
    char parameters[1024] = "DUT_PARAMETERS=", waves[32], reason[700];

    name_build(preset, wave, key, sizeof key);
    for (size_t i = 0, used = strlen(parameters); i < DUT_PRESET_PARAMETERS; i++)
        used += (size_t)snprintf(parameters + used, sizeof parameters - used, " %s=%d",
                                 dut_preset_parameter(i), preset->value[i]);
    snprintf(waves, sizeof waves, "DUT_WAVE=%s", wave_name[wave]);
    snprintf(target, sizeof target, "build/dut/%s/libdut.so", key);
    snprintf(folder, sizeof folder, "%s/build/dut/%s", dut_root(), key);
    snprintf(log, sizeof log, "%s/build.log", folder);
    snprintf(lock, sizeof lock, "%s.lock", folder);
    snprintf(path, path_size, "%s/%s", dut_root(), target);

    char parent[5000];
    snprintf(parent, sizeof parent, "%s/build", dut_root());
    mkdir(parent, 0777);
    snprintf(parent, sizeof parent, "%s/build/dut", dut_root());
    mkdir(parent, 0777);
    if (mkdir(folder, 0777) && errno != EEXIST) {
        snprintf(error, error_size, "cannot write %s: %s", folder, strerror(errno));
        return false;
    }
    /* One builder at a time. Make inherits the lock: should this process be killed, whoever comes
     * next waits for the make that goes on without it. */
    int held = open(lock, O_WRONLY | O_CREAT, 0666);
    if (held >= 0)
        flock(held, LOCK_EX);
    forget_other(folder, path, parameters);
    bool ok = run_make(target, parameters, waves, log, true) == 0;
    if (!ok) {
        fprintf(stderr, "building the design '%s' with Verilator (once) ...\n", key);
        ok = run_make(target, parameters, waves, log, false) == 0;
        if (!ok) {
            explain(log, reason, sizeof reason);
            snprintf(error, error_size, "the design '%s' does not build: %s", key, reason);
        }
    }
    if (held >= 0)
        close(held);
    return ok;
}

// SPDX-License-Identifier: Apache-2.0
/* Starts programs. */
#include "sweep_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

bool sweep_process_exists(const char *program)
{
    const char *path = getenv("PATH");
    char file[4096];

    for (size_t length; path && *path; path += length + (path[length] == ':')) {
        length = strcspn(path, ":");
        snprintf(file, sizeof file, "%.*s/%s", (int)length, path, program);
        if (!access(file, X_OK))
            return true;
    }
    return false;
}

pid_t sweep_process_start(char *const command[], const char *folder, int out, bool both)
{
    pid_t parent = getpid(), child = fork();

    if (child)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int none = open("/dev/null", O_RDONLY);
    if (getppid() != parent || none < 0 || (folder && chdir(folder)))
        _exit(127);
    dup2(none, STDIN_FILENO);
    if (both)
        dup2(out, STDERR_FILENO);
    dup2(out, STDOUT_FILENO);
    execvp(command[0], command);
    _exit(127);
}

int sweep_process_wait(pid_t child)
{
    int status;

    if (child < 0)
        return 127;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int sweep_process_run(char *const command[], const char *folder, const char *log)
{
    int out = log ? open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : STDOUT_FILENO;

    if (out < 0)
        return 127;
    int status = sweep_process_wait(sweep_process_start(command, folder, out, log != NULL));
    if (log)
        close(out);
    return status;
}

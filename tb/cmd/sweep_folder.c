// SPDX-License-Identifier: Apache-2.0
/* The folder of a sweep. */
#include "sweep_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes the folder and those above it. */
static bool make_path(const char *path)
{
    char part[4096];

    snprintf(part, sizeof part, "%s", path);
    for (char *at = part + 1; (at = strchr(at, '/')); *at++ = '/') {
        *at = 0;
        if (mkdir(part, 0777) && errno != EEXIST)
            return false;
    }
    return !mkdir(part, 0777) || errno == EEXIST;
}

/* Half-written files: those of sweeps that were interrupted. */
static void clean(const char *folder, const char *where)
{
    char pattern[4096];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s/%s*.part", folder, where);
    if (glob(pattern, 0, NULL, &found))
        return;
    for (size_t i = 0; i < found.gl_pathc; i++)
        unlink(found.gl_pathv[i]);
    globfree(&found);
}

bool sweep_folder_open(struct sweep_folder *folder, const char *path, const char *name, char *error,
                       size_t error_size)
{
    char file[4096];

    if (path)
        snprintf(folder->path, sizeof folder->path, "%s", path);
    else
        snprintf(folder->path, sizeof folder->path, "%s/build/sweep/%s", dut_root(), name);
    snprintf(file, sizeof file, "%s/runs", folder->path);
    bool good = make_path(file);
    snprintf(file, sizeof file, "%s/lock", folder->path);
    folder->lock = good ? open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (folder->lock < 0) {
        snprintf(error, error_size, "%s cannot be written: %s; --output names a folder that can",
                 folder->path, strerror(errno));
        return false;
    }
    if (flock(folder->lock, LOCK_EX | LOCK_NB)) {
        snprintf(error, error_size, "another sweep is at work in %s; --output names another folder",
                 folder->path);
        sweep_folder_close(folder);
        return false;
    }
    clean(folder->path, "");
    clean(folder->path, "runs/");
    return true;
}

void sweep_folder_close(struct sweep_folder *folder)
{
    close(folder->lock);
}

void sweep_folder_file(const char *folder, const struct sweep_run *run, const char *suffix,
                       char *path, size_t size)
{
    snprintf(path, size, "%s/runs/%s.%s", folder, run->key, suffix);
}

// SPDX-License-Identifier: Apache-2.0
/* Files that appear when they are whole. */
#include "sweep_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool sweep_file_begin(struct sweep_file *file, const char *folder, const char *name)
{
    snprintf(file->path, sizeof file->path, "%s/%s", folder, name);
    snprintf(file->temporary, sizeof file->temporary, "%s.%ld.part", file->path, (long)getpid());
    file->stream = fopen(file->temporary, "w");
    return file->stream != NULL;
}

bool sweep_file_end(struct sweep_file *file, char *error, size_t error_size)
{
    bool good = file->stream && !ferror(file->stream);

    if (file->stream)
        good = !fclose(file->stream) && good;
    if (good && !rename(file->temporary, file->path))
        return true;
    snprintf(error, error_size, "%s cannot be written: %s", file->path, strerror(errno));
    unlink(file->temporary);
    return false;
}

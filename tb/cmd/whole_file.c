// SPDX-License-Identifier: Apache-2.0
#include "whole_file.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

bool whole_file_begin(struct whole_file *file, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(file->path, sizeof file->path, format, arguments);
    va_end(arguments);
    snprintf(file->temporary, sizeof file->temporary, "%s.part", file->path);
    errno = 0;
    file->stream = fopen(file->temporary, "w");
    return file->stream != NULL;
}

/* Removes what there is of it, and says why. */
static bool fail(const struct whole_file *file, const char *option, char *error, size_t error_size)
{
    char advice[100] = "";

    if (option)
        snprintf(advice, sizeof advice, "; --%s names a file that can", option);
    snprintf(error, error_size, "%s cannot be written: %s%s", file->path,
             errno ? strerror(errno) : "out of memory", advice);
    if (file->stream)
        unlink(file->temporary);
    return false;
}

bool whole_file_end(struct whole_file *file, bool whole, const char *option, char *error,
                    size_t error_size)
{
    bool good = file->stream && !ferror(file->stream);

    if (file->stream)
        good &= fclose(file->stream) == 0;
    if (good && whole && rename(file->temporary, file->path) == 0)
        return true;
    return fail(file, option, error, error_size);
}

bool whole_file_check(const char *path, const char *option, char *error, size_t error_size)
{
    struct whole_file file;

    if (!whole_file_begin(&file, "%s", path))
        return fail(&file, option, error, error_size);
    fclose(file.stream);
    unlink(file.temporary);
    return true;
}

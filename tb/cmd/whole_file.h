// SPDX-License-Identifier: Apache-2.0
/* Files that appear when they are whole: until then they have another name, beside their own. */
#ifndef WHOLE_FILE_H
#define WHOLE_FILE_H

#include <stdbool.h>
#include <stdio.h>

struct whole_file {
    char path[4096], temporary[4104];
    FILE *stream; /* what the caller writes to; null: not open */
};

/* Opens a file for writing; its path is as printf would print it. */
bool whole_file_begin(struct whole_file *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Closes it and gives it its name. If anything failed, also whole_file_begin, or if `whole` says
 * that not all was written, for want of memory: removes it and returns false with one line in
 * `error`, which names the option that it comes from, if any. */
bool whole_file_end(struct whole_file *file, bool whole, const char *option, char *error,
                    size_t error_size);

/* Whether the file can be made; asked before a long run. False with the same line. */
bool whole_file_check(const char *path, const char *option, char *error, size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Files of a sweep's folder that appear when they are whole. */
#ifndef SWEEP_FILE_H
#define SWEEP_FILE_H

#include <stdbool.h>
#include <stdio.h>

struct sweep_file {
    char path[4096], temporary[4200];
    FILE *stream; /* what the caller writes to; null: not open */
};

/* Opens folder/name for writing, under another name. */
bool sweep_file_begin(struct sweep_file *file, const char *folder, const char *name);

/* Closes it and gives it its name. If anything failed, also sweep_file_begin, removes it and
 * returns false with one line in `error`. */
bool sweep_file_end(struct sweep_file *file, char *error, size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Lines of a text file that may be compressed with xz or zstd. */
#ifndef VECTORS_INPUT_H
#define VECTORS_INPUT_H

#include <stddef.h>

struct vectors_input;

enum vectors_line { VECTORS_LINE, VECTORS_LINE_END, VECTORS_LINE_ERROR };

/*
 * Opens a file for reading, "-" for standard input; compression is recognised by content. Null on
 * failure, with one line, without newline, in `error`. The caller closes it.
 */
struct vectors_input *vectors_input_open(const char *path, char *error, size_t size);
void vectors_input_close(struct vectors_input *input);

/*
 * Reads the next line into `line`, without its newline, NUL-terminated. VECTORS_LINE_END at the end
 * of the file; on VECTORS_LINE_ERROR (`error` then says why): the file cannot be read or
 * decompressed, a line does not fit `capacity`, holds a NUL, or the last one has no newline.
 */
enum vectors_line vectors_input_line(struct vectors_input *input, char *line, size_t capacity,
                                     char *error, size_t size);

/* Fraction of the file that has been read, 0..1; -1 when its size is unknown. */
double vectors_input_progress(const struct vectors_input *input);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What the text formats share: lines and numbers. */
#ifndef TRACE_TEXT_H
#define TRACE_TEXT_H

#include "trace_format.h"

struct trace_text {
    uint64_t line; /* of the line last read, from 1 */
};

/* Allocates the text state of a trace: the `open` of a text format. */
bool trace_text_open(struct trace *trace);

/*
 * Reads a line: [*line, *end) without its newline, valid until the next call. TRACE_RECORD when
 * there is one; a line without newline at the end of the file is cut short and an error.
 */
enum trace_status trace_text_line(struct trace *trace, const char **line, const char **end);

/* Sets the error to "PATH:LINE: what" and returns TRACE_ERROR. */
enum trace_status trace_text_fail(struct trace *trace, const char *what);

/* Reads 1 to 16 hexadecimal digits at *at, and steps over them; false when that is not there. */
static inline bool trace_text_hex(const char **at, const char *end, uint64_t *value)
{
    const char *p = *at;
    uint64_t v = 0;
    for (; p < end && p - *at <= 16; p++) {
        unsigned digit = (unsigned char)*p - '0', letter = ((unsigned char)*p | 0x20) - 'a';
        if (digit < 10)
            v = v << 4 | digit;
        else if (letter < 6)
            v = v << 4 | (letter + 10);
        else
            break;
    }
    bool good = p > *at && p - *at <= 16;
    *at = p;
    *value = v;
    return good;
}

#endif

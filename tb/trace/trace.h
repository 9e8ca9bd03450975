// SPDX-License-Identifier: Apache-2.0
/* Readers and the writer of memory traces; the formats are described in docs/trace-format.md. */
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum trace_kind { TRACE_FETCH = 0, TRACE_LOAD = 1, TRACE_STORE = 2, TRACE_MODIFY = 3 };

/* One reference of the program. MODIFY is a load and then a store to the same address. */
struct trace_record {
    uint64_t va;
    enum trace_kind kind;
    unsigned size; /* bytes, 1..64; 0 = the format does not say */
};

enum trace_format { TRACE_AUTO, TRACE_LACKEY, TRACE_DINERO, TRACE_CHAMPSIM, TRACE_COMPACT };

struct trace;

/*
 * Opens a trace; "-" is standard input; xz and zstd compression are recognised by content. With
 * TRACE_AUTO the format is recognised by content. Null on failure, with one line, without newline,
 * in `error`.
 */
struct trace *trace_open(const char *path, enum trace_format format, char *error, size_t size);

enum trace_status { TRACE_RECORD, TRACE_END, TRACE_ERROR };

/* Reads the next reference. After TRACE_ERROR, trace_error says what is wrong and where. */
enum trace_status trace_next(struct trace *trace, struct trace_record *record);
const char *trace_error(const struct trace *trace);

/* Fraction of the file that has been read, 0..1, for a progress line; -1 when unknown. */
double trace_progress(const struct trace *trace);

void trace_close(struct trace *trace);

#endif

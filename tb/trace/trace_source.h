// SPDX-License-Identifier: Apache-2.0
/* Where a trace's bytes come from: a file, standard input or memory, decompressed on the way. */
#ifndef TRACE_SOURCE_H
#define TRACE_SOURCE_H

#include "trace.h"

/* The most that trace_source_need can be asked for. */
enum { TRACE_SOURCE_SPAN = 1 << 20 };

struct trace_source;

/* Opens `path` ("-" is standard input). Null on failure, with one line in `error`. */
struct trace_source *trace_source_open(const char *path, char *error, size_t size);

/* The same from memory, which stays the caller's; `name` stands for the path in errors. */
struct trace_source *trace_source_memory(const char *name, const void *data, size_t length,
                                         char *error, size_t size);

/*
 * Makes at least `wanted` bytes (up to TRACE_SOURCE_SPAN) readable at *bytes, and returns how many
 * are; fewer than wanted only at the end of the data or when reading failed. The pointer is valid
 * until the next call. Consumes nothing.
 */
size_t trace_source_need(struct trace_source *source, size_t wanted, const uint8_t **bytes);

/* Consumes `count` bytes, no more than trace_source_need last returned. */
void trace_source_skip(struct trace_source *source, size_t count);

/* Bytes consumed so far, after decompression. */
uint64_t trace_source_offset(const struct trace_source *source);

/* Why reading failed, one line that begins with the path; null while it has not. */
const char *trace_source_error(const struct trace_source *source);

const char *trace_source_name(const struct trace_source *source);
enum trace_compression trace_source_compression(const struct trace_source *source);

/* Fraction of the file that has been read, 0..1; -1 when its size is not known. */
double trace_source_progress(const struct trace_source *source);

void trace_source_close(struct trace_source *source);

#endif

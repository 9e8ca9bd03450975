// SPDX-License-Identifier: Apache-2.0
/* Where a trace is written to: a temporary file, compressed on the way, renamed at the end. */
#ifndef TRACE_SINK_H
#define TRACE_SINK_H

#include "trace.h"

struct trace_sink;

/* Begins a file that will stand at `path`, compressed if that ends in .xz or .zst. Null on
 * failure, with one line in `error`. */
struct trace_sink *trace_sink_open(const char *path, char *error, size_t size);

/* Appends bytes. False on failure; trace_sink_close then fails too. */
bool trace_sink_write(struct trace_sink *sink, const void *bytes, size_t count);

/* Completes the file under its final name, and frees the sink. False on failure, with one line in
 * `error`; then nothing is left on disk. */
bool trace_sink_close(struct trace_sink *sink, char *error, size_t size);

/* Frees the sink and leaves nothing on disk. */
void trace_sink_abandon(struct trace_sink *sink);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Readers and the writer of memory traces; the formats are described in docs/trace-format.md. */
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum trace_kind { TRACE_FETCH = 0, TRACE_LOAD = 1, TRACE_STORE = 2, TRACE_MODIFY = 3 };

enum { TRACE_SIZE_MAX = 64, TRACE_NAME_MAX = 255 };

/* One reference of the program. MODIFY is a load and then a store to the same address. */
struct trace_record {
    uint64_t va;
    enum trace_kind kind;
    unsigned size; /* bytes, 1..64; 0 = the format does not say */
};

enum trace_format {
    TRACE_AUTO,
    TRACE_LACKEY,
    TRACE_DINERO,
    TRACE_CHAMPSIM,
    TRACE_COMPACT,
    TRACE_RAW64
};

enum trace_compression { TRACE_PLAIN, TRACE_XZ, TRACE_ZSTD };

struct trace;

/*
 * Opens a trace; "-" is standard input; xz and zstd compression are recognised by content. With
 * TRACE_AUTO the format is recognised by content. Null on failure, with one line, without newline,
 * in `error`. The caller closes it with trace_close.
 */
struct trace *trace_open(const char *path, enum trace_format format, char *error, size_t size);

/*
 * The same, from `length` bytes at `data`, which stay the caller's and must outlive the trace;
 * `name` stands for the path in errors.
 */
struct trace *trace_open_memory(const char *name, const void *data, size_t length,
                                enum trace_format format, char *error, size_t size);

enum trace_status { TRACE_RECORD, TRACE_END, TRACE_ERROR };

/* Reads the next reference. After TRACE_ERROR, trace_error says what is wrong and where. */
enum trace_status trace_next(struct trace *trace, struct trace_record *record);
const char *trace_error(const struct trace *trace);

/* Fraction of the file that has been read, 0..1, for a progress line; -1 when unknown. */
double trace_progress(const struct trace *trace);

/* What was recognised or asked for; never TRACE_AUTO. */
enum trace_format trace_format(const struct trace *trace);
enum trace_compression trace_compression(const struct trace *trace);

/* The name in a compact trace's header, "" for other formats; valid until trace_close. */
const char *trace_name(const struct trace *trace);

/* How many records the trace says it has, 0 when its format does not say. */
uint64_t trace_count(const struct trace *trace);

void trace_close(struct trace *trace);

/* "lackey", "dinero", "champsim", "compact", "raw64", "auto"; "plain", "xz", "zstd". */
const char *trace_format_name(enum trace_format format);
const char *trace_compression_name(enum trace_compression compression);

struct trace_writer;

/*
 * Begins a compact trace that will stand at `path`, compressed if that ends in .xz or .zst; `name`
 * (at most TRACE_NAME_MAX bytes) says what it is. Nothing stands at `path` before
 * trace_writer_close succeeds. Null on failure, with one line in `error`.
 */
struct trace_writer *trace_writer_open(const char *path, const char *name, char *error,
                                       size_t size);

/* Appends one reference. False on failure: then trace_writer_error says why. */
bool trace_writer_put(struct trace_writer *writer, const struct trace_record *record);
const char *trace_writer_error(const struct trace_writer *writer);

/* Completes the file and frees the writer. False on failure, with one line in `error`; then
 * nothing was changed at the path. */
bool trace_writer_close(struct trace_writer *writer, char *error, size_t size);

/* Gives up: frees the writer and leaves nothing on disk. */
void trace_writer_abandon(struct trace_writer *writer);

#endif

// SPDX-License-Identifier: Apache-2.0
#include "trace.h"

#include "trace_format.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const format_names[] = {"auto",     "lackey",  "dinero",
                                           "champsim", "compact", "raw64"};
enum { FORMATS = sizeof format_names / sizeof *format_names };

static const struct trace_reader *const readers[FORMATS] = {
    NULL,
    &trace_reader_lackey,
    &trace_reader_dinero,
    &trace_reader_champsim,
    &trace_reader_compact,
    &trace_reader_raw64,
};

const char *trace_format_name(enum trace_format format)
{
    return format_names[format];
}

const char *trace_compression_name(enum trace_compression compression)
{
    static const char *const names[] = {"plain", "xz", "zstd"};
    return names[compression];
}

enum trace_status trace_fail(struct trace *t, const char *format, ...)
{
    const char *source_error = trace_source_error(t->source);
    t->ended = true;
    if (t->error[0])
        return TRACE_ERROR;
    if (source_error) {
        snprintf(t->error, sizeof t->error, "%s", source_error);
        return TRACE_ERROR;
    }
    size_t n = (size_t)snprintf(t->error, sizeof t->error, "%s: ", trace_source_name(t->source));
    if (n >= sizeof t->error)
        return TRACE_ERROR;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(t->error + n, sizeof t->error - n, format, arguments);
    va_end(arguments);
    return TRACE_ERROR;
}

enum trace_status trace_deliver(struct trace *t, struct trace_record *record, uint64_t va,
                                enum trace_kind kind, unsigned size)
{
    unsigned first = size > TRACE_SIZE_MAX ? TRACE_SIZE_MAX : size;
    *record = (struct trace_record){va, kind, first};
    t->rest = (struct trace_record){va + first, kind, size - first};
    return TRACE_RECORD;
}

static bool start(struct trace *t, enum trace_format format)
{
    if (format == TRACE_AUTO)
        format = trace_recognise(t->source);
    if (format == TRACE_AUTO) {
        trace_fail(t, "not recognised as a trace; lackey, dinero, champsim, compact and raw64 ones "
                      "are");
        return false;
    }
    t->format = format;
    t->reader = readers[format];
    return !t->reader->open || t->reader->open(t);
}

static struct trace *start_or_close(struct trace_source *source, enum trace_format format,
                                    char *error, size_t size)
{
    if (!source)
        return NULL;
    struct trace *t = calloc(1, sizeof *t);
    if (!t) {
        snprintf(error, size, "%s: out of memory", trace_source_name(source));
        trace_source_close(source);
        return NULL;
    }
    t->source = source;
    if (start(t, format))
        return t;
    snprintf(error, size, "%s", t->error);
    trace_close(t);
    return NULL;
}

struct trace *trace_open(const char *path, enum trace_format format, char *error, size_t size)
{
    return start_or_close(trace_source_open(path, error, size), format, error, size);
}

struct trace *trace_open_memory(const char *name, const void *data, size_t length,
                                enum trace_format format, char *error, size_t size)
{
    return start_or_close(trace_source_memory(name, data, length, error, size), format, error,
                          size);
}

/* What does not happen for most records. */
static enum trace_status uncommon(struct trace *t, struct trace_record *record,
                                  enum trace_status status)
{
    if (t->error[0])
        return TRACE_ERROR;
    if (t->rest.size) {
        struct trace_record rest = t->rest;
        t->delivered++;
        return trace_deliver(t, record, rest.va, rest.kind, rest.size);
    }
    if (status == TRACE_END && !t->delivered)
        return trace_fail(t, "no reference in it; a %s trace holds at least one",
                          trace_format_name(t->format));
    t->ended = true;
    return status;
}

enum trace_status trace_next(struct trace *t, struct trace_record *record)
{
    if (t->ended || t->rest.size)
        return uncommon(t, record, TRACE_END);
    enum trace_status status = t->reader->next(t, record);
    if (status != TRACE_RECORD)
        return uncommon(t, record, status);
    t->delivered++;
    return TRACE_RECORD;
}

const char *trace_error(const struct trace *t)
{
    return t->error;
}

double trace_progress(const struct trace *t)
{
    return trace_source_progress(t->source);
}

enum trace_format trace_format(const struct trace *t)
{
    return t->format;
}

enum trace_compression trace_compression(const struct trace *t)
{
    return trace_source_compression(t->source);
}

const char *trace_name(const struct trace *t)
{
    return t->name;
}

uint64_t trace_count(const struct trace *t)
{
    return t->declared;
}

void trace_close(struct trace *t)
{
    if (!t)
        return;
    trace_source_close(t->source);
    free(t->state);
    free(t);
}

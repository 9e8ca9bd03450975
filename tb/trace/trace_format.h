// SPDX-License-Identifier: Apache-2.0
/* What a format's reader offers to trace.c. */
#ifndef TRACE_FORMAT_H
#define TRACE_FORMAT_H

#include "trace.h"
#include "trace_source.h"

struct trace {
    const struct trace_reader *reader;
    struct trace_source *source;
    void *state; /* the reader's own, allocated by its open */
    enum trace_format format;
    uint64_t delivered;       /* records so far */
    uint64_t declared;        /* records the header speaks of, 0 = it does not */
    struct trace_record rest; /* what is left of a reference larger than TRACE_SIZE_MAX */
    bool ended;
    char name[TRACE_NAME_MAX + 1];
    char error[640];
};

struct trace_reader {
    /* Reads what precedes the records. False on failure, said with trace_fail. */
    bool (*open)(struct trace *trace);
    enum trace_status (*next)(struct trace *trace, struct trace_record *record);
};

extern const struct trace_reader trace_reader_lackey, trace_reader_dinero, trace_reader_champsim,
    trace_reader_compact, trace_reader_raw64;

/* Sets the error to "PATH: ..." and returns TRACE_ERROR; a failure of the source goes first. */
enum trace_status trace_fail(struct trace *trace, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Delivers a data reference or fetch of any size > 0, as records of at most TRACE_SIZE_MAX bytes:
 * the first now, the others by trace_next.
 */
enum trace_status trace_deliver(struct trace *trace, struct trace_record *record, uint64_t va,
                                enum trace_kind kind, unsigned size);

/* The format that the beginning of the data has; TRACE_AUTO when none. Consumes nothing. */
enum trace_format trace_recognise(struct trace_source *source);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Reads what valgrind --tool=lackey --trace-mem=yes prints. */
#include "trace_text.h"

#include <string.h>

/* valgrind allows itself accesses of this many bytes: the state that XSAVE saves. */
enum { LACKEY_SIZE_MAX = 4096 };

/* valgrind's own lines: ==pid== , --pid-- and **pid** */
static bool valgrinds_own(const char *line, const char *end)
{
    return end - line >= 2 && line[0] == line[1] && strchr("=-*", line[0]) && line[0];
}

/* The kind by the first three columns; false when they are of no reference. */
static bool kind_of(const char *line, enum trace_kind *kind)
{
    if (line[2] != ' ')
        return false;
    if (line[0] == 'I' && line[1] == ' ') {
        *kind = TRACE_FETCH;
        return true;
    }
    if (line[0] != ' ')
        return false;
    switch (line[1]) {
    case 'L':
        *kind = TRACE_LOAD;
        return true;
    case 'S':
        *kind = TRACE_STORE;
        return true;
    case 'M':
        *kind = TRACE_MODIFY;
        return true;
    default:
        return false;
    }
}

static bool decimal(const char *at, const char *end, unsigned *value)
{
    unsigned v = 0;
    for (const char *p = at; p < end; p++) {
        unsigned digit = (unsigned char)*p - '0';
        if (digit > 9 || v > LACKEY_SIZE_MAX)
            return false;
        v = v * 10 + digit;
    }
    *value = v;
    return at < end;
}

static enum trace_status lackey_next(struct trace *t, struct trace_record *record)
{
    const char *line, *end;
    enum trace_status status;
    do {
        status = trace_text_line(t, &line, &end);
        if (status != TRACE_RECORD)
            return status;
    } while (valgrinds_own(line, end));

    enum trace_kind kind;
    uint64_t va;
    unsigned size;
    if (end - line < 4 || !kind_of(line, &kind))
        return trace_text_fail(t, "not a line of lackey's, which are like ' L 04222cac,8'");
    const char *at = line + 3;
    if (!trace_text_hex(&at, end, &va) || at == end || *at != ',')
        return trace_text_fail(t, "wrong address, where 1 to 16 hexadecimal digits and a comma "
                                  "are wanted");
    if (!decimal(at + 1, end, &size) || !size || size > LACKEY_SIZE_MAX)
        return trace_text_fail(t, "wrong size, where 1 to 4096 is wanted");
    return trace_deliver(t, record, va, kind, size);
}

const struct trace_reader trace_reader_lackey = {trace_text_open, lackey_next};

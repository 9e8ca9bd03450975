// SPDX-License-Identifier: Apache-2.0
/* Reads Dinero IV's traditional "din" format: a label, a hexadecimal address, the rest ignored. */
#include "trace_text.h"

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && blank(*at))
        at++;
    return at;
}

static enum trace_status dinero_next(struct trace *t, struct trace_record *record)
{
    static const enum trace_kind kinds[] = {TRACE_LOAD, TRACE_STORE, TRACE_FETCH};
    const char *line, *end, *at;
    do {
        enum trace_status status = trace_text_line(t, &line, &end);
        if (status != TRACE_RECORD)
            return status;
        at = skip_blanks(line, end);
    } while (at == end);

    unsigned label = (unsigned char)*at++ - '0';
    if (label > 2 || at == end || !blank(*at))
        return trace_text_fail(t, "wrong label, where 0 (read), 1 (write) or 2 (fetch) is wanted");
    at = skip_blanks(at, end);
    if (end - at > 2 && at[0] == '0' && (at[1] | 0x20) == 'x')
        at += 2;
    uint64_t va;
    if (!trace_text_hex(&at, end, &va) || (at < end && !blank(*at)))
        return trace_text_fail(t, "wrong address, where 1 to 16 hexadecimal digits are wanted");
    *record = (struct trace_record){va, kinds[label], 0};
    return TRACE_RECORD;
}

const struct trace_reader trace_reader_dinero = {trace_text_open, dinero_next};

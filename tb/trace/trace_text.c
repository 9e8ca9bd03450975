// SPDX-License-Identifier: Apache-2.0
#include "trace_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_LINE = 256, LONGEST_LINE = 64 << 10 };

bool trace_text_open(struct trace *t)
{
    t->state = calloc(1, sizeof(struct trace_text));
    if (!t->state)
        trace_fail(t, "out of memory");
    return t->state != NULL;
}

enum trace_status trace_text_line(struct trace *t, const char **line, const char **end)
{
    struct trace_text *text = t->state;
    const uint8_t *bytes, *newline = NULL;
    size_t got = 0;
    for (size_t wanted = USUAL_LINE; !newline && wanted <= LONGEST_LINE; wanted *= 2) {
        got = trace_source_need(t->source, wanted, &bytes);
        newline = memchr(bytes, '\n', got < LONGEST_LINE ? got : LONGEST_LINE);
        if (got < wanted)
            break;
    }
    text->line++;
    if (newline) {
        *line = (const char *)bytes;
        *end = (const char *)newline;
        trace_source_skip(t->source, (size_t)(newline - bytes) + 1);
        return TRACE_RECORD;
    }
    if (got >= LONGEST_LINE)
        return trace_text_fail(t, "a line longer than 65536 bytes: not a text trace");
    if (trace_source_error(t->source))
        return trace_fail(t, "cannot read");
    return got ? trace_text_fail(t, "truncated: the last line has no end") : TRACE_END;
}

enum trace_status trace_text_fail(struct trace *t, const char *what)
{
    const struct trace_text *text = t->state;
    snprintf(t->error, sizeof t->error, "%s:%" PRIu64 ": %s", trace_source_name(t->source),
             text->line, what);
    t->ended = true;
    return TRACE_ERROR;
}

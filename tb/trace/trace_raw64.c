// SPDX-License-Identifier: Apache-2.0
/*
 * Reads little-endian 64-bit words, address << 2 | kind (0 fetch, 1 load, 2 store, 3 modify). The
 * address lost its top two bits; they are taken to equal bit 61, as in a canonical address.
 */
#include "trace_compact.h"
#include "trace_format.h"

#include <inttypes.h>

enum { WORD = 8 };

static enum trace_status raw64_next(struct trace *t, struct trace_record *record)
{
    const uint8_t *bytes;
    size_t got = trace_source_need(t->source, WORD, &bytes);
    if (!got && !trace_source_error(t->source))
        return TRACE_END;
    if (got < WORD)
        return trace_fail(t, "truncated: %zu bytes at byte %" PRIu64 ", where a record takes 8",
                          got, trace_source_offset(t->source));
    uint64_t word = compact_load64(bytes);
    trace_source_skip(t->source, WORD);
    uint64_t sign = word >> 63 ? UINT64_C(3) << 62 : 0;
    *record = (struct trace_record){word >> 2 | sign, (enum trace_kind)(word & 3), 0};
    return TRACE_RECORD;
}

const struct trace_reader trace_reader_raw64 = {NULL, raw64_next};

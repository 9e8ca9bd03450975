// SPDX-License-Identifier: Apache-2.0
/* Tells the formats apart by the beginning of the data. */
#include "trace_compact.h"
#include "trace_format.h"

#include <string.h>

enum {
    LOOK = 4096,
    CHAMPSIM_INSTRUCTION = 64,
    RAW64_WORD = 8,
    RAW64_KINDS = 4, /* a word below has the address 0 */
    RAW64_TOP = 49,  /* bits from here on are equal in the word of such an address */
    RAW64_LEAST = 8  /* words by which it can be told */
};

static bool starts(const uint8_t *bytes, size_t got, const char *with)
{
    size_t n = strlen(with);
    return got >= n && !memcmp(bytes, with, n);
}

static bool is_lackey(const uint8_t *bytes, size_t got)
{
    return starts(bytes, got, "==") || starts(bytes, got, "I  ") || starts(bytes, got, " L ") ||
           starts(bytes, got, " S ") || starts(bytes, got, " M ");
}

/* A first line of a label, blanks and a hexadecimal digit. */
static bool is_dinero(const uint8_t *bytes, size_t got)
{
    size_t i = 0;
    while (i < got && strchr(" \t\r\n", bytes[i]) && bytes[i])
        i++;
    if (i + 2 >= got || bytes[i] < '0' || bytes[i] > '2')
        return false;
    size_t blanks = i + 1;
    for (i = blanks; i < got && (bytes[i] == ' ' || bytes[i] == '\t'); i++)
        ;
    return i > blanks && i < got && bytes[i] && strchr("0123456789abcdefABCDEF", bytes[i]);
}

/* ChampSim has no magic number: every instruction in sight must be a possible one. */
static bool is_champsim(const uint8_t *bytes, size_t got)
{
    size_t whole = got / CHAMPSIM_INSTRUCTION;
    for (size_t i = 0; i < whole; i++) {
        const uint8_t *instruction = bytes + i * CHAMPSIM_INSTRUCTION;
        if (!compact_load64(instruction) || instruction[8] > 1 || instruction[9] > 1)
            return false;
    }
    return whole > 0;
}

/* Nor has raw64: every word in sight must hold an address of 48 bits that is not 0. */
static bool is_raw64(const uint8_t *bytes, size_t got)
{
    size_t whole = got / RAW64_WORD;
    for (size_t i = 0; i < whole; i++) {
        int64_t top = (int64_t)compact_load64(bytes + i * RAW64_WORD) >> RAW64_TOP;
        if (compact_load64(bytes + i * RAW64_WORD) < RAW64_KINDS || (top != 0 && top != -1))
            return false;
    }
    return whole >= RAW64_LEAST;
}

enum trace_format trace_recognise(struct trace_source *source)
{
    const uint8_t *bytes;
    size_t got = trace_source_need(source, LOOK, &bytes);
    if (starts(bytes, got, COMPACT_MAGIC))
        return TRACE_COMPACT;
    if (is_lackey(bytes, got))
        return TRACE_LACKEY;
    if (is_dinero(bytes, got))
        return TRACE_DINERO;
    if (is_champsim(bytes, got < LOOK ? got : LOOK))
        return TRACE_CHAMPSIM;
    if (is_raw64(bytes, got < LOOK ? got : LOOK))
        return TRACE_RAW64;
    return TRACE_AUTO;
}

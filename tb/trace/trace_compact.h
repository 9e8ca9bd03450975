// SPDX-License-Identifier: Apache-2.0
/* Layout of the compact format, for its reader and its writer; see docs/trace-format.md. */
#ifndef TRACE_COMPACT_H
#define TRACE_COMPACT_H

#include "trace.h"

#define COMPACT_MAGIC "\x89RVTRACE"

enum {
    COMPACT_MAGIC_SIZE = 8,
    COMPACT_VERSION = 1,
    COMPACT_HEADER_SIZE = 24,  /* magic, version, length of the name, records; then the name */
    COMPACT_BLOCK_SIZE = 16,   /* records, and bytes of the op, fetch and data columns */
    COMPACT_TRAILER_SIZE = 12, /* a records field of zero, and records in all */
    COMPACT_CHECK_SIZE = 4,    /* CRC-32 of the file so far */
    COMPACT_BLOCK_RECORDS = 1 << 16
};

/* A code: which guess of the address was right, or that it is in a column; and the op's bit. */
enum { COMPACT_EXPLICIT = 3, COMPACT_OP = 4, COMPACT_CODES = 8 };

/* Longest varints: of an op, and of an address's difference. */
enum { COMPACT_OP_BYTES = 2, COMPACT_ADDRESS_BYTES = 10 };

static inline void compact_store32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

static inline uint32_t compact_load32(const uint8_t *from)
{
    return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 |
           (uint32_t)from[3] << 24;
}

static inline void compact_store64(uint8_t *to, uint64_t value)
{
    compact_store32(to, (uint32_t)value);
    compact_store32(to + 4, (uint32_t)(value >> 32));
}

static inline uint64_t compact_load64(const uint8_t *from)
{
    return compact_load32(from) | (uint64_t)compact_load32(from + 4) << 32;
}

/* Differences are stored with the sign in bit 0, so that small ones of both signs are short. */
static inline uint64_t compact_zigzag(uint64_t difference)
{
    return difference << 1 ^ (0 - (difference >> 63));
}

static inline uint64_t compact_unzigzag(uint64_t value)
{
    return value >> 1 ^ (0 - (value & 1));
}

#endif

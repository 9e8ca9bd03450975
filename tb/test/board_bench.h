// SPDX-License-Identifier: Apache-2.0
/*
 * A bench for tests of the board: frames to it and replies from it, byte by byte over its simulated
 * line. It has its own idea of the frames, taken from docs/board.md alone.
 */
#ifndef BOARD_BENCH_H
#define BOARD_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "board_line.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum board_kind { IDENTIFY, RESET, LOAD, CLOCK, BOTH, PMP, KINDS };

enum {
    LOAD_BYTES = 48,
    CLOCK_BYTES = 24,
    BOTH_BYTES = LOAD_BYTES + CLOCK_BYTES,
    OUTPUT_BYTES = 70,
    IDENTITY_BYTES = 67,
    FRAME_BYTES = 6, /* beside the payload */
    FRAME_MOST = BOTH_BYTES + FRAME_BYTES,
};

static const uint8_t payload_bytes[KINDS] = {0, 3, LOAD_BYTES, CLOCK_BYTES, BOTH_BYTES, 10};

struct board_bench {
    struct board_line *line;
    uint8_t sequence; /* of the next frame */
};

static inline struct board_bench board_bench_open(const char *design)
{
    char error[512] = "";
    struct board_bench bench = {board_line_open(design, error, sizeof error), 0};

    if (!bench.line)
        fail_msg("%s", error);
    return bench;
}

static inline uint16_t board_crc(const uint8_t *bytes, size_t n)
{
    unsigned crc = 0xffff;

    for (size_t i = 0; i < 8 * n; i++) {
        unsigned bit = bytes[i / 8] >> (7 - i % 8) & 1;
        crc = (crc << 1) ^ ((crc >> 15 ^ bit) & 1 ? 0x1021 : 0);
    }
    return (uint16_t)crc;
}

/* Bytes of the frame. */
static inline size_t board_frame(uint8_t *frame, uint8_t sequence, uint8_t kind,
                                 const uint8_t *payload, uint8_t length)
{
    frame[0] = 0x7e;
    frame[1] = length;
    frame[2] = sequence;
    frame[3] = kind;
    if (length)
        memcpy(frame + 4, payload, length);
    uint16_t crc = board_crc(frame + 1, 3u + length);
    frame[4 + length] = (uint8_t)crc;
    frame[5 + length] = (uint8_t)(crc >> 8);
    return (size_t)length + FRAME_BYTES;
}

static inline void board_send(struct board_bench *bench, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        board_line_send(bench->line, bytes[i]);
}

/* The board sends nothing, and waits for nothing more after a silence. */
static inline void board_expect_silence(struct board_bench *bench)
{
    uint8_t byte;

    board_line_settle(bench->line);
    board_line_rest(bench->line, board_line_gap(bench->line) + 2);
    assert_false(board_line_settle(bench->line));
    assert_int_equal(board_line_receive(bench->line, &byte, 1), 0);
}

/* The board sends this reply and nothing else; its payload. */
static inline void board_expect(struct board_bench *bench, uint8_t sequence, uint8_t kind,
                                uint8_t *payload)
{
    uint8_t reply[2 * OUTPUT_BYTES];
    uint8_t length = kind == IDENTIFY ? IDENTITY_BYTES : OUTPUT_BYTES;

    assert_false(board_line_settle(bench->line));
    assert_int_equal(board_line_receive(bench->line, reply, sizeof reply), length + FRAME_BYTES);
    assert_int_equal(reply[0], 0x7e);
    assert_int_equal(reply[1], length);
    assert_int_equal(reply[2], sequence);
    assert_int_equal(reply[3], kind | 0x80);
    uint16_t crc = board_crc(reply + 1, 3u + length);
    assert_int_equal(reply[4 + length], crc & 0xff);
    assert_int_equal(reply[5 + length], crc >> 8);
    memcpy(payload, reply + 4, length);
}

/* A frame of that sequence, and its reply's payload. */
static inline void board_repeat(struct board_bench *bench, uint8_t sequence, enum board_kind kind,
                                const uint8_t *payload, uint8_t *reply)
{
    uint8_t frame[FRAME_MOST];

    board_send(bench, frame, board_frame(frame, sequence, kind, payload, payload_bytes[kind]));
    board_expect(bench, sequence, kind, reply);
}

static inline void board_ask(struct board_bench *bench, enum board_kind kind,
                             const uint8_t *payload, uint8_t *reply)
{
    board_repeat(bench, bench->sequence++, kind, payload, reply);
}

static inline void board_reset(struct board_bench *bench, uint8_t straps, uint8_t pmp_count,
                               uint8_t pmp_grain)
{
    uint8_t reply[OUTPUT_BYTES];

    board_ask(bench, RESET, (uint8_t[]){straps, pmp_count, pmp_grain}, reply);
}

/* Bits of a little-endian string of bytes. */
static inline uint64_t board_get(const uint8_t *bytes, unsigned bit, unsigned width)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < width; i++)
        value |= (uint64_t)(bytes[(bit + i) / 8] >> (bit + i) % 8 & 1) << i;
    return value;
}

static inline void board_put(uint8_t *bytes, unsigned bit, unsigned width, uint64_t value)
{
    for (unsigned i = 0; i < width; i++) {
        bytes[(bit + i) / 8] &= (uint8_t) ~(1u << (bit + i) % 8);
        bytes[(bit + i) / 8] |= (uint8_t)((value >> i & 1) << (bit + i) % 8);
    }
}

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * Frames of the board's protocol, the same in both directions:
 *
 *   0x7E | length of the payload | sequence | kind | payload | CRC, low byte | CRC, high byte
 *
 * The CRC-16 (polynomial 0x1021, initially 0xFFFF, no reflection) is of length to payload. Nothing
 * is stuffed: a receiver that has lost its place hunts for the next 0x7E that begins a good frame.
 */
#ifndef DUT_LINK_FRAME_H
#define DUT_LINK_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DUT_FRAME_START    0x7E
#define DUT_FRAME_PAYLOAD  255 /* bytes of it at most */
#define DUT_FRAME_OVERHEAD 6   /* bytes beside it */
#define DUT_FRAME_MOST     (DUT_FRAME_PAYLOAD + DUT_FRAME_OVERHEAD)

struct dut_frame {
    uint8_t length, sequence, kind;
    uint8_t payload[DUT_FRAME_PAYLOAD];
};

/* What has come and is no frame yet; zeros at first. */
struct dut_frame_receiver {
    size_t have;
    uint8_t bytes[DUT_FRAME_MOST];
};

uint16_t dut_frame_crc(const uint8_t *bytes, size_t count);

/* The frame as it goes out; returns how many bytes it has. */
size_t dut_frame_encode(const struct dut_frame *frame, uint8_t bytes[DUT_FRAME_MOST]);

/* Takes the next byte. True: with it a frame is there. Bytes that cannot belong to a good frame are
 * dropped. */
bool dut_frame_receive(struct dut_frame_receiver *receiver, uint8_t byte, struct dut_frame *frame);

#endif

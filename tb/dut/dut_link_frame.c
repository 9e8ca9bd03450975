// SPDX-License-Identifier: Apache-2.0
#include "dut_link_frame.h"

#include <string.h>

enum { AT_LENGTH = 1, AT_SEQUENCE, AT_KIND, AT_PAYLOAD };

uint16_t dut_frame_crc(const uint8_t *bytes, size_t count)
{
    uint16_t crc = 0xFFFF;

    for (size_t i = 0; i < count; i++) {
        crc ^= (uint16_t)(bytes[i] << 8);
        for (int bit = 0; bit < 8; bit++)
            crc = (uint16_t)(crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0));
    }
    return crc;
}

size_t dut_frame_encode(const struct dut_frame *frame, uint8_t bytes[DUT_FRAME_MOST])
{
    size_t end = AT_PAYLOAD + (size_t)frame->length;

    bytes[0] = DUT_FRAME_START;
    bytes[AT_LENGTH] = frame->length;
    bytes[AT_SEQUENCE] = frame->sequence;
    bytes[AT_KIND] = frame->kind;
    memcpy(bytes + AT_PAYLOAD, frame->payload, frame->length);
    uint16_t crc = dut_frame_crc(bytes + AT_LENGTH, end - AT_LENGTH);
    bytes[end] = (uint8_t)crc;
    bytes[end + 1] = (uint8_t)(crc >> 8);
    return end + 2;
}

/* Drops so many bytes, and those behind them that begin no frame. */
static void drop(struct dut_frame_receiver *r, size_t count)
{
    while (count < r->have && r->bytes[count] != DUT_FRAME_START)
        count++;
    r->have -= count;
    memmove(r->bytes, r->bytes + count, r->have);
}

static bool crc_is_right(const uint8_t *bytes, size_t end)
{
    return dut_frame_crc(bytes + AT_LENGTH, end - AT_LENGTH) == (bytes[end] | bytes[end + 1] << 8);
}

bool dut_frame_receive(struct dut_frame_receiver *r, uint8_t byte, struct dut_frame *frame)
{
    r->bytes[r->have++] = byte;
    drop(r, 0);
    while (r->have > AT_LENGTH && r->have >= (size_t)r->bytes[AT_LENGTH] + DUT_FRAME_OVERHEAD) {
        size_t end = AT_PAYLOAD + (size_t)r->bytes[AT_LENGTH];
        bool good = crc_is_right(r->bytes, end);

        if (good) {
            frame->length = r->bytes[AT_LENGTH];
            frame->sequence = r->bytes[AT_SEQUENCE];
            frame->kind = r->bytes[AT_KIND];
            memcpy(frame->payload, r->bytes + AT_PAYLOAD, frame->length);
        }
        drop(r, good ? end + 2 : 1);
        if (good)
            return true;
    }
    return false;
}

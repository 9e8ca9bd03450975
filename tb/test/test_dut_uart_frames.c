// SPDX-License-Identifier: Apache-2.0
/* The frames of a serial line: their CRC, and that good ones are found behind bad ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dut_link_frame.h"

#include <string.h>

static void crc_is_the_standard_one(void **state)
{
    (void)state;
    assert_int_equal(dut_frame_crc((const uint8_t *)"123456789", 9), 0x29B1);
}

/* Gives the receiver all bytes; what it makes of them, and how many frames. */
static unsigned receive_all(const uint8_t *bytes, size_t count, struct dut_frame *last)
{
    struct dut_frame_receiver receiver = {0};
    unsigned frames = 0;

    for (size_t i = 0; i < count; i++)
        frames += dut_frame_receive(&receiver, bytes[i], last);
    return frames;
}

static void frames_come_out_as_they_went_in(void **state)
{
    (void)state;
    for (unsigned length = 0; length <= DUT_FRAME_PAYLOAD; length++) {
        struct dut_frame frame = {(uint8_t)length, (uint8_t)(length * 7), 0x84, {0}}, last;
        uint8_t bytes[DUT_FRAME_MOST];

        for (unsigned i = 0; i < length; i++)
            frame.payload[i] = DUT_FRAME_START;
        size_t count = dut_frame_encode(&frame, bytes);
        assert_int_equal(count, length + DUT_FRAME_OVERHEAD);
        assert_int_equal(receive_all(bytes, count, &last), 1);
        assert_int_equal(last.length, length);
        assert_int_equal(last.sequence, frame.sequence);
        assert_int_equal(last.kind, frame.kind);
        assert_memory_equal(last.payload, frame.payload, length);
    }
}

/* No good frame is lost behind one that has lost or gained a byte or has one changed, though it may
 * be found only when as many bytes have come as the bad one's length says. */
static void good_frames_are_found_behind_bad_ones(void **state)
{
    struct dut_frame bad = {24, 1, 3, {1, 2, DUT_FRAME_START, 4}}, good = {9, 2, 4, {7}}, last;
    uint8_t bytes[40 * DUT_FRAME_MOST];
    size_t whole = dut_frame_encode(&bad, bytes);

    (void)state;
    for (unsigned way = 0; way < 3; way++)
        for (size_t at = 0; at < whole; at++) {
            size_t count = dut_frame_encode(&bad, bytes);
            if (way == 0) {
                memmove(bytes + at, bytes + at + 1, --count - at);
            } else if (way == 1) {
                memmove(bytes + at + 1, bytes + at, count++ - at);
            } else {
                bytes[at] ^= 0x81;
            }
            size_t bad_end = count;
            while (count < bad_end + DUT_FRAME_MOST)
                count += dut_frame_encode(&good, bytes + count);
            size_t frames = (count - bad_end) / (9 + DUT_FRAME_OVERHEAD);
            /* Where the start or the last byte is double, the frame is a good one. */
            bool unharmed = way == 1 && (at == 0 || at == whole - 1);
            assert_int_equal(receive_all(bytes, count, &last), frames + unharmed);
            assert_int_equal(last.sequence, 2);
            assert_int_equal(last.payload[0], 7);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crc_is_the_standard_one),
        cmocka_unit_test(frames_come_out_as_they_went_in),
        cmocka_unit_test(good_frames_are_found_behind_bad_ones),
    };
    return cmocka_run_group_tests_name("dut-uart-frames", tests, NULL, NULL);
}

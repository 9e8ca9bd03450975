// SPDX-License-Identifier: Apache-2.0
/* The board against the rules of its frames: which it answers, which it drops, which it carries
 * out. */
#include "board_bench.h"
#include "dut_preset.h"
#include "splitmix.h"

static void open_echo(struct board_bench *bench)
{
    *bench = board_bench_open("echo");
    board_reset(bench, 0, 0, 0);
}

/* A payload whose context shows in the reply: satp begins at bit 0 of what echo shows. */
static void load_payload(uint8_t *payload, uint64_t satp)
{
    memset(payload, 0, LOAD_BYTES);
    board_put(payload, 0, 64, satp);
}

/* Lowest bits of satp as the MMU took them at the last edge: ready, valid, and the tag. */
static unsigned shown(const uint8_t *reply)
{
    return (unsigned)(board_get(reply, 0, 2) | board_get(reply, 8, 6) << 2);
}

static void a_board_says_what_it_is(void **state)
{
    (void)state;
    struct board_bench bench = board_bench_open("tiny");
    struct dut_preset preset;
    char error[512];
    uint8_t reply[OUTPUT_BYTES];

    assert_true(dut_preset_load("tiny", NULL, 0, &preset, error, sizeof error));
    board_ask(&bench, IDENTIFY, NULL, reply);
    assert_int_equal(reply[0], 1);
    for (unsigned i = 0; i < DUT_PRESET_PARAMETERS; i++)
        assert_int_equal(board_get(reply, 8 + 16 * i, 16), preset.value[i]);
    board_line_close(bench.line);
}

static void a_frame_with_any_wrong_bit_is_dropped(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[LOAD_BYTES], frame[FRAME_MOST], reply[OUTPUT_BYTES];

    open_echo(&bench);
    load_payload(payload, 0);
    size_t n = board_frame(frame, bench.sequence, LOAD, payload, LOAD_BYTES);
    for (unsigned bit = 0; bit < 8 * n; bit++) {
        frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
        board_send(&bench, frame, n);
        board_expect_silence(&bench);
        frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    board_ask(&bench, LOAD, payload, reply);
    board_line_close(bench.line);
}

static void a_frame_of_wrong_length_or_unknown_kind_is_dropped(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[255] = {0}, frame[sizeof payload + FRAME_BYTES], reply[OUTPUT_BYTES];

    open_echo(&bench);
    for (unsigned kind = 0; kind < 256; kind++)
        for (unsigned length = 0; length < 256; length += kind < KINDS && length < 80 ? 1 : 51) {
            if (kind < KINDS && length == payload_bytes[kind])
                continue;
            board_send(&bench, frame,
                       board_frame(frame, bench.sequence, (uint8_t)kind, payload, (uint8_t)length));
            board_expect_silence(&bench);
        }
    board_ask(&bench, LOAD, payload, reply);
    board_line_close(bench.line);
}

static void part_of_a_frame_is_dropped_after_a_gap(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[LOAD_BYTES], frame[FRAME_MOST], reply[OUTPUT_BYTES];

    open_echo(&bench);
    load_payload(payload, 0);
    size_t n = board_frame(frame, bench.sequence, LOAD, payload, LOAD_BYTES);
    for (size_t part = 1; part < n; part++) {
        board_send(&bench, frame, part);
        assert_true(board_line_settle(bench.line));
        board_expect_silence(&bench);
        board_ask(&bench, LOAD, payload, reply);
    }
    board_line_close(bench.line);
}

static void a_silence_shorter_than_the_gap_is_none(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[LOAD_BYTES], frame[FRAME_MOST], reply[OUTPUT_BYTES];

    open_echo(&bench);
    load_payload(payload, 0);
    size_t n = board_frame(frame, bench.sequence, LOAD, payload, LOAD_BYTES);
    for (size_t i = 0; i < n; i++) {
        board_send(&bench, frame + i, 1);
        if (i < n - 1)
            board_line_rest(bench.line, board_line_gap(bench.line) - 20);
    }
    board_expect(&bench, bench.sequence, LOAD, reply);
    board_line_close(bench.line);
}

static void garbage_before_a_frame_is_ignored(void **state)
{
    (void)state;
    struct board_bench bench;
    uint64_t random = 1;
    uint8_t payload[LOAD_BYTES], reply[OUTPUT_BYTES];

    open_echo(&bench);
    load_payload(payload, 0);
    for (unsigned round = 0; round < 50; round++) {
        bool starts = round % 2; /* garbage with start bytes in it ends with a gap */
        for (unsigned i = 0; i < 1 + round; i++) {
            uint8_t byte = (uint8_t)splitmix_next(&random);
            if (byte != 0x7e || starts)
                board_line_send(bench.line, starts && i == round / 2 ? 0x7e : byte);
        }
        if (starts)
            board_expect_silence(&bench);
        board_ask(&bench, LOAD, payload, reply);
    }
    board_line_close(bench.line);
}

static void a_byte_without_a_stop_bit_is_dropped(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[LOAD_BYTES], frame[FRAME_MOST], reply[OUTPUT_BYTES];

    open_echo(&bench);
    load_payload(payload, 0);
    size_t n = board_frame(frame, bench.sequence, LOAD, payload, LOAD_BYTES);
    board_send(&bench, frame, 10);
    assert_int_equal(frame[10], 0);
    board_line_break(bench.line, 10); /* of a 0 it has all but that */
    board_line_rest(bench.line, 10);
    board_send(&bench, frame + 11, n - 11);
    board_expect_silence(&bench);
    board_ask(&bench, LOAD, payload, reply);
    board_line_close(bench.line);
}

static void a_frame_while_another_is_answered_is_not_taken(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[LOAD_BYTES], frame[FRAME_MOST], reply[OUTPUT_BYTES];

    open_echo(&bench);
    load_payload(payload, 0);
    board_send(&bench, frame, board_frame(frame, bench.sequence, LOAD, payload, LOAD_BYTES));
    board_line_rest(bench.line, 200);
    uint8_t again[FRAME_MOST];
    board_send(&bench, again, board_frame(again, 99, IDENTIFY, NULL, 0));
    board_expect(&bench, bench.sequence, LOAD, reply);
    board_line_close(bench.line);
}

static void a_repeated_sequence_is_answered_but_not_carried_out(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[BOTH_BYTES] = {0}, reply[OUTPUT_BYTES], again[OUTPUT_BYTES];

    open_echo(&bench);
    for (unsigned round = 0; round < 8; round++) {
        uint8_t sequence = (uint8_t)(3 + 50 * round);
        load_payload(payload, 0x55 + round);
        board_repeat(&bench, sequence, BOTH, payload, reply);
        assert_int_equal(shown(reply), 0x55 + round);
        load_payload(payload, 0xaa); /* a host would not change it; a board that looks shows it */
        for (unsigned i = 0; i < 3; i++) {
            board_repeat(&bench, sequence, BOTH, payload, again);
            assert_memory_equal(reply, again, sizeof reply);
        }
        board_repeat(&bench, (uint8_t)(sequence + 1), CLOCK, payload + LOAD_BYTES, again);
        assert_int_equal(shown(again), 0x55 + round); /* nor was the payload taken */
    }
    board_line_close(bench.line);
}

static void a_dropped_frame_has_no_sequence(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[BOTH_BYTES] = {0}, frame[FRAME_MOST], reply[OUTPUT_BYTES];

    open_echo(&bench);
    load_payload(payload, 0x77);
    size_t n = board_frame(frame, 200, BOTH, payload, BOTH_BYTES);
    frame[n - 1] ^= 1;
    board_send(&bench, frame, n);
    board_expect_silence(&bench);
    board_repeat(&bench, 200, BOTH, payload, reply);
    assert_int_equal(shown(reply), 0x77);
    board_line_close(bench.line);
}

static void an_identity_takes_its_sequence_as_the_last(void **state)
{
    (void)state;
    struct board_bench bench;
    uint8_t payload[BOTH_BYTES] = {0}, reply[OUTPUT_BYTES];

    open_echo(&bench);
    for (unsigned i = 0; i < 2; i++) /* carried out whenever it comes */
        board_repeat(&bench, 42, IDENTIFY, NULL, reply);
    load_payload(payload, 0x33);
    board_repeat(&bench, 42, BOTH, payload, reply);
    assert_int_equal(shown(reply), 0);
    board_repeat(&bench, 43, BOTH, payload, reply);
    assert_int_equal(shown(reply), 0x33);
    board_line_close(bench.line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_board_says_what_it_is),
        cmocka_unit_test(a_frame_with_any_wrong_bit_is_dropped),
        cmocka_unit_test(a_frame_of_wrong_length_or_unknown_kind_is_dropped),
        cmocka_unit_test(part_of_a_frame_is_dropped_after_a_gap),
        cmocka_unit_test(a_silence_shorter_than_the_gap_is_none),
        cmocka_unit_test(garbage_before_a_frame_is_ignored),
        cmocka_unit_test(a_byte_without_a_stop_bit_is_dropped),
        cmocka_unit_test(a_frame_while_another_is_answered_is_not_taken),
        cmocka_unit_test(a_repeated_sequence_is_answered_but_not_carried_out),
        cmocka_unit_test(a_dropped_frame_has_no_sequence),
        cmocka_unit_test(an_identity_takes_its_sequence_as_the_last),
    };
    return cmocka_run_group_tests_name("board", tests, NULL, NULL);
}

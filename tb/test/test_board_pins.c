// SPDX-License-Identifier: Apache-2.0
/* Every bit of a frame's payload reaches its input of the MMU, and every output its bit of the
 * reply; each input ends when it should. A stand-in for the MMU (tb/board/board_echo.sv) shows at
 * its outputs what was at its inputs, PARTS parts of them one after another. */
#include "board_bench.h"
#include "splitmix.h"

enum {
    ENTRIES = 16, /* of PMP, of echo.preset */
    PARTS = 4,
    /* The inputs as bytes: payload of BOTH, of RESET, each PMP entry, its CSR. */
    STRAPS = BOTH_BYTES,
    ENTRY = STRAPS + 3,
    ENTRY_BYTES = 9,
    CSR = ENTRY + ENTRIES * ENTRY_BYTES,
    IMAGE = CSR + 1,
    /* Bytes of a reply. */
    HANDSHAKES = 42,
    EVENTS = 68,
};

struct field {
    unsigned byte, bit, width;
};

/* The ports of board_echo.sv in its order, lowest first, but for the PMP CSRs. */
static const struct field context[] = {{0, 0, 64}, {8, 0, 12}};
static const struct field others[] = {
    {CSR, 0, 2},
    {36, 0, 1},
    {STRAPS, 0, 2},
    {STRAPS + 1, 0, 7},
    {STRAPS + 2, 0, 6},
    /* fetch: valid, tag, address, size, privilege, speculative, kill */
    {48, 0, 1},
    {49, 0, 6},
    {52, 0, 64},
    {51, 0, 3},
    {51, 4, 2},
    {48, 1, 1},
    {10, 0, 64},
    /* data: the same, and the access */
    {60, 0, 1},
    {61, 0, 6},
    {64, 0, 64},
    {62, 0, 4},
    {63, 0, 3},
    {63, 4, 2},
    {60, 1, 1},
    {18, 0, 64},
    /* memory: ready, valid, id, data, error */
    {26, 0, 1},
    {26, 1, 1},
    {27, 0, 3},
    {28, 0, 64},
    {26, 2, 1},
    /* fence: valid, kind, by address, by ASID, address, ASID */
    {37, 0, 1},
    {37, 4, 3},
    {37, 1, 1},
    {37, 2, 1},
    {38, 0, 64},
    {46, 0, 16},
};
static const struct field outputs[] = {
    /* fetch: ready, valid, tag, result, address, page shift, memory type, cause, tval; data */
    {0, 0, 1},
    {0, 1, 1},
    {1, 0, 6},
    {2, 0, 2},
    {5, 0, 56},
    {3, 0, 6},
    {2, 2, 2},
    {4, 0, 6},
    {13, 0, 64},
    {21, 0, 1},
    {21, 1, 1},
    {22, 0, 6},
    {23, 0, 2},
    {26, 0, 56},
    {24, 0, 6},
    {23, 2, 2},
    {25, 0, 6},
    {34, 0, 64},
    /* memory: id, address, swap, expected, desired; events */
    {43, 0, 3},
    {44, 0, 56},
    {42, 5, 1},
    {52, 0, 64},
    {60, 0, 64},
    {EVENTS, 0, 15},
};
#define COUNT(table) (sizeof(table) / sizeof *(table))

struct pins {
    struct board_bench bench;
    uint64_t random;
    uint8_t image[IMAGE];
    uint8_t shown[OUTPUT_BYTES]; /* of the last edge */
    bool waits;                  /* memory was asked at the last edge, and took nothing */
};

static void gather(const struct pins *pins, uint8_t *all, unsigned *at, const struct field *field)
{
    board_put(all, *at, field->width,
              board_get(pins->image, 8 * field->byte + field->bit, field->width));
    *at += field->width;
}

/* All inputs in order; their bits. */
static unsigned gather_all(const struct pins *pins, uint8_t *all)
{
    unsigned at = 0;

    for (unsigned i = 0; i < COUNT(context); i++)
        gather(pins, all, &at, &context[i]);
    for (unsigned e = 0; e < ENTRIES; e++)
        gather(pins, all, &at, &(struct field){ENTRY + ENTRY_BYTES * e, 0, 8});
    for (unsigned e = 0; e < ENTRIES; e++)
        gather(pins, all, &at, &(struct field){ENTRY + ENTRY_BYTES * e + 1, 0, 54});
    for (unsigned i = 0; i < COUNT(others); i++)
        gather(pins, all, &at, &others[i]);
    return at;
}

/* What a reply shows after an edge with the present inputs, but for what is of the handshakes. */
static void expect_outputs(const struct pins *pins, uint8_t *reply)
{
    uint8_t all[512] = {0};
    unsigned total = gather_all(pins, all), shown = 0;

    memset(reply, 0, OUTPUT_BYTES);
    for (unsigned i = 0; i < COUNT(outputs); i++)
        shown += outputs[i].width;
    assert_in_range(total, (PARTS - 1) * shown + 1, PARTS * shown);
    unsigned at = shown * (pins->image[STRAPS + 1] & 0x7f);
    for (unsigned i = 0; i < COUNT(outputs); at += outputs[i++].width)
        board_put(reply, 8 * outputs[i].byte + outputs[i].bit, outputs[i].width,
                  board_get(all, at, outputs[i].width));
}

static bool same_request(const uint8_t *a, const uint8_t *b)
{
    return (a[HANDSHAKES] & 0x20) == (b[HANDSHAKES] & 0x20) && !memcmp(a + 43, b + 43, 9) &&
           (!(b[HANDSHAKES] & 0x20) || !memcmp(a + 52, b + 52, 16));
}

/* What is asked for one cycle is gone after it. */
static void end_cycle(struct pins *pins)
{
    memset(pins->image + 10, 0, 16);
    pins->image[26] &= (uint8_t)~2;
    pins->image[36] &= (uint8_t)~1;
    pins->image[37] &= (uint8_t)~1;
    pins->image[48] &= (uint8_t)~1;
    pins->image[60] &= (uint8_t)~1;
}

static void draw(struct pins *pins, unsigned byte, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        pins->image[byte + i] = (uint8_t)splitmix_next(&pins->random);
}

static void check_clock(struct pins *pins, enum board_kind kind)
{
    uint8_t expected[OUTPUT_BYTES], reply[OUTPUT_BYTES];
    bool ready = pins->image[26] & 1, pmp = pins->image[36] & 1;

    board_ask(&pins->bench, kind, pins->image + (kind == CLOCK ? LOAD_BYTES : 0), reply);
    expect_outputs(pins, expected);
    bool unstable = pins->waits && !same_request(pins->shown, expected);
    expected[HANDSHAKES] |= (uint8_t)(pmp << 2 | ready << 3 | unstable << 4);
    assert_memory_equal(reply, expected, sizeof reply);
    memcpy(pins->shown, expected, sizeof reply);
    pins->waits = !ready;
    end_cycle(pins);
}

/* Within a cycle only what does not wait for the edge changes. */
static void check_load(struct pins *pins)
{
    uint8_t expected[OUTPUT_BYTES], reply[OUTPUT_BYTES];

    board_ask(&pins->bench, LOAD, pins->image, reply);
    memcpy(expected, pins->shown, sizeof expected);
    expected[HANDSHAKES] |= (uint8_t)((pins->image[37] & 1) | (pins->image[36] & 1) << 1);
    memset(expected + EVENTS, 0, 2);
    assert_memory_equal(reply, expected, sizeof reply);
}

static void reset_to_part(struct pins *pins, unsigned part)
{
    draw(pins, STRAPS, 3);
    pins->image[STRAPS + 1] = (uint8_t)(part | (pins->image[STRAPS + 1] & 0x80));
    memset(pins->image, 0, BOTH_BYTES);
    board_reset(&pins->bench, pins->image[STRAPS], pins->image[STRAPS + 1],
                pins->image[STRAPS + 2]);
    pins->waits = false;
}

static void change_pmp(struct pins *pins)
{
    uint8_t payload[10], reply[OUTPUT_BYTES];

    draw(pins, ENTRY, ENTRIES * ENTRY_BYTES + 1);
    for (unsigned e = 0; e < ENTRIES; e++) {
        payload[0] = (uint8_t)e;
        memcpy(payload + 1, pins->image + ENTRY + ENTRY_BYTES * e, ENTRY_BYTES);
        board_ask(&pins->bench, PMP, payload, reply);
    }
    payload[0] = 0xff;
    payload[1] = pins->image[CSR];
    board_ask(&pins->bench, PMP, payload, reply);
}

static void every_bit_goes_to_its_place_and_ends_in_time(void **state)
{
    (void)state;
    struct pins pins = {.bench = board_bench_open("echo"), .random = 7};

    for (unsigned round = 0; round < 24 * PARTS; round++) {
        if (round >= PARTS) /* the CSRs begin as zeros */
            change_pmp(&pins);
        reset_to_part(&pins, round % PARTS);
        draw(&pins, 0, BOTH_BYTES);
        check_clock(&pins, BOTH);
        for (unsigned i = 0; i < 2; i++) { /* with what is left, and with what is loaded */
            draw(&pins, LOAD_BYTES, CLOCK_BYTES);
            check_clock(&pins, CLOCK);
            draw(&pins, 0, LOAD_BYTES);
            check_load(&pins);
        }
    }
    board_line_close(pins.bench.line);
}

/* Memory takes nothing, and one input at a time changes: mostly not in what memory is asked. */
static void a_waiting_request_that_changes_is_told(void **state)
{
    (void)state;
    struct pins pins = {.bench = board_bench_open("echo"), .random = 9};
    uint8_t steady[BOTH_BYTES];

    for (unsigned part = 0; part < PARTS; part++) {
        reset_to_part(&pins, part);
        draw(&pins, 0, BOTH_BYTES);
        memcpy(steady, pins.image, sizeof steady);
        for (unsigned i = 0; i < 2 * 8 * sizeof steady; i++) { /* up and down */
            unsigned bit = i % (8 * sizeof steady);
            steady[bit / 8] ^= (uint8_t)(1u << bit % 8);
            steady[26] &= (uint8_t)~1;
            memcpy(pins.image, steady, sizeof steady);
            check_clock(&pins, BOTH);
        }
    }
    board_line_close(pins.bench.line);
}

static void a_reset_clears_all_but_pmp(void **state)
{
    (void)state;
    struct pins pins = {.bench = board_bench_open("echo"), .random = 8};

    change_pmp(&pins);
    for (unsigned part = 0; part < PARTS; part++) {
        draw(&pins, 0, BOTH_BYTES);
        board_ask(&pins.bench, LOAD, pins.image, pins.shown);
        reset_to_part(&pins, part);
        check_clock(&pins, CLOCK);
    }
    board_line_close(pins.bench.line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bit_goes_to_its_place_and_ends_in_time),
        cmocka_unit_test(a_waiting_request_that_changes_is_told),
        cmocka_unit_test(a_reset_clears_all_but_pmp),
    };
    return cmocka_run_group_tests_name("board_pins", tests, NULL, NULL);
}

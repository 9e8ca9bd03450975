// SPDX-License-Identifier: Apache-2.0
#include "design.h"

#include "cmd.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BAUD      1000000
#define BAUD_MOST 100000000

enum key { KEY_DUT = 0x7100, KEY_BAUD };

static const struct argp_option option_table[] = {
    {"dut", KEY_DUT, "uart:DEVICE", 0,
     "ask the design on the board behind this serial port, as in uart:/dev/ttyUSB0, rather than a "
     "simulated one; --preset then says what the board must be a build of",
     0},
    {"baud", KEY_BAUD, "N", 0, "rate of the serial port (default 1000000)", 0},
    {0},
};

static void take_device(const struct argp_state *state, struct design *design, const char *text)
{
    if (strncmp(text, "uart:", 5) || !text[5])
        argp_failure(state, CMD_BAD_INPUT, 0,
                     "--dut %s: uart:DEVICE is expected, as in uart:/dev/ttyUSB0", text);
    design->uart.path = text + 5;
    snprintf(design->name, sizeof design->name, "%s", text);
}

static void take_baud(const struct argp_state *state, struct design *design, const char *text)
{
    char *end;
    unsigned long baud = strtoul(text, &end, 10);

    if (*end || *text < '0' || *text > '9' || baud == 0 || baud > BAUD_MOST)
        argp_failure(state, CMD_BAD_INPUT, 0, "--baud %s: a rate is expected, as in 115200", text);
    design->uart.baud = (unsigned)baud;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    switch (key) {
    case KEY_DUT:
        take_device(state, state->input, text);
        return 0;
    case KEY_BAUD:
        take_baud(state, state->input, text);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp design_argp = {.options = option_table, .parser = parse};

/* The line has failed. What a command writes, it writes whole at its end, or has printed. */
static void end_program(void *user, const char *why)
{
    const struct design *design = user;

    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr); /* where a progress line may stand */
    fprintf(stderr, "%s: %s\n", design->command, why);
    exit(CMD_BAD_INPUT);
}

void design_check(const struct argp_state *state, struct design *design, const char **preset,
                  const char *otherwise, size_t nsets, bool waves)
{
    struct dut_uart *uart = &design->uart;

    design->command = state->name;
    if (!uart->path && uart->baud)
        argp_failure(state, CMD_BAD_INPUT, 0, "--baud is for --dut");
    if (!uart->path) {
        *preset = *preset ? *preset : otherwise;
        return;
    }
    if (nsets)
        argp_failure(state, CMD_BAD_INPUT, 0,
                     "--set does not go with --dut: the board is as it was built");
    if (waves)
        argp_failure(state, CMD_BAD_INPUT, 0, "no waves come over the line of --dut");
    uart->baud = uart->baud ? uart->baud : BAUD;
    uart->preset = *preset;
    uart->failed = end_program;
    uart->user = design;
    *preset = design->name;
}

struct dut *design_open(struct design *design, const char *preset, const struct dut_set *sets,
                        size_t nsets, enum dut_wave wave, char *error, size_t error_size)
{
    if (design->uart.path)
        return dut_open_uart(&design->uart, error, error_size);
    return dut_open(preset, sets, nsets, wave, error, error_size);
}

void design_close(struct design *design, struct dut *dut)
{
    const struct dut_uart_counts *counts = &design->uart.counts;

    dut_close(dut);
    if (dut && design->uart.path)
        fprintf(stderr,
                "%s: %s: %" PRIu64 " exchanges, %" PRIu64 " questions repeated, %" PRIu64
                " bytes sent, %" PRIu64 " received\n",
                design->command, design->name, counts->questions, counts->repeated,
                counts->bytes_sent, counts->bytes_received);
}

void design_arguments(const struct design *design, const char *preset, char *text, size_t size)
{
    const struct dut_uart *uart = &design->uart;

    if (!uart->path)
        snprintf(text, size, "--preset %s", preset);
    else if (uart->baud == BAUD)
        snprintf(text, size, "--dut %s", design->name);
    else
        snprintf(text, size, "--dut %s --baud %u", design->name, uart->baud);
}

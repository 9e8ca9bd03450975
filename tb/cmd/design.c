// SPDX-License-Identifier: Apache-2.0
#include "design.h"

#include "cmd.h"
#include "option.h"

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
        option_bad(state, "--dut %s: uart:DEVICE is wanted, as in uart:/dev/ttyUSB0", text);
    design->uart.path = text + 5;
    snprintf(design->name, sizeof design->name, "%s", text);
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct design *design = state->input;

    switch (key) {
    case KEY_DUT:
        take_device(state, design, text);
        return 0;
    case KEY_BAUD:
        design->uart.baud = (unsigned)option_number(state, "baud", text, 1, BAUD_MOST);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp design_argp = {.options = option_table, .parser = parse};

void design_add_set(const struct argp_state *state, struct design *design, const char *text)
{
    const char *equals = strchr(text, '=');
    struct dut_set *more = realloc(design->sets, (design->set_count + 1) * sizeof *more);

    if (!more)
        option_bad(state, "no memory for --set");
    if (!equals || equals == text || !equals[1])
        option_bad(state, "--set %s: PARAMETER=VALUE is wanted", text);
    design->sets = more;
    design->sets[design->set_count++].text = text;
}

/* The line has failed. What a command writes, it writes whole at its end, or has printed. */
static void end_program(void *user, const char *why)
{
    const struct design *design = user;

    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr); /* where a progress line may stand */
    fprintf(stderr, "%s: %s\n", design->command, why);
    exit(CMD_BAD_INPUT);
}

void design_check(const struct argp_state *state, struct design *design, const char *otherwise,
                  bool waves)
{
    struct dut_uart *uart = &design->uart;

    design->command = state->name;
    if (!uart->path && uart->baud)
        option_bad(state, "--baud is for --dut");
    if (!uart->path) {
        design->preset = design->preset ? design->preset : otherwise;
        return;
    }
    if (design->set_count)
        option_bad(state, "--set does not go with --dut: the board is as it was built");
    if (waves)
        option_bad(state, "no waves come over the line of --dut");
    uart->baud = uart->baud ? uart->baud : BAUD;
    uart->preset = design->preset;
    uart->failed = end_program;
    uart->user = design;
    design->preset = design->name;
}

void design_free(struct design *design)
{
    free(design->sets);
}

enum dut_wave design_wave(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;

    if (!path)
        return DUT_WAVE_NONE;
    return dot && !strcmp(dot, ".vcd") ? DUT_WAVE_VCD : DUT_WAVE_FST;
}

struct dut *design_open(struct design *design, enum dut_wave wave, char *error, size_t error_size)
{
    if (design->uart.path)
        return dut_open_uart(&design->uart, error, error_size);
    return dut_open(design->preset, design->sets, design->set_count, wave, error, error_size);
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

void design_arguments(const struct design *design, char *text, size_t size)
{
    const struct dut_uart *uart = &design->uart;
    int used;

    if (!uart->path)
        used = snprintf(text, size, "--preset %s", design->preset);
    else if (uart->baud == BAUD)
        used = snprintf(text, size, "--dut %s", design->name);
    else
        used = snprintf(text, size, "--dut %s --baud %u", design->name, uart->baud);
    for (size_t i = 0; i < design->set_count && used < (int)size; i++)
        used += snprintf(text + used, size - (size_t)used, " --set %s", design->sets[i].text);
}

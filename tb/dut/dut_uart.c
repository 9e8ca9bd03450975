// SPDX-License-Identifier: Apache-2.0
#include "dut_uart.h"

#include "dut_link.h"
#include "dut_uart_identity.h"
#include "dut_uart_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct board {
    struct dut_link link;
    struct dut_preset built;
    unsigned tag_bits, walkers, pmp_entries; /* of it */
    uint64_t events[DUT_SHIM_EVENTS];
    struct dut_strap_inputs straps;
    struct dut_pmp_inputs pmp;       /* as the board has it, */
    bool pmp_known;                  /* if it is known */
    bool resets;                     /* in reset, which goes out as one question when it ends */
    bool unknown;                    /* what the board has loaded: after a reset */
    uint8_t loaded[DUT_WIRE_INPUTS]; /* as the board has it */
    uint8_t wanted[DUT_WIRE_INPUTS]; /* as the caller has it */
    struct dut_outputs out;          /* of this cycle */
};

/* Says why no call can come to an end any more. */
static _Noreturn void fail(struct board *board, const char *why)
{
    struct dut_uart *uart = board->link.uart;
    char line[600];

    snprintf(line, sizeof line, "uart:%s: %s", uart->path, why);
    uart->failed(uart->user, line);
    abort(); /* it does not return */
}

/* Asks, and takes the outputs and, if `counts`, the events of the answer. */
static void ask(struct board *board, enum dut_wire_kind kind, const uint8_t *payload, size_t length)
{
    struct dut_frame answer;
    unsigned events;
    char error[300];

    if (!dut_link_ask(&board->link, (uint8_t)kind, payload, length, &answer, error, sizeof error))
        fail(board, error);
    if (answer.length != DUT_WIRE_OUTPUTS) {
        snprintf(error, sizeof error, "malformed answer: %u bytes where %d are due", answer.length,
                 DUT_WIRE_OUTPUTS);
        fail(board, error);
    }
    const char *wrong =
        dut_wire_outputs(answer.payload, board->tag_bits, board->walkers, &board->out, &events);
    if (wrong) {
        snprintf(error, sizeof error, "malformed answer: %s", wrong);
        fail(board, error);
    }
    for (unsigned i = 0; i < DUT_SHIM_EVENTS; i++)
        board->events[i] += events >> i & 1;
}

static void ask_pmp(struct board *board, unsigned index, unsigned cfg, uint64_t addr)
{
    uint8_t payload[DUT_WIRE_PMP_ENTRY];

    dut_wire_pmp(index, cfg, addr, payload);
    ask(board, DUT_WIRE_PMP, payload, sizeof payload);
}

/* What changes, or all that there is. */
static void set_pmp(struct board *board, const struct dut_pmp_inputs *to)
{
    const struct dut_pmp_inputs *from = &board->pmp;
    bool all = !board->pmp_known;

    if (board->pmp_entries == 0)
        return;
    for (unsigned i = 0; i < board->pmp_entries; i++)
        if (all || to->cfg[i] != from->cfg[i] || to->addr[i] != from->addr[i])
            ask_pmp(board, i, to->cfg[i], to->addr[i]);
    if (all || to->mml != from->mml || to->mmwp != from->mmwp)
        ask_pmp(board, DUT_WIRE_PMP_MODE, (unsigned)to->mml | to->mmwp << 1, 0);
    board->pmp = *to;
    board->pmp_known = true;
}

void *dut_uart_open(struct dut_uart *uart, char *error, size_t error_size)
{
    struct board *board = calloc(1, sizeof *board);
    char why[400] = "out of memory";

    if (board && dut_link_open(&board->link, uart, why, sizeof why)) {
        if (dut_uart_identify(&board->link, &board->built, why, sizeof why)) {
            board->tag_bits = (unsigned)dut_preset_value(&board->built, "TagWidth");
            board->walkers = (unsigned)dut_preset_value(&board->built, "Walkers");
            board->pmp_entries = (unsigned)dut_preset_value(&board->built, "PmpEntries");
            return board;
        }
        dut_link_close(&board->link);
    }
    snprintf(error, error_size, "uart:%s: %s", uart->path, why);
    free(board);
    return NULL;
}

static void destroy(void *self)
{
    struct board *board = self;

    dut_link_close(&board->link);
    free(board);
}

static void parameters(void *self, uint32_t value[DUT_SHIM_PARAMETERS])
{
    const struct board *board = self;

    for (unsigned i = 0; i < DUT_SHIM_PARAMETERS; i++)
        value[i] = (uint32_t)board->built.value[i];
}

static void events(void *self, uint64_t count[DUT_SHIM_EVENTS])
{
    const struct board *board = self;

    memcpy(count, board->events, sizeof board->events);
}

static void straps(void *self, const struct dut_strap_inputs *in)
{
    struct board *board = self;

    board->straps = *in;
}

static void pmp(void *self, const struct dut_pmp_inputs *in)
{
    set_pmp(self, in);
}

/* The end of a reset. The PMP CSRs are as they were, and at first off. */
static void leave_reset(struct board *board)
{
    static const struct dut_pmp_inputs off = {0};
    uint8_t payload[DUT_WIRE_STRAPS];

    dut_wire_straps(&board->straps, payload);
    if (!board->pmp_known)
        set_pmp(board, &off);
    ask(board, DUT_WIRE_RESET, payload, sizeof payload);
    board->resets = false;
    board->unknown = true;
    memset(board->events, 0, sizeof board->events);
    memset(board->loaded, 0, sizeof board->loaded);
}

static void load(void *self, const struct dut_inputs *in, struct dut_outputs *out)
{
    struct board *board = self;

    if (in->reset) {
        board->resets = true;
        return;
    }
    if (board->resets)
        leave_reset(board);
    dut_wire_inputs(in, board->wanted);
    if (dut_wire_shows(board->wanted, board->loaded)) {
        ask(board, DUT_WIRE_LOAD, board->wanted, sizeof board->wanted);
        memcpy(board->loaded, board->wanted, sizeof board->loaded);
        board->unknown = false;
    }
    *out = board->out;
}

static void clock(void *self, const struct dut_inputs *in, struct dut_outputs *out)
{
    struct board *board = self;
    uint8_t payload[DUT_WIRE_INPUTS + DUT_WIRE_REQUESTS];
    uint8_t *requests = payload + DUT_WIRE_INPUTS;

    if (in->reset)
        return;
    memcpy(payload, board->wanted, DUT_WIRE_INPUTS);
    dut_wire_requests(in, requests);
    if (board->unknown || memcmp(board->wanted, board->loaded, sizeof board->loaded))
        ask(board, DUT_WIRE_BOTH, payload, sizeof payload);
    else
        ask(board, DUT_WIRE_CLOCK, requests, DUT_WIRE_REQUESTS);
    dut_wire_spend(board->wanted);
    memcpy(board->loaded, board->wanted, sizeof board->loaded);
    board->unknown = false;
    *out = board->out;
}

const struct dut_shim_ops *dut_uart_ops(void)
{
    static const struct dut_shim_ops ops = {
        .destroy = destroy,
        .parameters = parameters,
        .events = events,
        .straps = straps,
        .pmp = pmp,
        .load = load,
        .clock = clock,
    };

    return &ops;
}

// SPDX-License-Identifier: Apache-2.0
#include "board_line.h"

#include "board_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    RECEIVED = 4096, /* bytes kept of what the board sent; more are lost */
    BYTE_BITS = 10,  /* start bit, 8 of data, stop bit */
    QUIET = 400,     /* bit times within which a board that works on a frame begins to answer */
};

struct board_line {
    const struct board_shim_ops *ops;
    void *board;
    /* The byte that the board is sending. */
    unsigned clocks; /* since its start bit began; 0: none */
    unsigned byte;
    uint8_t received[RECEIVED];
    size_t nreceived;
};

struct board_line *board_line_open(const char *design, char *error, size_t error_size)
{
    const struct board_shim_ops *ops = board_load(design, error, error_size);
    if (!ops)
        return NULL;
    struct board_line *line = calloc(1, sizeof *line);
    if (!line) {
        snprintf(error, error_size, "out of memory");
        return NULL;
    }
    line->ops = ops;
    line->board = ops->create();
    board_line_rest(line, BYTE_BITS);
    return line;
}

void board_line_close(struct board_line *line)
{
    if (!line)
        return;
    line->ops->destroy(line->board);
    free(line);
}

/* Takes the level of the line from the board in this clock. */
static void listen(struct board_line *line, bool level)
{
    unsigned per_bit = line->ops->clocks_per_bit;

    if (!line->clocks && level)
        return;
    unsigned bit = line->clocks / per_bit;
    if (line->clocks++ % per_bit != per_bit / 2)
        return;
    if (bit >= 1 && bit <= 8)
        line->byte = line->byte >> 1 | (unsigned)level << 7;
    if (bit == BYTE_BITS - 1) {
        line->clocks = 0;
        if (level && line->nreceived < RECEIVED)
            line->received[line->nreceived++] = (uint8_t)line->byte;
    }
}

static void drive(struct board_line *line, bool level, unsigned bits)
{
    for (unsigned i = bits * line->ops->clocks_per_bit; i > 0; i--)
        listen(line, line->ops->clock(line->board, level));
}

void board_line_send(struct board_line *line, uint8_t byte)
{
    drive(line, false, 1);
    for (unsigned bit = 0; bit < 8; bit++)
        drive(line, byte >> bit & 1, 1);
    drive(line, true, 1);
}

void board_line_rest(struct board_line *line, unsigned bits)
{
    drive(line, true, bits);
}

void board_line_break(struct board_line *line, unsigned bits)
{
    drive(line, false, bits);
}

bool board_line_settle(struct board_line *line)
{
    drive(line, true, 4); /* the last byte is still on its way in */
    for (unsigned quiet = 0; quiet < QUIET; quiet++) {
        if (!line->ops->busy(line->board))
            return false;
        drive(line, true, 1);
        if (line->clocks)
            quiet = 0;
    }
    return true;
}

unsigned board_line_gap(const struct board_line *line)
{
    return line->ops->gap_clocks / line->ops->clocks_per_bit;
}

size_t board_line_receive(struct board_line *line, uint8_t *bytes, size_t size)
{
    size_t taken = line->nreceived < size ? line->nreceived : size;

    memcpy(bytes, line->received, taken);
    line->nreceived -= taken;
    memmove(line->received, line->received + taken, line->nreceived);
    return taken;
}

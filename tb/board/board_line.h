// SPDX-License-Identifier: Apache-2.0
/*
 * A simulated board and its serial line, which carries every byte bit by bit. The board's time is
 * that of the line: it runs for as long as a call sends, waits or settles, and else stands still.
 */
#ifndef BOARD_LINE_H
#define BOARD_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct board_line;

/* The design as board_load names it. On failure returns null with one line in `error`. */
struct board_line *board_line_open(const char *design, char *error, size_t error_size);
void board_line_close(struct board_line *line);

/* Sends one byte to the board, with its start and stop bit. */
void board_line_send(struct board_line *line, uint8_t byte);

/* Lets the line rest, or holds it low, for so many bit times. */
void board_line_rest(struct board_line *line, unsigned bits);
void board_line_break(struct board_line *line, unsigned bits);

/* Runs until the board has nothing more to do, or waits for the rest of a frame: true if it does.
 */
bool board_line_settle(struct board_line *line);

/* Longest silence within a frame, in bit times. */
unsigned board_line_gap(const struct board_line *line);

/* What the board has sent since the last call, at most `size` bytes of it. */
size_t board_line_receive(struct board_line *line, uint8_t *bytes, size_t size);

#endif
